import { isRecord } from "@vedette/protocol";

/** One field that differs; `path` as in `definition.notify[0].mention`. Null stands for an absent value. */
export interface FieldDiff {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * Compares two JSON values field by field. Lists of objects are compared place by place, other lists as a whole. The
 * order of keys means nothing.
 *
 * @returns nothing when they are the same
 */
export function diffValues(from: unknown, to: unknown, path = ""): readonly FieldDiff[] {
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) => diffValues(from[key], to[key], path === "" ? key : `${path}.${key}`));
  }
  if (isListOfRecords(from) && isListOfRecords(to)) {
    const length = Math.max(from.length, to.length);
    return Array.from({ length }, (_, index) =>
      diffValues(from[index], to[index], `${path}[${index}]`),
    ).flat();
  }
  return isSame(from, to) ? [] : [{ path, from: from ?? null, to: to ?? null }];
}

function isListOfRecords(value: unknown): value is readonly Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function isSame(from: unknown, to: unknown): boolean {
  if (Array.isArray(from) && Array.isArray(to)) {
    return from.length === to.length && from.every((item, index) => diffValues(item, to[index]).length === 0);
  }
  return (from ?? null) === (to ?? null);
}
