/**
 * Order of releases. Versions such as `shop@2.3.1-beta.2+77` are compared as semantic versions when both
 * are of the same package; otherwise nothing can be said from the names and null is returned, so that the
 * caller falls back to the time of the first event.
 */
export function compareReleaseNames(left: string, right: string): number | null {
  if (left === right) return 0;
  const a = parseRelease(left);
  const b = parseRelease(right);
  if (!a || !b || a.package !== b.package) return null;
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index++) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return comparePrerelease(a.prerelease, b.prerelease) || compareText(a.build, b.build);
}

/** The parts of `package@1.2.3-pre+build`; null when the version does not begin with dotted numbers. */
export function parseRelease(name: string): ParsedRelease | null {
  const at = name.lastIndexOf("@");
  const version = name.slice(at + 1);
  const match = /^v?(\d{1,9}(?:\.\d{1,9}){1,3})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/.exec(version);
  if (!match?.[1]) return null;
  return {
    package: at > 0 ? name.slice(0, at) : "",
    numbers: match[1].split(".").map(Number),
    prerelease: match[2] ?? "",
    build: match[3] ?? "",
  };
}

export interface ParsedRelease {
  readonly package: string;
  readonly numbers: readonly number[];
  readonly prerelease: string;
  readonly build: string;
}

/** A version without a pre-release part is the newer one (semver.org, rule 11). */
function comparePrerelease(left: string, right: string): number {
  if (left === right) return 0;
  if (left === "") return 1;
  if (right === "") return -1;
  const a = left.split(".");
  const b = right.split(".");
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = compareIdentifier(a[index], b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareIdentifier(left: string | undefined, right: string | undefined): number {
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  const leftNumber = /^\d+$/.test(left);
  const rightNumber = /^\d+$/.test(right);
  if (leftNumber && rightNumber) return Math.sign(Number(left) - Number(right));
  if (leftNumber !== rightNumber) return leftNumber ? -1 : 1;
  return compareText(left, right);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
