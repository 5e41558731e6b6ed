import type { NormalisedEvent } from "@vedette/protocol";
import type { QueueRecord } from "../../queue/port.js";
import type { EventContext } from "../contract.js";
import { filterEvent } from "../filter/filter-event.js";
import { groupEvent } from "../group/group-event.js";
import { markInApp } from "../group/mark-in-app.js";
import { titleOf } from "../normalise/event-title.js";
import { indexTags } from "../normalise/index-tags.js";
import { normaliseEvent } from "../normalise/normalise-event.js";
import { parsePayload } from "../normalise/parse-payload.js";
import { securityReportToEvents } from "../normalise/security-report.js";
import { minidumpToEvent } from "../minidump/minidump-event.js";
import type { FactsBudget } from "./event-facts.js";
import { eventRow, handledOf } from "./event-row.js";
import { clientReportOutcomes, outcomesOf, parseIngestOutcomes } from "./outcome-counts.js";
import type { Prepared, PreparedEvent } from "./prepared.js";
import type { ReadEvent } from "./read-event.js";
import type { ProjectRules } from "./project-rules.js";
import { userKeyOf } from "./user-key.js";

/**
 * The way of one record, on one page. Pure but for caches: the same record and rules give the same result, so a
 * batch that is read again after a crash yields the same rows under the same deduplication token.
 */
export function prepareRecord(
  record: QueueRecord,
  rules: ProjectRules | undefined,
  facts: FactsBudget,
): Prepared {
  if (!rules) return counted(record, "invalid", "project_id");
  try {
    return prepareByType(record, { rules, facts });
  } catch (cause) {
    // A throw is a fault of ours, never the sender's: keep the record for a later version to re-drive.
    return { kind: "dead", record, reason: `process failed: ${describe(cause)}` };
  }
}

interface Means {
  readonly rules: ProjectRules;
  readonly facts: FactsBudget;
}

function prepareByType(record: QueueRecord, means: Means): Prepared {
  switch (record.item.type) {
    case "event":
      return prepareEvents(record, means, (payload) => [payload]);
    case "security":
    case "raw_security":
    case "nel":
      return prepareEvents(record, means, (payload) => securityReportToEvents(payload, record.item));
    case "minidump":
      return prepareEvents(record, means, (payload) => [minidumpToEvent(payload, record.item)]);
    case "client_report":
      return withPayload(record, (payload) => ({
        kind: "counted",
        outcomes: clientReportOutcomes(record, payload),
      }));
    case "outcomes":
      return withPayload(record, (payload) => ({ kind: "counted", outcomes: parseIngestOutcomes(payload) }));
    default:
      return { kind: "raw", record, outcomes: outcomesOf(record, "accepted", "") };
  }
}

function withPayload(record: QueueRecord, use: (payload: unknown) => Prepared): Prepared {
  const parsed = parsePayload(record.body);
  return parsed.ok ? use(parsed.value) : counted(record, "invalid", parsed.reason);
}

function prepareEvents(
  record: QueueRecord,
  means: Means,
  toPayloads: (payload: unknown) => readonly unknown[],
): Prepared {
  return withPayload(record, (payload) => {
    const events: PreparedEvent[] = [];
    const outcomes = [];
    for (const [index, one] of toPayloads(payload).entries()) {
      const result = prepareEvent(one, contextOf(record, index), { record, means });
      if (typeof result === "string") outcomes.push(...outcomesOf(record, ...splitOutcome(result)));
      else events.push(result);
    }
    return { kind: "events", events, outcomes };
  });
}

/** A ready event, or `filtered/<key>` or `invalid/<reason>`. */
function prepareEvent(
  payload: unknown,
  context: EventContext,
  { record, means }: { record: QueueRecord; means: Means },
): PreparedEvent | string {
  const { rules } = means;
  const normalised = normaliseEvent(payload, context);
  if (!normalised.ok) return `invalid/${normalised.reason}`;
  const filter = filterEvent(normalised.event, context, rules.settings.filters);
  if (filter) return `filtered/${filter}`;
  const event: NormalisedEvent = rules.scrub(normalised.event);
  markInApp(event);
  const read: ReadEvent = {
    record,
    event,
    grouping: groupEvent(event, rules.settings.groupingAlgorithm),
    title: titleOf(event),
    tags: indexTags(event),
    userKey: userKeyOf(event.user),
  };
  return {
    record,
    eventId: event.event_id,
    timestamp: Math.round(event.timestamp * 1000),
    type: event.type,
    level: event.level ?? "error",
    platform: event.platform ?? "other",
    environment: event.environment ?? "",
    release: event.release ?? "",
    handled: handledOf(event),
    grouping: read.grouping,
    title: read.title,
    line: eventRow(read, rules.settings.retentionDays),
    facts: means.facts.take(read),
  };
}

function contextOf({ item }: QueueRecord, index: number): EventContext {
  return {
    projectId: item.projectId,
    // Further reports of one array get ids derived from the first, so that a repeated batch gives the same ids.
    eventId: index === 0 ? item.eventId : derivedId(item.eventId, index),
    receivedAt: item.receivedAt,
    sentAt: item.sentAt,
    clientIp: item.clientIp,
    userAgent: item.userAgent,
    client: item.client,
  };
}

function derivedId(eventId: string, index: number): string {
  const tail = (Number.parseInt(eventId.slice(-6), 16) + index) % 0x1000000;
  return eventId.slice(0, -6) + tail.toString(16).padStart(6, "0");
}

function counted(record: QueueRecord, outcome: string, reason: string): Prepared {
  return { kind: "counted", outcomes: outcomesOf(record, outcome, reason) };
}

function splitOutcome(text: string): [outcome: string, reason: string] {
  const slash = text.indexOf("/");
  return [text.slice(0, slash), text.slice(slash + 1)];
}

function describe(cause: unknown): string {
  return cause instanceof Error
    ? (cause.stack ?? cause.message).slice(0, 2_000)
    : String(cause).slice(0, 500);
}
