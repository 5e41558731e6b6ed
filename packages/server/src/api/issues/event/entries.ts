import type { Breadcrumb, ExceptionValue, NormalisedEvent, Request, Thread } from "@vedette/protocol";
import { isoTime } from "../json-time.js";
import { frameJson, stacktraceJson } from "./frames.js";

/** A part of an event as the API names it: `{type, data}`. */
export interface Entry {
  readonly type: string;
  readonly data: unknown;
}

/** The parts of an event in the order people read them (web API sheet 7.4). */
export function entriesOf(event: NormalisedEvent): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (type: string, data: unknown) => entries.push({ type, data });
  const exceptions = event.exception?.values ?? [];
  const platform = event.platform ?? "other";
  if (exceptions.length > 0) add("exception", exceptionData(exceptions, platform));
  if (event.stacktrace) add("stacktrace", stacktraceJson(event.stacktrace, platform));
  if (event.threads?.values.length) {
    add("threads", { values: event.threads.values.map((thread) => threadJson(thread, platform)) });
  }
  if (event.logentry) add("message", messageData(event));
  if (event.template) add("template", frameJson(event.template, platform));
  if (event.breadcrumbs?.values.length) {
    add("breadcrumbs", { values: event.breadcrumbs.values.map(breadcrumbJson) });
  }
  if (event.request) add("request", requestData(event.request));
  for (const type of ["csp", "hpkp", "expectct", "expectstaple"] as const) {
    if (event[type]) add(type, event[type]);
  }
  if (event.spans?.length) add("spans", event.spans);
  if (event.debug_meta?.images?.length) add("debugmeta", { images: event.debug_meta.images });
  return entries;
}

function exceptionData(values: readonly ExceptionValue[], platform: string) {
  const traces = values.flatMap(({ stacktrace }) => stacktrace?.frames ?? []);
  return {
    values: values.map((value) => ({
      type: value.type ?? null,
      value: value.value ?? null,
      module: value.module ?? null,
      threadId: value.thread_id ?? null,
      mechanism: mechanismJson(value.mechanism),
      stacktrace: value.stacktrace ? stacktraceJson(value.stacktrace, platform) : null,
      rawStacktrace: value.raw_stacktrace ? stacktraceJson(value.raw_stacktrace, platform) : null,
    })),
    hasSystemFrames: traces.some((frame) => frame.in_app) && traces.some((frame) => !frame.in_app),
    excOmitted: null,
  };
}

function mechanismJson(mechanism: ExceptionValue["mechanism"]) {
  if (!mechanism) return null;
  const { help_link, exception_id, parent_id, is_exception_group, ...rest } = mechanism;
  return {
    ...rest,
    handled: mechanism.handled ?? null,
    help_link,
    exception_id,
    parent_id,
    is_exception_group,
  };
}

function threadJson(thread: Thread, platform: string) {
  return {
    id: thread.id ?? null,
    name: thread.name ?? null,
    current: thread.current ?? false,
    crashed: thread.crashed ?? false,
    main: thread.main ?? null,
    state: thread.state ?? null,
    heldLocks: thread.held_locks ?? null,
    stacktrace: thread.stacktrace ? stacktraceJson(thread.stacktrace, platform) : null,
    rawStacktrace: null,
  };
}

function messageData({ logentry }: NormalisedEvent) {
  const formatted = logentry?.formatted ?? logentry?.message ?? "";
  return { formatted, message: logentry?.message ?? null, params: logentry?.params ?? null };
}

function breadcrumbJson(crumb: Breadcrumb) {
  return {
    timestamp: crumb.timestamp === undefined ? null : isoTime(crumb.timestamp * 1_000),
    type: crumb.type ?? "default",
    category: crumb.category ?? null,
    level: crumb.level ?? "info",
    message: crumb.message ?? null,
    data: crumb.data ?? null,
    event_id: crumb.event_id ?? null,
  };
}

/** Names are camelCase; the URL is absolute or null, since a client refuses anything else (web API sheet 3.3). */
function requestData(request: Request) {
  return {
    method: request.method ?? null,
    url: absoluteUrl(request.url),
    query: request.query_string ?? [],
    fragment: request.fragment ?? null,
    headers: request.headers ?? [],
    cookies: request.cookies ?? [],
    data: request.data ?? null,
    env: request.env ?? null,
    inferredContentType: request.inferred_content_type ?? null,
    apiTarget: request.api_target ?? null,
  };
}

function absoluteUrl(url: string | undefined): string | null {
  return url !== undefined && /^[a-z][a-z\d+.-]*:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
