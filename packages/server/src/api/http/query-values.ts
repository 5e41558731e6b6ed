/** A parsed query: a name given more than once holds a list. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Every value of a name, in order; empty when it was not given. */
export function allValues(query: Query, name: string): readonly string[] {
  const value = query[name];
  return value === undefined ? [] : [value].flat();
}

/** The first value of a name. */
export function firstValue(query: Query, name: string): string | undefined {
  return allValues(query, name)[0];
}
