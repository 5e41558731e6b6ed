import type { JsonRecord } from "./json-record.js";
import { isRecord } from "./json-record.js";
import type { Remark } from "./walk.js";

/**
 * Adds remarks to a `_meta` tree the SDK may have sent and returns the new tree (protocol notes §6.19). What was there
 * stays: earlier remarks come first and an earlier `len` wins, for it tells the length before the SDK cut the value.
 * Only `val`, the original, goes from a scrubbed place, and with a replaced value the notes about its children.
 */
export function mergeRemarks(meta: unknown, remarks: readonly Remark[]): JsonRecord {
  const root: Record<string, unknown> = isRecord(meta) ? structuredClone(meta) : {};
  for (const remark of remarks) {
    let node = root;
    for (const key of remark.path) node = childOf(node, key);
    annotate(node, remark);
  }
  return root;
}

function childOf(node: Record<string, unknown>, key: string): Record<string, unknown> {
  const known = Object.hasOwn(node, key) ? node[key] : undefined;
  if (isRecord(known)) return known;
  const child: Record<string, unknown> = {};
  // Defined, not assigned: a payload may hold a field named __proto__.
  Object.defineProperty(node, key, { value: child, enumerable: true, writable: true, configurable: true });
  return child;
}

function annotate(node: Record<string, unknown>, { rules, length }: Remark): void {
  for (const key of Object.keys(node)) if (key !== "") delete node[key];
  const { val: _original, ...earlier } = isRecord(node[""]) ? node[""] : {};
  const earlierRules = Array.isArray(earlier["rem"]) ? (earlier["rem"] as unknown[]) : [];
  const originalLength = typeof earlier["len"] === "number" ? earlier["len"] : length;
  node[""] = {
    ...earlier,
    rem: [...earlierRules, ...rules],
    ...(originalLength === undefined ? {} : { len: originalLength }),
  };
}
