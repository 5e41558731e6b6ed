/** Rows per statement: below SQLite's 32,766 and PostgreSQL's 65,535 parameters for our widest table. */
const rowsPerStatement = 500;

/** The list in pieces that fit one statement. */
export function* chunks<T>(list: readonly T[], size = rowsPerStatement): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

/** Groups by key, keeping the order of first appearance. */
export function groupBy<T, K>(list: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
