import { isRecord } from "@vedette/protocol";
import type { Json, JsonObject, ProcessingError } from "@vedette/protocol";

/** Notes kept for one event: a hostile one could make thousands. */
const MAX_NOTES = 100;

/** What `_meta` says of one node, under its key `""` (ingest sheet 6.19). */
interface Remark {
  readonly rem?: readonly Json[];
  readonly err?: readonly Json[];
  readonly len?: number;
}

/**
 * Collects what normalising one event cut, removed or could not read, and turns it into the event's `_meta` tree
 * and `errors` list. Costs nothing while the event is in order.
 */
export class Notes {
  readonly #remarks: { readonly path: readonly string[]; readonly remark: Remark }[] = [];
  readonly #errors: ProcessingError[] = [];

  /** The place of the event itself. */
  root(): Place {
    return new Place(this, null, "");
  }

  /** Keeps a remark on a place; beyond 100 remarks it is forgotten. */
  remark(place: Place, remark: Remark): void {
    if (this.#remarks.length < MAX_NOTES) this.#remarks.push({ path: place.path(), remark });
  }

  /** Keeps an error for the event's `errors` list; beyond 100 errors it is forgotten. */
  error(error: ProcessingError): void {
    if (this.#errors.length < MAX_NOTES) this.#errors.push(error);
  }

  /** Errors found so far, after those the sender brought along; undefined when there are none. */
  errors(sent: readonly ProcessingError[]): readonly ProcessingError[] | undefined {
    const all = [...sent, ...this.#errors];
    return all.length === 0 ? undefined : all;
  }

  /** The sender's `_meta` with the remarks added; undefined when both are empty. */
  meta(sent: JsonObject | undefined): JsonObject | undefined {
    if (this.#remarks.length === 0) return sent;
    const tree = copyTree(sent ?? {});
    for (const { path, remark } of this.#remarks) merge(nodeAt(tree, path), remark);
    return tree;
  }
}

/** A position in the event under way. Made cheaply for every container, turned into a path only when noted. */
export class Place {
  readonly #notes: Notes;
  readonly #parent: Place | null;
  readonly #key: string | number;

  constructor(notes: Notes, parent: Place | null, key: string | number) {
    this.#notes = notes;
    this.#parent = parent;
    this.#key = key;
  }

  /** The place of one field or entry below this one. */
  at(key: string | number): Place {
    return new Place(this.#notes, this, key);
  }

  /** Keys from the event down to here. */
  path(): readonly string[] {
    return this.#parent === null ? [] : [...this.#parent.path(), String(this.#key)];
  }

  /** Notes that a text was cut from `originalLength` to `length`, its last three characters being dots. */
  cut(originalLength: number, length: number): void {
    const from = Math.max(0, length - 3);
    this.#notes.remark(this, { rem: [["!limit", "s", from, length]], len: originalLength });
  }

  /** Notes that a container lost something, with the number of entries or characters it had. */
  shortened(originalLength: number): void {
    this.#notes.remark(this, { rem: [["!limit", "x"]], len: originalLength });
  }

  /** Notes a value which was dropped because it cannot be read. Give `value` only if it cannot be personal. */
  invalid(reason: string, value?: Json): void {
    this.problem("invalid_data", value === undefined ? { reason } : { reason, value });
  }

  /** Notes any other problem with its details, in `_meta` and in the event's `errors`. */
  problem(type: string, details: JsonObject): void {
    this.#notes.remark(this, { err: [[type, details]] });
    this.#notes.error({ type, name: this.path().join("."), value: details });
  }
}

type Tree = { [key: string]: Json };

function copyTree(tree: JsonObject): Tree {
  const copy: Tree = {};
  for (const key of Object.keys(tree)) {
    const value = tree[key] ?? null;
    if (key !== "__proto__") copy[key] = isRecord(value) ? copyTree(value) : value;
  }
  return copy;
}

function nodeAt(tree: Tree, path: readonly string[]): Tree {
  let node = tree;
  for (const key of path) {
    if (key === "__proto__") return {};
    const below = Object.hasOwn(node, key) ? node[key] : undefined;
    const next: Tree = isRecord(below) ? below : {};
    node[key] = next;
    node = next;
  }
  return node;
}

function merge(node: Tree, remark: Remark): void {
  const own = node[""];
  const before: Tree = isRecord(own) ? own : {};
  node[""] = {
    ...before,
    ...(remark.rem === undefined ? {} : { rem: [...listOf(before["rem"]), ...remark.rem] }),
    ...(remark.err === undefined ? {} : { err: [...listOf(before["err"]), ...remark.err] }),
    // The sender's length counts from the original and so is the truer one.
    ...(remark.len === undefined ? {} : { len: before["len"] ?? remark.len }),
  };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
