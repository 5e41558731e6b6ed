import { scrubEventFields } from "./event-fields.js";
import type { JsonRecord } from "./json-record.js";
import { isRecord } from "./json-record.js";
import { compileKeyRules } from "./key-rules.js";
import { mergeRemarks } from "./meta.js";
import type { ScrubberOptions } from "./options.js";
import { resolveOptions } from "./options.js";
import { compileTextRules } from "./text-rules.js";
import { REMOVED, Walk } from "./walk.js";
import type { Remark, WalkRules } from "./walk.js";

export interface ScrubbedEvent<Event> {
  readonly event: Event;
  readonly remarks: readonly Remark[];
}

export interface ScrubbedAttributes {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly remarks: readonly Remark[];
}

/** Applies one set of options. Nothing given in is changed; results share what did not change with the input. */
export interface Scrubber {
  /** Scrubs a normalised event or transaction payload and adds its remarks to `_meta`. Never throws on JSON data. */
  readonly scrubEvent: <Event extends object>(event: Event) => ScrubbedEvent<Event>;
  /** Scrubs text people read, such as a log body: matches are replaced, the rest of the text stays. */
  readonly scrubText: (text: string) => string;
  /** Scrubs log, span or metric attributes, plain or as `{value, type}`; removed ones are absent from the result. */
  readonly scrubAttributes: (attributes: Readonly<Record<string, unknown>>) => ScrubbedAttributes;
  /** Scrubs what stands under a key of a record; undefined when the field is to be removed. */
  readonly scrubValue: (key: string, value: unknown) => unknown;
}

/** One entry per set of project settings; a server with more distinct ones compiles the oldest again. */
const MAX_COMPILED = 500;
const compiled = new Map<string, Scrubber>();

/** Returns the scrubber for these options, compiled once per distinct set of options. */
export function compileScrubber(options: ScrubberOptions = {}): Scrubber {
  const resolved = resolveOptions(options);
  const cacheKey = JSON.stringify(resolved);
  const known = compiled.get(cacheKey);
  if (known !== undefined) return known;
  const [oldest] = compiled.keys();
  if (compiled.size >= MAX_COMPILED && oldest !== undefined) compiled.delete(oldest);
  const safePaths = resolved.safeFields.filter((field) => field.includes(".")).map(withoutPositions);
  const scrubber = createScrubber({
    style: resolved.style,
    scrubDefaults: resolved.scrubDefaults,
    scrubIpAddresses: resolved.scrubIpAddresses,
    value: compileTextRules(resolved, "value"),
    body: compileTextRules(resolved, "body"),
    key: compileKeyRules(resolved),
    safePaths: new Set(safePaths),
    safeLeaves: new Set(safePaths.map((path) => path.split(".").at(-1) ?? "")),
  });
  compiled.set(cacheKey, scrubber);
  return scrubber;
}

function createScrubber(rules: WalkRules): Scrubber {
  return Object.freeze({
    scrubEvent: <Event extends object>(event: Event) => scrubEvent(rules, event),
    scrubText: (text: string) => rules.body(text)?.text ?? text,
    scrubAttributes: (attributes: JsonRecord) => scrubAttributes(rules, attributes),
    scrubValue(key: string, value: unknown) {
      const after = new Walk(rules).entry(key, value);
      return after === REMOVED ? undefined : after;
    },
  });
}

function scrubEvent<Event extends object>(rules: WalkRules, event: Event): ScrubbedEvent<Event> {
  const walk = new Walk(rules);
  const scrubbed = scrubEventFields(walk, event);
  const sentMeta = isRecord(event) ? event["_meta"] : undefined;
  const meta = scrubMeta(rules, sentMeta);
  if (walk.remarks.length === 0 && meta === sentMeta) return { event, remarks: [] };
  return {
    event: Object.assign({ ...event }, scrubbed, { _meta: mergeRemarks(meta, walk.remarks) }),
    remarks: walk.remarks,
  };
}

/** `_meta` carries original values of fields that were refused (`val`): they are scrubbed like any value, unremarked. */
function scrubMeta(rules: WalkRules, meta: unknown): unknown {
  if (!isRecord(meta)) return meta;
  const walk = new Walk(rules);
  const visitNode = (node: unknown, depth: number): unknown => {
    if (!isRecord(node)) return node;
    return walk.record(node, (child, key) =>
      key === "" ? scrubNote(walk, child) : depth > 0 ? visitNode(child, depth - 1) : REMOVED,
    );
  };
  return visitNode(meta, 64);
}

function scrubNote(walk: Walk, note: unknown): unknown {
  return isRecord(note) && "val" in note ? walk.record(note, (field) => walk.value(field), ["val"]) : note;
}

function scrubAttributes(rules: WalkRules, attributes: JsonRecord): ScrubbedAttributes {
  const walk = new Walk(rules);
  const scrubbed = walk.record(attributes, (attribute, key) => {
    if (!isTypedAttribute(attribute)) return walk.entry(key, attribute);
    const after = walk.entry(key, attribute["value"]);
    if (after === REMOVED || after === attribute["value"]) return after === REMOVED ? REMOVED : attribute;
    return {
      ...attribute,
      value: after,
      ...("type" in attribute && typeof after === "string" ? { type: "string" } : {}),
    };
  });
  return { attributes: scrubbed, remarks: walk.remarks };
}

const TYPED_ATTRIBUTE_KEYS: ReadonlySet<string> = new Set(["value", "type", "unit"]);

/** An object with anything more could carry personal data beside its value, so it is walked as a plain one. */
function isTypedAttribute(attribute: unknown): attribute is JsonRecord {
  if (!isRecord(attribute) || !("value" in attribute)) return false;
  return Object.keys(attribute).every((key) => TYPED_ATTRIBUTE_KEYS.has(key));
}

/** `exception.values.*.stacktrace.frames.0.vars.x` and the same without positions name the same place. */
function withoutPositions(path: string): string {
  return path
    .replace(/^\$\./, "")
    .split(".")
    .filter((part) => !/^(?:\d+|\*{1,2})$/.test(part))
    .join(".");
}
