import { z } from "zod";
import { parseSecretKeys } from "../shared/secret-key.js";

/** Messages read after the variable's name: `VEDETTE_PORT must be …, for example 9000.` */
const says = (rule: string, example: string): string => `${rule}, for example ${example}.`;

const text = z.string().trim();

function wholeNumber(range: { min: number; max: number }, example: string) {
  const message = says(`must be a whole number from ${range.min} to ${range.max}`, example);
  return text
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((number) => number >= range.min && number <= range.max, message);
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, fallback: Words[number]) {
  const message = says(`must be one of ${words.join(", ")}`, fallback);
  return z.preprocess(lowerCase, z.enum(words, message));
}

function lowerCase(value: unknown): unknown {
  return typeof value === "string" ? value.trim().toLowerCase() : value;
}

/** `http(s)://…` without a slash at the end. */
function webAddress(example: string) {
  return text
    .refine(isWebAddress, says("must be an address that starts with http:// or https://", example))
    .transform((url) => url.replace(/\/+$/, ""));
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** A place in files: a path, or a path behind one of the prefixes, which are taken off. */
function filePlace(options: { prefix: string; refuse: (scheme: string) => string }) {
  return text.transform((value, context) => {
    const path = value.replace(new RegExp(`^${options.prefix}:(//)?`), "");
    const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1];
    if (scheme !== undefined) {
      context.addIssue({ code: "custom", message: options.refuse(scheme.toLowerCase()) });
    }
    return path;
  });
}

const queueSchemes = ["nats", "tls", "ws", "wss"];

function refuseQueue(scheme: string): string {
  return queueSchemes.includes(scheme)
    ? "asks for NATS JetStream, which this version cannot use yet. Leave it out: the queue is then a file in the data directory."
    : says("must be the path of a file", "/var/lib/vedette/queue.sqlite");
}

function refuseBlobs(scheme: string): string {
  return scheme === "s3" || scheme.startsWith("http")
    ? "asks for S3, which this version cannot use yet. Leave it out: blobs are then files in the data directory."
    : says("must be the path of a folder", "/var/lib/vedette/blobs");
}

/** A path or `sqlite:<path>` without its prefix, or a PostgreSQL address as given. */
const database = text.transform((value, context) => {
  const path = value.replace(/^sqlite:(\/\/)?/, "");
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase();
  const postgres = scheme === "postgres" || scheme === "postgresql";
  if (scheme !== undefined && (!postgres || !URL.canParse(path))) {
    const message = says(
      "must be a PostgreSQL address or the path of an SQLite file",
      "postgres://vedette:secret@db:5432/vedette",
    );
    context.addIssue({ code: "custom", message });
  }
  return path;
});

const clickhouse = webAddress("http://default:secret@clickhouse:8123/vedette").refine(
  (url) => !url.includes(","),
  "names several servers; this version uses one address. Put a load balancer before a cluster and give its address.",
);

const secretKeys = text.transform((value, context) => {
  const keys = parseSecretKeys(value);
  if (keys === null) {
    const message =
      "must hold 32 bytes as 64 hex characters or base64, for example from: openssl rand -hex 32";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
  return keys;
});

const flag = oneOf(["0", "1", "true", "false"], "0").transform((word) => word === "1" || word === "true");

const trustProxyWords: Readonly<Record<string, boolean>> = { true: true, false: false, "0": false };
const addressList = /^[\da-f.:/]+(\s*,\s*[\da-f.:/]+)*$/i;

const trustProxy = text.transform((value, context) => {
  const word = trustProxyWords[value.toLowerCase()];
  if (word !== undefined) {
    return word;
  }
  if (/^\d{1,2}$/.test(value)) {
    return Number(value);
  }
  if (!addressList.test(value)) {
    const message = says("must be true, false, the number of proxies, or their addresses", "10.0.0.0/8");
    context.addIssue({ code: "custom", message });
  }
  return value;
});

/** Every variable Vedette knows, as strings from the environment; the defaults are the documented ones. */
export const environmentSchema = z.object({
  VEDETTE_HOST: text
    .regex(/^[\w.:-]+$/, says("must be a host name or address", "0.0.0.0"))
    .default("127.0.0.1"),
  VEDETTE_PORT: wholeNumber({ min: 0, max: 65_535 }, "9000").default(9000),
  VEDETTE_DATA_DIR: text.default(".vedette"),
  VEDETTE_ROLE: oneOf(["all", "ingest", "worker", "web"], "all")
    .refine(
      (role) => role === "all",
      "must be all: this version cannot split the program over processes yet.",
    )
    .default("all"),
  VEDETTE_DATABASE_URL: database.optional(),
  VEDETTE_CLICKHOUSE_URL: clickhouse.optional(),
  VEDETTE_QUEUE_URL: filePlace({ prefix: "sqlite", refuse: refuseQueue }).optional(),
  VEDETTE_BLOB_URL: filePlace({ prefix: "file", refuse: refuseBlobs }).optional(),
  VEDETTE_PUBLIC_URL: webAddress("https://errors.example.com").optional(),
  VEDETTE_ADMIN_EMAIL: z.email(says("must be an e-mail address", "admin@example.com")).optional(),
  VEDETTE_ADMIN_PASSWORD: z
    .string()
    .min(8, "must have at least 8 characters, for example from: openssl rand -base64 18")
    .optional(),
  VEDETTE_BOOTSTRAP_KEY: text
    .regex(/^[0-9a-f]{32}$/, "must have 32 lower-case hex characters, for example from: openssl rand -hex 16")
    .optional(),
  VEDETTE_BOOTSTRAP_TOKEN: text
    .regex(
      /^[\w.~+/=-]{16,}$/,
      "must have at least 16 letters, digits or - . _ ~ + / =, for example from: openssl rand -hex 32",
    )
    .optional(),
  VEDETTE_SECRET_KEY: secretKeys.optional(),
  VEDETTE_PROVISION: text.optional(),
  VEDETTE_ALLOW_PRIVATE_HOOKS: flag.default(false),
  VEDETTE_DISCORD_API: webAddress("http://127.0.0.1:9010/api").default("https://discord.com/api"),
  VEDETTE_TRUST_PROXY: trustProxy.default(false),
  VEDETTE_LOG_LEVEL: oneOf(["debug", "info", "warn", "error", "silent"], "info").default("info"),
  VEDETTE_MAX_BACKLOG: wholeNumber({ min: 1, max: 1_000_000_000 }, "200000").default(200_000),
});

/** The settings as parsed, by variable. */
export type Environment = z.infer<typeof environmentSchema>;
