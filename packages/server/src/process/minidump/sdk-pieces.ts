import { isRecord, parseTimestamp } from "@vedette/protocol";
import { decode, decodeMulti } from "@msgpack/msgpack";

type Fields = Record<string, unknown>;

const maxBreadcrumbs = 200;
const maxDepth = 10;
/** Our own bounds inside MessagePack; ingest bounds the whole. */
const unpackLimits = {
  maxStrLength: 1_048_576,
  maxBinLength: 65_536,
  maxArrayLength: 10_000,
  maxMapLength: 10_000,
};
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The event as the SDK wrote it beside the dump: event JSON, then the packed event, then bracketed form fields, later
 * ones completing earlier ones; other fields become `extra`. Pieces that cannot be read are passed over: the crash
 * itself is in the dump.
 */
export function readSdkEvent(body: Readonly<Fields>): Fields {
  const event = merge(
    merge(jsonOf(body["event"]), unpack(body["packedEvent"])),
    fromBrackets(pairsOf(body["fields"])),
  );
  const breadcrumbs = readBreadcrumbs(body["packedBreadcrumbs"]);
  const extra = Object.fromEntries(pairsOf(body["extra"]).filter(([name]) => !forbidden.has(name)));
  return {
    ...event,
    ...(breadcrumbs.length > 0 ? { breadcrumbs } : {}),
    ...(Object.keys(extra).length > 0 ? { extra: merge(asFields(event["extra"]), extra) } : {}),
  };
}

function jsonOf(text: unknown): Fields {
  if (typeof text !== "string") return {};
  try {
    return asFields(JSON.parse(text));
  } catch {
    return {};
  }
}

function unpack(base64: unknown): Fields {
  if (typeof base64 !== "string") return {};
  try {
    return asFields(plain(decode(Buffer.from(base64, "base64"), unpackLimits), 0));
  } catch {
    return {};
  }
}

/** Two files used in turn as a ring: which is older is told by the breadcrumbs' times alone. */
function readBreadcrumbs(packed: unknown): readonly Fields[] {
  const files = Array.isArray(packed) ? packed.filter((file) => typeof file === "string") : [];
  const crumbs = files.flatMap(unpackStream);
  return crumbs.toSorted((a, b) => sentAt(a) - sentAt(b)).slice(-maxBreadcrumbs);
}

/** Milliseconds since 1970; 0 when the breadcrumb does not say. */
function sentAt({ timestamp }: Fields): number {
  return parseTimestamp(timestamp) ?? 0;
}

function unpackStream(base64: string): readonly Fields[] {
  const crumbs: Fields[] = [];
  try {
    for (const crumb of decodeMulti(Buffer.from(base64, "base64"), unpackLimits)) {
      if (isRecord(crumb)) crumbs.push(asFields(plain(crumb, 0)));
    }
  } catch {
    // The process died while writing: what came before the damage counts.
  }
  return crumbs;
}

/** MessagePack can hold what JSON cannot; normalisation expects JSON. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  if (depth >= 100 || ArrayBuffer.isView(value)) return null;
  if (Array.isArray(value)) return value.map((entry) => plain(entry, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, depth + 1)]));
}

/** `sentry[tags][os]` = `linux` becomes `{tags: {os: "linux"}}`. */
function fromBrackets(pairs: readonly (readonly [string, string])[]): Fields {
  const event: Fields = {};
  for (const [name, value] of pairs) {
    const path = [...name.matchAll(/\[([^\]]{1,200})\]/g)].map((match) => match[1] ?? "");
    const last = path.pop();
    if (last === undefined || path.length > maxDepth || [...path, last].some((key) => forbidden.has(key)))
      continue;
    let target: Fields = event;
    for (const key of path) {
      const inner = target[key];
      const next: Fields = isRecord(inner) ? inner : {};
      target[key] = next;
      target = next;
    }
    target[last] = value;
  }
  return event;
}

/** Objects of both sides are joined; elsewhere the second wins. */
function merge(first: Fields, second: Fields, depth = 0): Fields {
  const merged: Fields = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (forbidden.has(key)) continue;
    const before = merged[key];
    merged[key] =
      isRecord(before) && isRecord(value) && depth < maxDepth ? merge(before, value, depth + 1) : value;
  }
  return merged;
}

function pairsOf(value: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown) => {
    const [name, text] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return typeof name === "string" && typeof text === "string" ? [[name, text] as const] : [];
  });
}

function asFields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}
