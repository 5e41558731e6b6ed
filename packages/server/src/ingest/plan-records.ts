import { isRecord, parseTimestamp, toItemType } from "@vedette/protocol";
import type { EnvelopeHeader, EnvelopeItem, ItemHeader } from "@vedette/protocol";
import type { QueueItem, StoredAttachment } from "../queue/port.js";
import type { Sender } from "./admit.js";
import { minidumpBody, readMinidumpHeader } from "./minidump-header.js";
import type { IngestOptions } from "./options.js";

/** A payload on its way to the blob store, and what the record will say of it. */
export interface PlannedBlob {
  readonly payload: Buffer;
  readonly facts: Omit<StoredAttachment, "blobKey">;
}

/** A queue record whose blobs are not stored yet. */
export interface PlannedRecord {
  readonly item: QueueItem;
  readonly body: Buffer;
  readonly blobs: readonly PlannedBlob[];
}

export interface Plan {
  readonly records: readonly PlannedRecord[];
  /** Items of types nobody knows; they are passed over, as the protocol says. */
  readonly unknownItems: number;
}

/** Types of our own, for what has no item type on the wire. */
const ownTypes: ReadonlySet<string> = new Set(["minidump", "otlp_traces", "otlp_logs"]);
/** Events to which attachments of the same envelope belong. */
const carriers: ReadonlySet<string> = new Set([
  "event",
  "transaction",
  "feedback",
  "security",
  "raw_security",
  "minidump",
]);
/** Opaque to process: they go to the blob store whatever their size. */
const binary: ReadonlySet<string> = new Set([
  "replay_recording",
  "replay_video",
  "profile",
  "profile_chunk",
  "unreal_report",
]);
/** Read by process from the record itself, and small by the limits of the protocol. */
const alwaysQueued: ReadonlySet<string> = new Set([...carriers, "nel", "client_report"]);

/** An envelope's sampling context is copied into each of its records; larger ones are no SDK's. */
const maxTraceLength = 4_096;
const noBody = Buffer.alloc(0);

interface Submitted {
  readonly header: EnvelopeHeader;
  readonly items: readonly EnvelopeItem[];
  readonly eventId: string;
}

/**
 * Decides which queue records a submission makes.
 *
 * Attachments ride in the record of their envelope's event; without one they make a record of their own. A crash dump
 * turns its envelope's event into a `minidump` record. Binary and large payloads leave their record's body empty and
 * are named in its `attachments`, their size in the header's `blob_size`.
 */
export function planRecords(submitted: Submitted, sender: Sender, options: IngestOptions): Plan {
  const base = baseItem(submitted, sender);
  const known = submitted.items.filter(
    ({ header }) => ownTypes.has(header.type) || toItemType(header.type) !== null,
  );
  const attachments = known.filter(({ header }) => header.type === "attachment");
  const others = known.filter(({ header }) => header.type !== "attachment");
  const dump = attachments.find(({ header }) => header.attachment_type === "event.minidump");
  const dumpHeader = dump && readMinidumpHeader(dump.payload);
  const carrier = others.find(({ header }) => carriers.has(header.type));
  const blobs = attachments.map(toBlob);
  const records = others.map((item) => {
    const carried = item === carrier ? blobs : [];
    if (item === carrier && item.header.type === "event" && dumpHeader) {
      return dumpRecord(base, minidumpBody(dumpHeader, { event: item.payload.toString("utf8") }), carried);
    }
    return toRecord(item, { base, carried, options });
  });
  if (carrier === undefined && blobs.length > 0) {
    records.push(
      dumpHeader
        ? dumpRecord(base, minidumpBody(dumpHeader, {}), blobs)
        : { item: { ...base, type: "attachment" }, body: noBody, blobs },
    );
  }
  return { records, unknownItems: submitted.items.length - known.length };
}

function baseItem({ header, eventId }: Submitted, sender: Sender): QueueItem {
  return {
    type: "",
    projectId: sender.key.projectId,
    publicKey: sender.key.publicKey,
    eventId,
    receivedAt: sender.receivedAt,
    sentAt: header.sent_at === undefined ? null : parseTimestamp(header.sent_at),
    header: {},
    clientIp: sender.clientIp,
    userAgent: sender.userAgent,
    client: sender.client === "" ? sdkName(header.sdk) : sender.client,
    envelope: envelopeFacts(header),
    attachments: [],
  };
}

function toRecord(
  { header, payload }: EnvelopeItem,
  { base, carried, options }: { base: QueueItem; carried: readonly PlannedBlob[]; options: IngestOptions },
): PlannedRecord {
  const type = ownTypes.has(header.type) ? header.type : (toItemType(header.type) ?? header.type);
  const item = { ...base, type, header: withoutType(header) };
  const beside = binary.has(type) || (payload.length > options.maxQueuedBodyBytes && !alwaysQueued.has(type));
  if (!beside) return { item, body: payload, blobs: carried };
  return {
    item: { ...item, header: { ...item.header, blob_size: payload.length } },
    body: noBody,
    blobs: [toBlob({ header: { ...header, type }, payload })],
  };
}

function dumpRecord(base: QueueItem, body: Buffer, blobs: readonly PlannedBlob[]): PlannedRecord {
  return { item: { ...base, type: "minidump" }, body, blobs };
}

const maxNameLength = 255;

function toBlob({ header, payload }: EnvelopeItem): PlannedBlob {
  const isAttachment = header.type === "attachment";
  return {
    payload,
    facts: {
      itemType: header.type,
      name: (header.filename ?? (isAttachment ? "unnamed" : header.type)).slice(0, maxNameLength),
      contentType: (header.content_type ?? "application/octet-stream").slice(0, maxNameLength),
      attachmentType: isAttachment
        ? (header.attachment_type ?? "event.attachment").slice(0, maxNameLength)
        : "",
      sizeBytes: payload.length,
    },
  };
}

function withoutType({ type: _type, ...rest }: ItemHeader): Readonly<Record<string, unknown>> {
  return rest;
}

/** `infer_ip` and `trace` of the envelope header, when sent. */
function envelopeFacts(header: EnvelopeHeader): Readonly<Record<string, unknown>> {
  const settings = isRecord(header.sdk) ? header.sdk["settings"] : undefined;
  const inferIp = isRecord(settings) ? settings["infer_ip"] : undefined;
  const facts: Record<string, unknown> = {};
  if (typeof inferIp === "string") facts["infer_ip"] = inferIp.slice(0, 20);
  if (isRecord(header.trace) && JSON.stringify(header.trace).length <= maxTraceLength)
    facts["trace"] = header.trace;
  return facts;
}

function sdkName(sdk: unknown): string {
  if (!isRecord(sdk) || typeof sdk["name"] !== "string") return "";
  const version = typeof sdk["version"] === "string" ? `/${sdk["version"]}` : "";
  return `${sdk["name"]}${version}`.slice(0, 200);
}
