/** Search parameters as the router keeps them: every value text, repeated keys as lists. */
export type SearchParams = Record<string, string | string[]>;

/** Reads `?project=1&project=2&query=x` without guessing types, so that a release `1.0` stays text. */
export function parseSearch(text: string): SearchParams {
  const params = new URLSearchParams(text);
  const search: SearchParams = {};
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    search[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return search;
}

/** The reverse; undefined values and empty lists are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}
