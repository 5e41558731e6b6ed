import { readFile } from "node:fs/promises";
import { fillVariables } from "@vedette/protocol";
import { LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import { CliError } from "./cli-error.js";
import { reasonOf } from "./connection.js";

/** vedette.yaml, ready to be sent. `document` holds secrets: never print it. */
export interface ConfigFile {
  readonly document: unknown;
  readonly warnings: readonly string[];
  /** Where in the file `rules[2].when[0]` stands, as in `vedette.yaml:12`; the file's name when it is not there. */
  placeOf(path: string): string;
}

/**
 * Reads the file and fills in `${NAME}` from the environment.
 *
 * @throws CliError naming file, line and field
 */
export async function readConfigFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ConfigFile> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new CliError(`${path} cannot be read (${reasonOf(error)}).`, "Name another file with -f.");
  });
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  const [fault] = yaml.errors;
  if (fault) {
    const { line } = lines.linePos(fault.pos[0]);
    throw new CliError(
      `${path}:${line}: this is not valid YAML (${fault.code.toLowerCase().replaceAll("_", " ")}).`,
    );
  }
  const raw: unknown = yaml.toJS({ maxAliasCount: 100 });
  const placeOf = (place: string) => placeIn(path, { yaml, lines, place });
  const { document, missing } = fillVariables(raw, (name) => env[name]);
  if (missing.length > 0) {
    const faults = missing.map(
      (one) => `${placeOf(one.path)}: ${one.path}: the environment variable ${one.name} is not set`,
    );
    const [first] = missing;
    throw new CliError(faults.join("\n"), `For instance: export ${first?.name ?? "NAME"}=…`);
  }
  return {
    document,
    warnings: openSecrets(raw).map((place) => `${placeOf(place)}: ${openSecretWarning}`),
    placeOf,
  };
}

const openSecretWarning = "a secret stands in the file; keep it in the environment and write ${NAME}";

/** Places where a secret is written out instead of a variable. */
function openSecrets(raw: unknown): readonly string[] {
  const { channels } = (typeof raw === "object" && raw !== null ? raw : {}) as { channels?: unknown };
  if (!Array.isArray(channels)) return [];
  return channels.flatMap((channel: unknown, index) =>
    ["webhookUrl", "botToken"]
      .filter((key) => {
        const value: unknown = typeof channel === "object" && channel !== null && Reflect.get(channel, key);
        return typeof value === "string" && !value.includes("${");
      })
      .map((key) => `channels[${index}].${key}`),
  );
}

function placeIn(
  file: string,
  { yaml, lines, place }: { yaml: Document.Parsed; lines: LineCounter; place: string },
): string {
  const keys = [...place.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? "") : Number(index),
  );
  for (let length = keys.length; length > 0; length--) {
    const node: unknown = yaml.getIn(keys.slice(0, length), true);
    const range: unknown = typeof node === "object" && node !== null && Reflect.get(node, "range");
    const [offset]: unknown[] = Array.isArray(range) ? range : [];
    if (typeof offset === "number") return `${file}:${lines.linePos(offset).line}`;
  }
  return file;
}
