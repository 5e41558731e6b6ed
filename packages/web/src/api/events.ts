import { queryOptions } from "@tanstack/react-query";
import { request, requestPage } from "./client.js";

/** A stack frame, as the event JSON spells it. */
export interface Frame {
  readonly filename?: string | null;
  readonly absPath?: string | null;
  readonly module?: string | null;
  readonly function?: string | null;
  readonly package?: string | null;
  readonly lineNo?: number | null;
  readonly colNo?: number | null;
  readonly context?: readonly (readonly [number, string | null])[] | null;
  readonly inApp?: boolean | null;
  readonly vars?: Readonly<Record<string, unknown>> | null;
  readonly instructionAddr?: string | null;
}

/** Frames oldest call first, as SDKs send them. */
export interface Stacktrace {
  readonly frames: readonly Frame[] | null;
}

/** One exception of a chain; the chain is oldest cause first. */
export interface ExceptionValue {
  readonly type?: string | null;
  readonly value?: string | null;
  readonly module?: string | null;
  readonly mechanism?: {
    readonly type?: string | null;
    readonly handled?: boolean | null;
    readonly data?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly stacktrace?: Stacktrace | null;
}

/** A trail mark left before the event. */
export interface Breadcrumb {
  readonly timestamp?: string | null;
  readonly type?: string | null;
  readonly category?: string | null;
  readonly level?: string | null;
  readonly message?: string | null;
  readonly data?: unknown;
}

/** The HTTP request during which the event happened. */
export interface RequestData {
  readonly method?: string | null;
  readonly url?: string | null;
  readonly query?: readonly (readonly [string, string])[] | string | null;
  readonly headers?: readonly (readonly [string, string])[] | null;
  readonly cookies?: readonly (readonly [string, string])[] | null;
  readonly data?: unknown;
  readonly env?: Readonly<Record<string, unknown>> | null;
  readonly inferredContentType?: string | null;
}

/** A thread, with a stack when the SDK took one. */
export interface Thread {
  readonly id?: string | number | null;
  readonly name?: string | null;
  readonly current?: boolean | null;
  readonly crashed?: boolean | null;
  readonly state?: string | null;
  readonly stacktrace?: Stacktrace | null;
}

/** A part of an event; `type` says what `data` is. */
interface EventEntry {
  readonly type: string;
  readonly data: unknown;
}

/** Who was affected. */
interface EventUser {
  readonly id?: string | null;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly ip_address?: string | null;
  readonly name?: string | null;
  readonly [key: string]: unknown;
}

/** One event in full. */
export interface EventDetail {
  readonly id: string;
  readonly eventID: string;
  readonly title: string;
  readonly message: string | null;
  readonly culprit: string | null;
  readonly platform: string | null;
  readonly type: string;
  readonly dateCreated: string;
  readonly dateReceived?: string | null;
  readonly dist?: string | null;
  readonly size?: number | null;
  readonly user?: EventUser | null;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly contexts?: Readonly<Record<string, unknown>> | null;
  /** What the SDK calls extra. */
  readonly context?: Readonly<Record<string, unknown>> | null;
  readonly packages?: Readonly<Record<string, string>> | null;
  readonly sdk?: { readonly name?: string | null; readonly version?: string | null } | null;
  readonly entries: readonly EventEntry[];
  readonly errors?: readonly { readonly type?: string; readonly message?: string; readonly data?: unknown }[];
  readonly fingerprints?: readonly string[];
  readonly groupingExplanation?: string | null;
  readonly release?: { readonly version: string } | null;
  readonly attachments?: readonly Attachment[];
  readonly nextEventID?: string | null;
  readonly previousEventID?: string | null;
}

/** A file sent along with an event. `size` is in bytes. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly mimetype?: string | null;
  readonly size: number;
  readonly type?: string;
}

/** An event as a row. */
export interface EventRow {
  readonly id: string;
  readonly eventID: string;
  readonly title: string;
  readonly message?: string | null;
  readonly dateCreated: string;
  readonly user?: EventUser | null;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** One event of an issue: `latest`, `oldest`, `recommended` or an id. */
export function eventQuery(where: { org: string; issue: string; event: string }) {
  const { org, issue, event } = where;
  return queryOptions({
    queryKey: ["event", org, issue, event],
    queryFn: ({ signal }) =>
      request<EventDetail>(
        `/organizations/${org}/issues/${encodeURIComponent(issue)}/events/${encodeURIComponent(event)}/`,
        { signal },
      ),
    // An event never changes; only which one is the latest does.
    staleTime: /^[0-9a-f]{32}$/.test(event) ? Number.POSITIVE_INFINITY : 10_000,
  });
}

/** The newest events of an issue. */
export function issueEventsQuery(org: string, issue: string) {
  return queryOptions({
    queryKey: ["events", org, issue],
    queryFn: ({ signal }) =>
      requestPage<EventRow>(`/organizations/${org}/issues/${encodeURIComponent(issue)}/events/`, {
        signal,
        query: { limit: 50 },
      }),
  });
}

/** Address of an event's stored payload. */
export function eventJsonUrl(org: string, project: string, event: string): string {
  return `/api/0/projects/${org}/${project}/events/${event}/json/`;
}
