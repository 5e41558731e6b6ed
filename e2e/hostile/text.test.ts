import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDiscordSandbox } from "@vedette/discord-sandbox";
import type { DiscordSandbox } from "@vedette/discord-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeRuleFile } from "../durability/rule-file.js";
import { latestEvent } from "../support/issues.js";
import type { Issue } from "../support/issues.js";
import { Server, token } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { problemOf } from "./clear-answer.js";
import { envelope, newId } from "./envelopes.js";
import { eventOfText, hostileSearches, hostileText } from "./hostile-texts.js";
import { post } from "./post.js";
import type { Posted } from "./post.js";

const markup = "<script>alert(";
const issuesPath = "/organizations/default/issues/";

describe("hostile text in every field", () => {
  let folder: string;
  let discord: DiscordSandbox;
  let server: Server;
  let issue: Issue;
  const id = newId();
  const read = (path: string): Promise<Posted> =>
    post(server, { method: "GET", path, headers: { Authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vedette-text-"));
    discord = await startDiscordSandbox({ channels: ["first-seen"], rateLimit: false });
    await writeRuleFile(join(folder, "rules.yaml"), discord.channel("first-seen").webhookUrl ?? "");
    server = await Server.start({
      environment: {
        VEDETTE_LOG_LEVEL: "error",
        VEDETTE_PROVISION: join(folder, "rules.yaml"),
        VEDETTE_DISCORD_API: `${discord.url}/api`,
      },
    });
    const answer = await post(server, { body: envelope({ event_id: id, ...eventOfText(hostileText) }) });
    if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${answer.text}`);
    issue = await waitFor("the issue", async () => (await server.api<Issue[]>(`${issuesPath}?query=`))[0]);
  });
  afterAll(async () => {
    await server?.stop();
    await discord?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("comes back from the API as the text it was, as JSON that no browser takes for a page", async () => {
    const list = await read(`/api/0${issuesPath}?query=`);
    expect(list.headers["content-type"]).toContain("application/json");
    expect(list.headers["x-content-type-options"]).toBe("nosniff");
    const event = await latestEvent(server, issue);
    expect(event.eventID).toBe(id);
    expect(event.title).toContain("<script>alert('vedette')</script>");
    expect(event.tags.find(({ key }) => key === "hostile")?.value).toContain("<script>");
  });

  it.each([
    "/events/",
    "/tags/",
    "/tags/hostile/",
    "/tags/hostile/values/",
    "/hashes/",
    "/activities/",
    "/events/latest/",
  ])("is no trouble for %s of its issue", async (path) => {
    const answer = await read(`/api/0${issuesPath}${issue.id}${path}`);
    expect(problemOf(path, answer, [200])).toBeNull();
    expect(answer.headers["content-type"]).toContain("application/json");
  });

  it.each([
    "/",
    "/issues",
    `/issues/${encodeURIComponent(hostileText)}`,
    `/?query=${encodeURIComponent(hostileText)}`,
  ])("never stands in the page of %s", async (path) => {
    const page = await read(path);
    expect(page.text).not.toContain(markup);
    if (page.status !== 200) return;
    expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("mentions nobody in Discord, links nowhere and forms nothing", async () => {
    const message = await discord.waitForMessage(() => true, 10_000);
    const text = JSON.stringify(message.raw);
    const raw = message.raw as { allowed_mentions?: { parse?: unknown[] } };
    expect(raw.allowed_mentions?.parse).toEqual([]);
    expect(message.mentionsResolved).toMatchObject({ everyone: false, users: [], roles: [] });
    expect(text).not.toMatch(/(?<!\\)\[click me(?<!\\)\]\(https/);
    expect(text).not.toContain("\\u001b");
    expect(text).not.toContain("\u202e");
    // What stands in code is shown as it is.
    const shown = (message.embeds[0]?.description ?? "").replaceAll(/(?<!\\)(`+)[^`]*\1/g, "");
    expect(shown).not.toMatch(/(?<!\\)\*\*bold|(?<!\\)\|\|hidden/);
  });

  it("is no trouble as a search", async () => {
    for (const query of [...hostileSearches, hostileText]) {
      for (const place of [issuesPath, "/projects/default/default/issues/"]) {
        const answer = await read(`/api/0${place}?query=${encodeURIComponent(query)}`);
        expect(problemOf(`${place} ${query}`, answer, [200, 400])).toBeNull();
      }
    }
  });

  it("is no trouble as any other parameter", async () => {
    const names = [
      "cursor",
      "limit",
      "per_page",
      "sort",
      "statsPeriod",
      "start",
      "end",
      "project",
      "environment",
      "groupStatsPeriod",
      "expand",
      "collapse",
      "shortIdLookup",
      "field",
      "groupBy",
      "interval",
      "category",
    ];
    const values = [
      hostileText,
      "",
      "-1",
      "0",
      "1e999",
      "NaN",
      "99999999999999999999",
      "0:0:0",
      "1:2:3:4",
      "[]",
      "\u0000",
      "999999999999d",
      "2100-01-01",
      "0001-01-01T00:00:00Z",
      "x".repeat(4_000),
    ];
    const places = [
      issuesPath,
      `${issuesPath}${issue.id}/events/`,
      "/organizations/default/stats_v2/",
      "/organizations/default/projects/",
      "/organizations/default/alerts/history/",
      "/organizations/default/releases/",
      "/organizations/default/tags/",
    ];
    // Every parameter with a third of the values at each place, and with all of them over the places.
    for (const [placeAt, place] of places.entries()) {
      for (const [nameAt, name] of names.entries()) {
        for (const value of values.filter((_value, at) => (at + nameAt + placeAt) % 3 === 0)) {
          const answer = await read(`/api/0${place}?${name}=${encodeURIComponent(value)}`);
          expect(problemOf(`${place} ${name}=${value}`, answer)).toBeNull();
        }
      }
    }
  }, 120_000);

  it("left the issue where it was", async () => {
    const issues = await server.api<Issue[]>(`${issuesPath}?query=`);
    expect(issues.map((one) => one.id)).toEqual([issue.id]);
  });
});
