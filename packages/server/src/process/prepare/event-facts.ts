import type { Frame } from "@vedette/protocol";
import { maxFactsPerChange } from "../../domain/change.js";
import type { EventFacts } from "../../domain/change.js";
import type { ReadEvent } from "./read-event.js";

const maxValues = 50;
const maxValueLength = 500;
/** Of all values of one attribute. A stack of 50 ordinary frames has a third of it; a flood of hostile ones must fit memory. */
const maxCharacters = 8_000;

/** What rules may ask about this event (alerting sheet 1.4). Only built for the few events that go into the change log. */
function eventFacts(read: ReadEvent): EventFacts {
  const { event, record, tags, userKey } = read;
  return {
    eventId: event.event_id,
    timestamp: Math.round(event.timestamp * 1000),
    receivedAt: record.item.receivedAt,
    level: event.level ?? "error",
    platform: event.platform ?? "other",
    environment: event.environment ?? "",
    release: event.release ?? "",
    userKey,
    tags,
    attributes: { ...plainAttributes(read), ...stackAttributes(read) },
  };
}

function plainAttributes({ event, title }: ReadEvent): Record<string, readonly string[]> {
  const exceptions = event.exception?.values ?? [];
  const unhandled = exceptions.some(({ mechanism }) => mechanism?.handled === false);
  return compact({
    message: [event.logentry?.formatted, title.title],
    type: [event.type],
    platform: [event.platform],
    transaction: [event.transaction],
    logger: [event.logger],
    "exception.type": exceptions.map(({ type }) => type),
    "exception.value": exceptions.map(({ value }) => value),
    "error.handled": exceptions.length > 0 ? [String(!unhandled)] : [],
    "error.unhandled": exceptions.length > 0 ? [String(unhandled)] : [],
    "user.id": [event.user?.id],
    "user.email": [event.user?.email],
    "user.username": [event.user?.username],
    "user.ip_address": [event.user?.ip_address],
    "http.method": [event.request?.method],
    "http.url": [event.request?.url],
    "http.status_code": [responseStatus(event.contexts?.["response"])],
    "sdk.name": [event.sdk?.name],
    "os.distribution_name": [distribution(event.contexts?.["os"], "name")],
    "os.distribution_version": [distribution(event.contexts?.["os"], "version")],
  });
}

function stackAttributes({ event }: ReadEvent): Record<string, readonly string[]> {
  const frames: Frame[] = (event.exception?.values ?? []).flatMap(
    ({ stacktrace }) => stacktrace?.frames ?? [],
  );
  const collect = (pick: (frame: Frame) => string | undefined) => frames.map(pick);
  return compact({
    "stacktrace.code": collect((frame) => frame.context_line),
    "stacktrace.module": collect((frame) => frame.module),
    "stacktrace.filename": collect((frame) => frame.filename),
    "stacktrace.abs_path": collect((frame) => frame.abs_path),
    "stacktrace.package": collect((frame) => frame.package),
    "stacktrace.function": collect((frame) => frame.function),
  });
}

/** Drops what is absent, repeats and attributes without values; the newest frames win when there are too many. */
function compact(values: Record<string, readonly (string | undefined)[]>): Record<string, readonly string[]> {
  const result: Record<string, readonly string[]> = {};
  for (const [name, list] of Object.entries(values)) {
    const present = list.filter((value): value is string => value !== undefined && value !== "");
    const distinct = [...new Set(present.map((value) => value.slice(0, maxValueLength)))].slice(-maxValues);
    if (distinct.length > 0) result[name] = lastOf(distinct);
  }
  return result;
}

/** As many of the last values as fit, one at least. */
function lastOf(values: readonly string[]): readonly string[] {
  let characters = 0;
  const tooLong = values.findLastIndex((value) => (characters += value.length) > maxCharacters);
  return values.slice(tooLong + 1);
}

function responseStatus(response: unknown): string | undefined {
  const status = (response as { status_code?: unknown } | undefined)?.status_code;
  return typeof status === "number" || typeof status === "string" ? String(status) : undefined;
}

function distribution(os: unknown, field: "name" | "version"): string | undefined {
  const value = (os as { distribution?: Record<string, unknown> } | undefined)?.distribution?.[field];
  return typeof value === "string" ? value : undefined;
}

/** Hands out facts to the first events of each group in a batch only. Made anew for each batch. */
export class FactsBudget {
  readonly #given = new Map<string, number>();

  /** The event's facts, or null when its group has had its share. */
  take(read: ReadEvent): EventFacts | null {
    const group = `${read.record.item.projectId}/${read.grouping.hashes[0]}`;
    const given = this.#given.get(group) ?? 0;
    if (given >= maxFactsPerChange) return null;
    this.#given.set(group, given + 1);
    return eventFacts(read);
  }
}
