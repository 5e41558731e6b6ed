import type { NormalisedEvent } from "@vedette/protocol";
import { isoTime, isoTimeOrNull } from "../json-time.js";
import { entriesOf } from "./entries.js";
import type { StoredEvent } from "./stored-event.js";

/** What an event's JSON needs beside what is stored with it. */
export interface EventSurroundings {
  /** Null when its issue is gone. */
  readonly issueId: number | null;
  readonly next: string | null;
  readonly previous: string | null;
  /** Milliseconds since 1970 of the release's first event; null when the release is not known. */
  readonly releaseSince: number | null;
  readonly grouping: { readonly algorithm: string; readonly summary: string } | null;
  readonly attachments: readonly object[];
}

/** An event as web API v0 shows one (web API sheet 7.4). */
export function eventJson(stored: StoredEvent, around: EventSurroundings) {
  const { payload } = stored;
  return {
    id: stored.eventId,
    eventID: stored.eventId,
    groupID: around.issueId === null ? null : String(around.issueId),
    projectID: String(stored.projectId),
    title: stored.title,
    message: payload.logentry?.formatted ?? payload.logentry?.message ?? "",
    location: locationOf(payload),
    culprit: stored.culprit === "" ? null : stored.culprit,
    type: payload.type,
    platform: payload.platform ?? "other",
    dateCreated: isoTime(stored.timestamp),
    dateReceived: isoTime(stored.receivedAt),
    dist: payload.dist ?? null,
    size: stored.size,
    user: userJson(payload),
    tags: tagsJson(stored.tags),
    contexts: payload.contexts ?? {},
    context: payload.extra ?? {},
    packages: payload.modules ?? {},
    sdk: payload.sdk ? { name: payload.sdk.name ?? "", version: payload.sdk.version ?? "" } : null,
    metadata: metadataOf(stored),
    entries: entriesOf(payload),
    errors: errorsOf(payload),
    fingerprints: stored.hashes,
    groupingConfig: { id: around.grouping?.algorithm ?? "", enhancements: "" },
    groupingExplanation: around.grouping?.summary ?? null,
    occurrence: null,
    release: releaseJson(payload, around.releaseSince),
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: around.next,
    previousEventID: around.previous,
    attachments: around.attachments,
    _meta: payload._meta ?? {},
    ...transactionTimes(payload),
  };
}

/** `[{key, value}]` in the order of the keys. */
export function tagsJson(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

function userJson({ user }: NormalisedEvent) {
  if (!user) return null;
  return {
    id: user.id ?? null,
    email: user.email ?? null,
    username: user.username ?? null,
    ip_address: user.ip_address ?? null,
    name: user.name ?? null,
    geo: user.geo ?? null,
    data: user.data ?? null,
  };
}

function metadataOf({ payload, title }: StoredEvent): Record<string, string> {
  const exception = payload.exception?.values.at(-1);
  const frame = exception?.stacktrace?.frames.findLast((one) => one.in_app);
  const texts = {
    title,
    type: exception?.type,
    value: exception?.value,
    filename: frame?.filename,
    function: frame?.function,
  };
  return Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function locationOf(payload: NormalisedEvent): string | null {
  const frames = payload.exception?.values.at(-1)?.stacktrace?.frames;
  return frames?.findLast((frame) => frame.in_app)?.filename ?? frames?.at(-1)?.filename ?? null;
}

function errorsOf({ errors }: NormalisedEvent) {
  return (errors ?? []).map(({ type, name, value }) => ({
    type,
    message: name === undefined ? type : `${type}: ${name}`,
    data: { ...(name === undefined ? {} : { name }), ...(value === undefined ? {} : { value }) },
  }));
}

function releaseJson({ release }: NormalisedEvent, since: number | null) {
  if (release === undefined) return null;
  return {
    version: release,
    shortVersion: release.slice(release.lastIndexOf("@") + 1),
    dateCreated: isoTimeOrNull(since),
  };
}

function transactionTimes(payload: NormalisedEvent) {
  if (payload.type !== "transaction") return {};
  return {
    startTimestamp: payload.start_timestamp ?? null,
    endTimestamp: payload.timestamp,
    measurements: payload.measurements ?? null,
    breakdowns: null,
  };
}
