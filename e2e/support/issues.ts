import type { Server } from "./server.js";
import { waitFor } from "./wait-for.js";

/** An issue as the list tells it (docs: web API 7.3); only what the suites look at. */
export interface Issue {
  id: string;
  shortId: string;
  title: string;
  culprit: string;
  level: string;
  status: string;
  substatus: string | null;
  count: string;
  userCount: number;
  metadata: { type?: string; value?: string; filename?: string; function?: string };
}

/** An event as the API tells it; only what the suites look at. */
export interface StoredEvent {
  eventID: string;
  title: string;
  platform: string;
  tags: { key: string; value: string }[];
  user: Record<string, unknown> | null;
  contexts: Record<string, Record<string, unknown>>;
  context: Record<string, unknown>;
  sdk: { name: string; version: string } | null;
  entries: { type: string; data: Record<string, unknown> }[];
  release: { version: string } | null;
}

/** Waits for the issue whose title holds the text. */
export function waitForIssue(server: Server, title: string, timeoutMs?: number): Promise<Issue> {
  return waitFor(
    `an issue titled "${title}"`,
    async () => {
      const issues = await server.api<Issue[]>(
        "/organizations/default/issues/?query=&limit=100&statsPeriod=24h",
      );
      return issues.find((issue) => issue.title.includes(title));
    },
    timeoutMs,
  );
}

/** The newest event of an issue. */
export function latestEvent(server: Server, issue: Issue): Promise<StoredEvent> {
  return server.api<StoredEvent>(`/organizations/default/issues/${issue.id}/events/latest/`);
}

/** The value of one tag. */
export function tagOf(event: StoredEvent, key: string): string | undefined {
  return event.tags.find((tag) => tag.key === key)?.value;
}

/** Data of one entry (exception, breadcrumbs, request, message …). */
export function entryOf(event: StoredEvent, type: string): Record<string, unknown> {
  const entry = event.entries.find((one) => one.type === type);
  if (!entry) throw new Error(`the event has no entry "${type}"`);
  return entry.data;
}
