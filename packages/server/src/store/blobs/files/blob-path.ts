import { createHash } from "node:crypto";

const longestKey = 200;
const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/**
 * Where a blob lies below the store's folder: `ab/cd/<key>` by the key's hash, so that no folder grows large.
 * A key has parts of letters, digits, `.`, `_` and `-`, parted by slashes; no part begins with a dot.
 *
 * @throws RangeError for any other key: keys are made by us, so a bad one is a bug or an attack
 */
export function blobPath(key: string): string {
  if (key.length > longestKey || !keyPattern.test(key)) {
    throw new RangeError(`Not a blob key: ${JSON.stringify(key.slice(0, longestKey))}`);
  }
  const hash = createHash("sha256").update(key).digest("hex");
  // Slashes become a sign which no key has; otherwise one key could be the folder of another.
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${key.replaceAll("/", "~")}`;
}
