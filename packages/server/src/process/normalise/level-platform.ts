import type { Level } from "@vedette/protocol";

/** Names and numbers SDKs use for levels (ingest sheet 6.2); `warn` is what loggers call a warning. */
const LEVEL_BY_NAME: ReadonlyMap<string, Level> = new Map<string, Level>([
  ["debug", "debug"],
  ["info", "info"],
  ["log", "info"],
  ["warning", "warning"],
  ["warn", "warning"],
  ["error", "error"],
  ["fatal", "fatal"],
  ["critical", "fatal"],
  ["10", "debug"],
  ["20", "info"],
  ["30", "warning"],
  ["40", "error"],
  ["50", "fatal"],
]);

const PLATFORMS: ReadonlySet<string> = new Set(
  (
    "as3 c cfml cocoa csharp dart elixir go groovy haskell java javascript lua native nim node nodejs " +
    "objc ocaml other perl php powershell python ruby rust scala swift"
  ).split(" "),
);

/** The level of a name, an alias in any case, or a Python logging number; undefined when unknown. */
export function toLevel(value: unknown): Level | undefined {
  if (typeof value === "string")
    return LEVEL_BY_NAME.get(value) ?? LEVEL_BY_NAME.get(value.trim().toLowerCase());
  return typeof value === "number" ? LEVEL_BY_NAME.get(String(value)) : undefined;
}

/** A known platform in lower case, `nodejs` being `node`; undefined when unknown. */
export function toPlatform(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const name = PLATFORMS.has(value) ? value : value.trim().toLowerCase();
  if (!PLATFORMS.has(name)) return undefined;
  return name === "nodejs" ? "node" : name;
}
