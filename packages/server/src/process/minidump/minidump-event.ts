import { isRecord } from "@vedette/protocol";
import type { QueueItem } from "../../queue/port.js";
import { cleanJson } from "../normalise/parse-payload.js";
import { dumpFacts } from "./dump-facts.js";
import type { DumpFacts } from "./dump-facts.js";
import { readSdkEvent } from "./sdk-pieces.js";

type Fields = Record<string, unknown>;

/**
 * Makes a crash event of a `minidump` record: what ingest read from the dump's header (`header`), and the SDK's own
 * words beside it (`event`, `packedEvent`, `packedBreadcrumbs`, `fields`, `extra`; see ingest/minidump-header.ts).
 *
 * The SDK's fields win, but for the crash itself: platform `native`, level `fatal`, and, unless the SDK sent an
 * exception of its own, one made of the dump's exception stream. Never throws; an empty payload gives an event that
 * says only that there was a crash.
 *
 * @param payload the record's parsed body
 * @returns an event payload as an SDK would have sent it, to be normalised like any other
 */
export function minidumpToEvent(payload: unknown, item: QueueItem): unknown {
  const body = isRecord(payload) ? payload : {};
  // Unpacked only here, after the record's own strings were cleaned.
  const cleaned = cleanJson(readSdkEvent(body));
  const event = isRecord(cleaned) ? cleaned : {};
  const facts = dumpFacts(body["header"]);
  return {
    ...timeOf(event, facts),
    ...event,
    ...(item.eventId === "" ? {} : { event_id: item.eventId }),
    platform: "native",
    level: "fatal",
    exception: hasException(event) ? event["exception"] : { values: [exceptionOf(facts)] },
    contexts: contextsOf(event, facts),
    ...threadsOf(event, facts),
  };
}

/** A dump uploaded at the next start is older than its upload: its own time counts, unless the SDK names one. */
function timeOf(event: Fields, { timestamp }: DumpFacts): Fields {
  return timestamp === undefined || event["timestamp"] !== undefined ? {} : { timestamp };
}

function hasException({ exception }: Fields): boolean {
  const values = isRecord(exception) ? exception["values"] : exception;
  return Array.isArray(values) && values.length > 0;
}

function exceptionOf({ exception, threadId }: DumpFacts): Fields {
  return {
    ...exception,
    ...(threadId === undefined ? {} : { thread_id: threadId }),
    mechanism: { type: "minidump", handled: false, synthetic: true },
  };
}

function contextsOf({ contexts }: Fields, { os, device }: DumpFacts): Fields {
  const given = isRecord(contexts) ? contexts : {};
  return {
    ...given,
    ...(os ? { os: { ...os, ...(isRecord(given["os"]) ? given["os"] : {}) } } : {}),
    ...(device ? { device: { ...device, ...(isRecord(given["device"]) ? given["device"] : {}) } } : {}),
  };
}

function threadsOf(event: Fields, { threadId }: DumpFacts): Fields {
  if (threadId === undefined || event["threads"] !== undefined) return {};
  return { threads: { values: [{ id: threadId, crashed: true, current: true }] } };
}
