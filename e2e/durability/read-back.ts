import { token } from "../support/server.js";
import type { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";

/** An issue's kind, its count as the list tells it, and the ids of its stored events, one entry per row. */
export interface StoredIssue {
  readonly kind: string;
  readonly count: number;
  readonly eventIds: readonly string[];
}

const mostPages = 2_000;

/** All issues of the default organisation with all of their events, read through the API as a page would. */
export async function readIssues(server: Server): Promise<readonly StoredIssue[]> {
  const issues = await readPages<{ id: string; title: string; count: string; metadata: { type?: string } }>(
    server,
    "/organizations/default/issues/?query=&limit=100&statsPeriod=24h",
  );
  const stored: StoredIssue[] = [];
  for (const { id, title, count, metadata } of issues) {
    const events = await readPages<{ eventID: string }>(
      server,
      `/organizations/default/issues/${id}/events/?per_page=100&statsPeriod=24h`,
    );
    stored.push({
      kind: metadata.type ?? title,
      count: Number(count),
      eventIds: events.map((event) => event.eventID),
    });
  }
  return stored;
}

/** Follows the `Link` header from page to page. @throws Error on an answer other than 200, or on pages without end */
export async function readPages<T>(server: Server, path: string): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor = "";
  for (let page = 0; page < mostPages; page++) {
    const response = await fetch(`${server.url}/api/0${path}${cursor === "" ? "" : `&cursor=${cursor}`}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    all.push(...((await response.json()) as T[]));
    const next = /rel="next"; results="true"; cursor="([^"]+)"/.exec(response.headers.get("link") ?? "")?.[1];
    if (next === undefined) return all;
    cursor = encodeURIComponent(next);
  }
  throw new Error(`${path} has more than ${mostPages} pages`);
}

/** Sum of a metric over all labels, or over those that contain the text; 0 when it is not there. */
export async function readMetric(server: Server, name: string, labels = ""): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return text
    .split("\n")
    .filter((line) => (line.startsWith(`${name} `) || line.startsWith(`${name}{`)) && line.includes(labels))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

/** Waits until everything accepted is processed. */
export async function waitForDrain(server: Server, timeoutMs = 60_000): Promise<void> {
  await waitFor(
    "an empty queue",
    async () => (await readMetric(server, "vedette_queue_records")) === 0,
    timeoutMs,
  );
}

/**
 * Puts what was set aside back in line and waits until it is processed: a record whose server was killed six times in a
 * row while it was worked on is taken for poison, with its reason for everybody to see.
 *
 * @returns how many
 */
export async function redriveDeadLetters(server: Server): Promise<number> {
  const { redriven } = await server.api<{ redriven: number }>("/internal/dead-letters/redrive/", {
    method: "POST",
    body: {},
  });
  await waitForDrain(server);
  return redriven;
}
