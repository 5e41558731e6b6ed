import { quoted, readList } from "./form-reader.js";
import type { FormErrors } from "./form-errors.js";
import { isSnowflake } from "../state/snowflake.js";

/** Who a message would notify. */
export interface ResolvedMentions {
  readonly everyone: boolean;
  readonly here: boolean;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** `allowed_mentions` of a message after its checks; undefined when the sender left it out. */
export interface AllowedMentions {
  readonly parse: readonly string[];
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

const PARSE_KINDS = ["users", "roles", "everyone"] as const;
const MAX_IDS = 100;
/** Without `allowed_mentions`: https://discord.com/developers/docs/resources/message#allowed-mentions-object */
const DEFAULTS = { webhook: ["users"], bot: PARSE_KINDS } as const;

/** Checks `allowed_mentions`, adding what is wrong to `errors`. */
export function readAllowedMentions(errors: FormErrors, value: unknown): AllowedMentions | undefined {
  if (value === undefined || value === null) return undefined;
  const path = ["allowed_mentions"];
  if (typeof value !== "object" || Array.isArray(value)) {
    errors.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
    return undefined;
  }
  const form = value as Record<string, unknown>;
  const parse = readList(errors, {
    path: [...path, "parse"],
    value: form["parse"],
    max: PARSE_KINDS.length,
  }).map(String);
  for (const [index, kind] of parse.entries()) {
    if ((PARSE_KINDS as readonly string[]).includes(kind)) continue;
    errors.add(
      [...path, "parse", index],
      "BASE_TYPE_CHOICES",
      `Value "${kind}" must be one of {'users', 'roles', 'everyone'}.`,
    );
  }
  const ids = (key: "users" | "roles"): readonly string[] =>
    readIds(errors, { key, value: form[key], parse });
  return { parse, users: ids("users"), roles: ids("roles") };
}

function readIds(
  errors: FormErrors,
  source: { readonly key: "users" | "roles"; readonly value: unknown; readonly parse: readonly string[] },
): readonly string[] {
  const { key, value, parse } = source;
  const ids = readList(errors, { path: ["allowed_mentions", key], value, max: MAX_IDS }).map(String);
  for (const [index, id] of ids.entries()) {
    if (isSnowflake(id)) continue;
    errors.add(
      ["allowed_mentions", key, index],
      "NUMBER_TYPE_COERCE",
      `Value "${quoted(id)}" is not snowflake.`,
    );
  }
  if (ids.length > 0 && parse.includes(key)) {
    const message = `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`;
    errors.add(["allowed_mentions"], "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
  }
  return ids;
}

/**
 * Who the text would notify. Text means the content (or the text of V2 components): embeds never notify, nor does
 * what stands in code. Without `allowed`, a webhook notifies users only and a bot everybody it names.
 */
export function resolveMentions(
  text: string,
  allowed: AllowedMentions | undefined,
  sender: "webhook" | "bot",
): ResolvedMentions {
  const spoken = text.replaceAll(/```[\s\S]*?```|`[^`\n]+`/g, " ");
  const parse: readonly string[] = allowed ? allowed.parse : DEFAULTS[sender];
  const pick = (kind: "users" | "roles", pattern: RegExp): readonly string[] => {
    const named = [...new Set([...spoken.matchAll(pattern)].map((match) => match[1] ?? ""))];
    return parse.includes(kind) ? named : named.filter((id) => allowed?.[kind].includes(id));
  };
  const broad = parse.includes("everyone");
  return {
    everyone: broad && spoken.includes("@everyone"),
    here: broad && spoken.includes("@here"),
    users: pick("users", /<@!?(\d{17,20})>/g),
    roles: pick("roles", /<@&(\d{17,20})>/g),
  };
}
