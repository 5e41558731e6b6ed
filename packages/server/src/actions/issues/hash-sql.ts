import type { OwnedHash } from "./hashes-by-issue.js";

/**
 * Grouping hashes as SQL literals.
 *
 * They are the one value that is written into a statement: they are made by us (32 hex characters, checked here), and
 * there may be hundreds of them, while parameters travel in the URL, of which the engine reads 16 KB.
 *
 * @throws Error for anything that is not a hash
 */
export function hashList(hashes: readonly string[]): string {
  if (hashes.length === 0) return "('')";
  return `(${hashes.map((hash) => `'${checkedHash(hash)}'`).join(",")})`;
}

/** Condition on `project_id` and `primary_hash`: rows of these hashes. */
export function isRowOf(hashes: readonly OwnedHash[]): string {
  const projects = [...new Set(hashes.map((one) => whole(one.project_id)))];
  return `project_id IN (${projects.join(",")}) AND primary_hash IN ${hashList(hashes.map((one) => one.hash))}`;
}

/** The id of the issue a row with `project_id` and `primary_hash` belongs to; 0 for none of them. */
export function issueIdOf(hashes: readonly OwnedHash[]): string {
  const keys = hashes.map((one) => `'${whole(one.project_id)}/${checkedHash(one.hash)}'`);
  const ids = hashes.map((one) => `toUInt32(${whole(one.issue_id)})`);
  return `transform(concat(toString(project_id), '/', primary_hash), [${keys.join(",")}], [${ids.join(",")}], toUInt32(0))`;
}

function checkedHash(hash: string): string {
  if (!/^[0-9a-f]{32}$/.test(hash)) throw new Error("a grouping hash has 32 hex characters");
  return hash;
}

function whole(id: number): number {
  if (!Number.isSafeInteger(id)) throw new Error("an id is a whole number");
  return id;
}
