import { parseDocument } from "yaml";
import type { ChannelInput } from "../channel-input.js";
import { describeIssues } from "../describe-issues.js";
import { InvalidDocument } from "../invalid-document.js";
import type { Problem } from "../invalid-document.js";
import { ruleSlug } from "../rule-slug.js";
import { configFileSchema } from "./config-schema.js";
import type { FileMonitor, FileProject, FileRule } from "./config-schema.js";

/** vedette.yaml as read: complete, with defaults, without doubles. Channels hold their secrets: never log it. */
export interface ConfigFile {
  readonly projects: readonly FileProject[];
  readonly channels: readonly ChannelInput[];
  readonly rules: readonly FileRule[];
  readonly monitors: readonly FileMonitor[];
}

/**
 * Reads the text of a YAML file as plain values.
 *
 * @throws InvalidDocument naming line and column
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const [offset] = error.pos;
    const before = text.slice(0, offset).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new InvalidDocument([
      { path: "", message: `The file is not valid YAML at ${place} (${error.code}).` },
    ]);
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    throw new InvalidDocument([
      { path: "", message: "The file repeats itself too often through YAML aliases." },
    ]);
  }
}

/**
 * Checks the shape of a document, names that occur twice, and secrets that were not filled in. What it refers to is
 * checked against the database later.
 *
 * @throws InvalidDocument naming every wrong place, as in `rules[2].when[0]`
 */
export function readConfigFile(document: unknown): ConfigFile {
  const parsed = configFileSchema.safeParse(document);
  const problems = parsed.success ? [] : describeIssues(parsed.error.issues);
  if (!parsed.success) throw new InvalidDocument(problems);
  const { projects, channels, rules, monitors } = parsed.data;
  const file = {
    projects: projects ?? [],
    channels: channels ?? [],
    rules: rules ?? [],
    monitors: monitors ?? [],
  };
  const doubles = [
    ...findDoubles(
      "projects",
      "slug",
      file.projects.map(({ slug }) => slug),
    ),
    ...findDoubles(
      "channels",
      "name",
      file.channels.map(({ name }) => name),
    ),
    ...findDoubles(
      "rules",
      "name",
      file.rules.map(({ name }) => ruleSlug(name) ?? name),
    ),
    ...findDoubles(
      "monitors",
      "name",
      file.monitors.map(({ name }) => ruleSlug(name) ?? name),
    ),
  ];
  if (doubles.length > 0) throw new InvalidDocument(doubles);
  return file;
}

function findDoubles(section: string, field: string, names: readonly string[]): readonly Problem[] {
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index) return [];
    const message = `is the same name as that of ${section}[${first}]`;
    return [{ path: `${section}[${index}].${field}`, message }];
  });
}
