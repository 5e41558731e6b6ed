import type { MinidumpPieces } from "./minidump-header.js";
import type { FormFile, MultipartForm } from "./multipart.js";
import { topLevelText } from "./top-level-text.js";

export interface SortedPieces {
  readonly pieces: MinidumpPieces;
  /** As written by the sender; empty when no piece names one. */
  readonly eventId: string;
  /** Files that are attachments. */
  readonly others: readonly FormFile[];
}

const breadcrumbFields: ReadonlySet<string> = new Set(["__sentry-breadcrumb1", "__sentry-breadcrumb2"]);
/** Larger files are no pieces of an event and stay attachments. */
const maxPackedBytes = 512 * 1024;
const numbered = /^sentry__(\d{1,4})$/;

/**
 * Sorts a crash reporter's form into what belongs to the event and what is attached to it (ingest sheet 1.6). Nothing
 * is parsed; the event id is looked up in this order: `__sentry-event`, `sentry` JSON, `sentry[event_id]`.
 */
export function readPieces({ fields, files }: MultipartForm): SortedPieces {
  const packed = files.find((file) => file.field === "__sentry-event" && file.data.length <= maxPackedBytes);
  const crumbs = files.filter(
    (file) => breadcrumbFields.has(file.field) && file.data.length <= maxPackedBytes,
  );
  const json = joinedJson(fields);
  const bracketed = fields.filter(([name]) => name.startsWith("sentry["));
  const extra = fields.filter(
    ([name]) => name !== "sentry" && !numbered.test(name) && !name.startsWith("sentry["),
  );
  const pieces: MinidumpPieces = {
    ...(json === "" ? {} : { event: json }),
    ...(packed ? { packedEvent: packed.data.toString("base64") } : {}),
    ...(crumbs.length > 0 ? { packedBreadcrumbs: crumbs.map(({ data }) => data.toString("base64")) } : {}),
    ...(bracketed.length > 0 ? { fields: bracketed } : {}),
    ...(extra.length > 0 ? { extra } : {}),
  };
  const eventId =
    (packed && packedEventId(packed.data)) ||
    topLevelText(Buffer.from(json), "event_id") ||
    (bracketed.find(([name]) => name === "sentry[event_id]")?.[1] ?? "");
  const used = new Set([packed, ...crumbs]);
  return { pieces, eventId, others: files.filter((file) => !used.has(file)) };
}

/** `sentry`, then `sentry__1`, `sentry__2` …, joined. */
function joinedJson(fields: MultipartForm["fields"]): string {
  const pieces = fields.flatMap(([name, value]) => {
    const number = name === "sentry" ? 0 : numbered.exec(name)?.[1];
    return number === undefined ? [] : [{ order: Number(number), value }];
  });
  return pieces
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
    .join("");
}

/** MessagePack: the text `event_id` (0xa8), then a text of 32 or 36 bytes (0xd9, length). */
const packedKey = Buffer.from("\xa8event_id\xd9", "latin1");

function packedEventId(packed: Buffer): string {
  const at = packed.indexOf(packedKey);
  const length = at === -1 ? undefined : packed[at + packedKey.length];
  if (length !== 32 && length !== 36) return "";
  const start = at + packedKey.length + 1;
  return packed.toString("latin1", start, start + length);
}
