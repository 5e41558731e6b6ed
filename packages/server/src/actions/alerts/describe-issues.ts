import type { z } from "zod";
import type { Problem } from "./invalid-document.js";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Says in plain words what zod found, with paths as in `rules[2].when[0]`. Of a union, the form that was evidently
 * meant is described; when none fits, the known forms are listed. Values are never repeated: they may be secrets.
 *
 * @param prefix path of the checked value within the document
 */
export function describeIssues(issues: readonly Issue[], prefix: Path = []): readonly Problem[] {
  return issues.flatMap((issue) => describeIssue(issue, prefix));
}

/** Writes `["rules", 2, "when"]` as `rules[2].when`. */
function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function describeIssue(issue: Issue, prefix: Path): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const meant = meantBranch(issue.errors);
    if (meant) return describeIssues(meant, path);
    return [{ path: pathText(path), message: knownForms(issue.errors) }];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: pathText(path), message: `has the unknown key "${key}"` }));
  }
  return [{ path: pathText(path), message: plainMessage(issue) }];
}

function plainMessage(issue: Issue): string {
  if (issue.code === "invalid_type") {
    return issue.message.endsWith("received undefined")
      ? "is required"
      : `must be ${nameOfType(issue.expected)}`;
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    return values.length === 1 ? `must be ${values[0]}` : `is not one of ${values.join(", ")}`;
  }
  if (issue.code === "invalid_union") return `needs a known ${issue.discriminator ?? "form"}`;
  return issue.message.replace(/^Invalid input: /, "");
}

/** The branch whose faults lie deepest: its outer shape was right. A branch that knows none of the keys is not it. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  let meant: readonly Issue[] | null = null;
  let deepest = 0;
  for (const branch of branches) {
    if (isAlien(branch)) continue;
    const depth = Math.max(...branch.map(depthOf));
    if (depth <= deepest) continue;
    meant = branch;
    deepest = depth;
  }
  return meant;
}

function depthOf(issue: Issue): number {
  if (issue.code !== "invalid_union") return isMissing(issue) ? issue.path.length - 1 : issue.path.length;
  const branch = meantBranch(issue.errors);
  return issue.path.length + (branch ? Math.max(...branch.map(depthOf)) : 0);
}

function isMissing(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.message.endsWith("received undefined");
}

function knownForms(branches: readonly (readonly Issue[])[]): string {
  const names = branches.flatMap((branch) => (isAlien(branch) ? keysOf(branch) : valuesOf(branch)));
  if (names.length > 0) return `is not one of ${[...new Set(names)].join(", ")}`;
  const issues = branches.flat().flatMap(flattenUnion);
  const types = issues.flatMap((issue) =>
    issue.code === "invalid_type" ? [nameOfType(issue.expected)] : [],
  );
  return types.length > 0 ? `must be ${[...new Set(types)].join(" or ")}` : "has an unknown form";
}

/** Whether the value has keys which this branch does not know. */
function isAlien(branch: readonly Issue[]): boolean {
  return branch.some((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0);
}

/** Keys the branch would have: those it misses. */
function keysOf(branch: readonly Issue[]): readonly string[] {
  return branch.flatMap(({ path: [key] }) => (key === undefined ? [] : [`${String(key)}: …`]));
}

function valuesOf(branch: readonly Issue[]): readonly string[] {
  return branch
    .flatMap(flattenUnion)
    .flatMap((issue) => (issue.code === "invalid_value" ? issue.values.map(String) : []));
}

function flattenUnion(issue: Issue): readonly Issue[] {
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(flattenUnion) : [issue];
}

function nameOfType(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a mapping",
  };
  return names[expected] ?? expected;
}
