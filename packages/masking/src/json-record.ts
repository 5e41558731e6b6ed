/** A plain JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for an object that is neither null nor a list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a list whose entries are all `[key, value]` with a string key: tags, headers, cookies, query. */
export function isPairList(value: unknown): value is readonly (readonly [string, unknown])[] {
  return (
    Array.isArray(value) &&
    value.every((entry) => Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string")
  );
}
