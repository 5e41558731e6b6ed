import { isPairList, isRecord } from "./json-record.js";
import { SECRET_RULE, SENSITIVE_FIELD_RULE } from "./text-rules.js";
import type { Walk } from "./walk.js";

type Visitor = (walk: Walk, value: unknown) => unknown;
type Visitors = Readonly<Record<string, Visitor>>;

const value: Visitor = (walk, field) => walk.value(field);
const body: Visitor = (walk, field) => walk.body(field);
const pairs: Visitor = (walk, field) => walk.pairs(field);
const cookies: Visitor = (walk, field) => walk.cookies(field);
const address: Visitor = (walk, field) =>
  walk.rules.scrubIpAddresses ? walk.remove(field, "@ip:remove") : field;

/** Visits the named fields of an object; the others are no one's personal data. Their own names are no secrets. */
function fields(visitors: Visitors): Visitor {
  const keys = Object.keys(visitors);
  return (walk, record) =>
    isRecord(record)
      ? walk.record(record, (field, key) => (isSafe(walk, key) ? field : visitors[key]?.(walk, field)), keys)
      : record;
}

/**
 * Visits every field of an object whose types readers rely on: a key that names a secret or a sensitive field empties
 * a container from the inside instead of turning it into text.
 */
function typedFields(visitors: Visitors): Visitor {
  const byKey = new Map(Object.entries(visitors));
  return (walk, record) => {
    if (!isRecord(record)) return walk.value(record);
    return walk.record(record, (field, key) => {
      if (isSafe(walk, key)) return field;
      const verdict = walk.rules.key(key);
      if (verdict === "secret" || verdict === "sensitive") return emptied(walk, key, field);
      const visitor = byKey.get(key);
      return visitor === undefined ? walk.entry(key, field) : visitor(walk, field);
    });
  };
}

function emptied(walk: Walk, key: string, field: unknown): unknown {
  const rule = walk.rules.key(key) === "secret" ? SECRET_RULE : SENSITIVE_FIELD_RULE;
  // An address column takes an address or nothing.
  if (key === "ip_address") return walk.remove(field, rule);
  if (!isRecord(field) && !isPairList(field)) return walk.whole(field, rule);
  return walk.pairs(field, (_key, inner) => walk.whole(inner, rule));
}

/** The forms a list of values comes in: `{"values": […]}`, a bare list, one bare object (§6.14). */
function values(visitor: Visitor): Visitor {
  const wrapped = fields({ values: each(visitor) });
  return (walk, list) => {
    if (Array.isArray(list)) return each(visitor)(walk, list);
    return isRecord(list) && "values" in list ? wrapped(walk, list) : visitor(walk, list);
  };
}

function each(visitor: Visitor): Visitor {
  return (walk, list) => (Array.isArray(list) ? walk.list(list, (item) => visitor(walk, item)) : list);
}

function isSafe(walk: Walk, key: string): boolean {
  return walk.rules.key(key) === "keep" || walk.isSafePath();
}

/** A message is text, or an object with its template and parameters. */
const message: Visitor = (walk, field) => (isRecord(field) ? messageParts(walk, field) : walk.body(field));
const messageParts = fields({ formatted: body, message: body, params: value });

const frame = fields({ vars: value });
const stacktrace = fields({ frames: each(frame) });
const threadOrException = { stacktrace, raw_stacktrace: stacktrace };
/** Ids that tie events to traces: sixteen of their digits may look like a card number. */
const keep: Visitor = (_walk, field) => field;
const traceIds = { trace_id: keep, span_id: keep, parent_span_id: keep };

/**
 * Where the rules apply (protocol notes §8.3): the fields that may hold personal data. What is not named here is left
 * as it is: `debug_meta`, a frame's file names and source lines, function names, `fingerprint`, `modules`.
 * `exception.value` is text people read, so it gets the in-place rules (S0.11), never the whole-value ones.
 */
export const scrubEventFields: Visitor = fields({
  extra: value,
  contexts: typedFields({ trace: typedFields(traceIds), response: typedFields({ headers: pairs, cookies }) }),
  tags: pairs,
  user: typedFields({ ip_address: address }),
  request: typedFields({ headers: pairs, cookies, env: pairs, query_string: pairs }),
  breadcrumbs: values(fields({ message: value, data: value })),
  exception: values(fields({ value: body, ...threadOrException })),
  threads: values(fields(threadOrException)),
  stacktrace,
  logentry: message,
  message,
  spans: each(fields({ description: value, data: value, tags: pairs })),
  sdk: fields({ client_ip: address }),
});
