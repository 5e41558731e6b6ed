import type { Component } from "./digest.js";
import { digestOf } from "./digest.js";
import type { ExceptionShape } from "./event-shape.js";

/** Distinct members of a group that count; a batch of hundred failures is not a hundred problems. */
const MAX_MEMBERS = 6;
const MAX_DEPTH = 12;

export interface ExceptionTree {
  readonly components: Component[];
  /** Exceptions in the chain; 1 for a single exception. */
  readonly chainLength: number;
  /** Distinct members of the outermost group; 0 without a group. */
  readonly memberCount: number;
}

type Describe = (one: ExceptionShape) => Component[];

/**
 * The components of all exceptions of an event, the raised one first, its causes after it.
 *
 * A group (`is_exception_group`) counts as the set of its distinct members, so that neither their order nor their
 * number matters, and a group whose members are alike groups as one of them would alone.
 * Ids and parents: https://develop.sentry.dev/sdk/data-model/event-payloads/exception/
 */
export function exceptionTree(
  values: readonly ExceptionShape[],
  describe: Describe,
  maxChain: number,
): ExceptionTree {
  const hasGroup = values.some((one) => one.mechanism?.is_exception_group === true);
  if (!hasGroup) return plainChain(values, describe, maxChain);
  const walk = new GroupWalk(values, describe);
  const root = values.at(-1);
  const components = root ? walk.describe(root, 0) : [];
  return { components, chainLength: 1, memberCount: walk.memberCount };
}

function plainChain(values: readonly ExceptionShape[], describe: Describe, maxChain: number): ExceptionTree {
  const chain = values.slice(-maxChain).toReversed();
  const components: Component[] = [];
  for (const [index, one] of chain.entries()) {
    if (index > 0) components.push({ label: "caused by", value: "" });
    components.push(...describe(one));
  }
  return { components: joinCauses(components), chainLength: chain.length, memberCount: 0 };
}

/** `caused by` carries the type that follows it, so that people read one line. */
function joinCauses(components: readonly Component[]): Component[] {
  const result: Component[] = [];
  for (const component of components) {
    const before = result.at(-1);
    const joins = before?.label === "caused by" && before.value === "" && component.label === "exception";
    if (joins) result.pop();
    result.push(joins ? { label: "caused by", value: component.value } : component);
  }
  return result.at(-1)?.value === "" ? result.slice(0, -1) : result;
}

class GroupWalk {
  readonly #children = new Map<number, ExceptionShape[]>();
  readonly #describe: Describe;
  readonly #visited = new Set<ExceptionShape>();
  memberCount = 0;

  constructor(values: readonly ExceptionShape[], describe: Describe) {
    this.#describe = describe;
    for (const one of values) {
      const parent = one.mechanism?.parent_id;
      if (typeof parent !== "number" || parent === one.mechanism?.exception_id) continue;
      const siblings = this.#children.get(parent);
      if (siblings) siblings.push(one);
      else this.#children.set(parent, [one]);
    }
  }

  /** Visited entries and too deep ones are skipped: parents may name each other. */
  describe(one: ExceptionShape, depth: number): Component[] {
    if (depth > MAX_DEPTH || this.#visited.has(one)) return [];
    this.#visited.add(one);
    const id = one.mechanism?.exception_id;
    const children = typeof id === "number" ? (this.#children.get(id) ?? []) : [];
    const isGroup = one.mechanism?.is_exception_group === true;
    const members = isGroup ? children.filter(isMember) : [];
    if (isGroup && members.length > 0) return this.#ofGroup(one, members, depth);
    const result = this.#describe(one);
    for (const cause of children) result.push(...asCause(this.describe(cause, depth + 1)));
    return result;
  }

  #ofGroup(group: ExceptionShape, members: readonly ExceptionShape[], depth: number): Component[] {
    const distinct = new Map<string, Component[]>();
    for (const member of members) {
      const components = this.describe(member, depth + 1);
      if (components.length > 0) distinct.set(digestOf(components), components);
    }
    const kept = [...distinct.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_MEMBERS);
    if (depth === 0) this.memberCount = kept.length;
    const only = kept.length === 1 ? kept[0]?.[1] : undefined;
    if (only) return only;
    return [
      { label: "exception group", value: group.type ?? "" },
      ...kept.flatMap(([, components]) => components),
    ];
  }
}

/** What a group holds, in contrast to what caused the group itself. */
function isMember(one: ExceptionShape): boolean {
  return !/^__(?:cause|context)__$|^cause$/.test(one.mechanism?.source ?? "");
}

function asCause(components: readonly Component[]): Component[] {
  return components.map((component, index) =>
    index === 0 && component.label === "exception"
      ? { label: "caused by", value: component.value }
      : component,
  );
}
