import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latestEvent, tagOf, waitForIssue } from "../support/issues.js";
import { publicKey, token } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { curl, packers } from "./curl/curl.js";
import { smallMinidump } from "./curl/minidump.js";
import { eventOf, exceptionsOf, issueOfEvent } from "./support/event-view.js";
import { quantityOf } from "./support/outcomes.js";
import { limitedKey } from "./support/limited-key.js";
import { openStage } from "./support/stage.js";
import type { Stage } from "./support/stage.js";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage?.close());

const freshId = () => randomUUID().replaceAll("-", "");
const address = (path: string) => `${stage.server.url}/api/1/${path}`;
const json = ["-H", "Content-Type: application/json"];

function envelopeOf(event: Record<string, unknown>, header: Record<string, unknown> = {}): string {
  return [{ event_id: event["event_id"], ...header }, { type: "event" }, event]
    .map((part) => JSON.stringify(part))
    .join("\n");
}

describe("curl at the store endpoint", () => {
  it("is let in by X-Sentry-Auth and gets the event's id back", async () => {
    const event = {
      event_id: freshId(),
      message: "stored by hand",
      level: "error",
      environment: "production",
    };
    const auth = [
      "-H",
      `X-Sentry-Auth: Sentry sentry_version=7, sentry_client=hand/1.0, sentry_key=${publicKey}`,
    ];
    const answer = await curl(address("store/"), [...json, ...auth], JSON.stringify(event));
    expect(answer).toMatchObject({ status: 200, body: JSON.stringify({ id: event.event_id }) });
    const stored = await eventOf(stage.server, event.event_id);
    expect(stored.title).toBe("stored by hand");
    expect(tagOf(stored, "environment")).toBe("production");
  });

  it("takes an event in the query and answers with a pixel", async () => {
    const id = freshId();
    const data = Buffer.from(JSON.stringify({ event_id: id, message: "stored by pixel" })).toString("base64");
    const query = new URLSearchParams({ sentry_version: "7", sentry_key: publicKey, sentry_data: data });
    const answer = await curl(address(`store/?${String(query)}`), ["-o", "/dev/null"]);
    expect(answer).toMatchObject({ status: 200, contentType: "image/gif" });
    expect((await eventOf(stage.server, id)).title).toBe("stored by pixel");
  });

  it("is sent away without a key, with a wrong one and with another form of body", async () => {
    const body = JSON.stringify({ message: "never stored" });
    const wrong = `store/?sentry_key=${"0".repeat(32)}`;
    expect((await curl(address("store/"), json, body)).status).toBe(401);
    expect((await curl(address(wrong), json, body)).status).toBe(403);
    const broken = await curl(address(`store/?sentry_key=${publicKey}`), json, "message=hello");
    expect(broken.status).toBe(400);
    expect(JSON.parse(broken.body)).toHaveProperty("detail");
  });

  it("finds an event that breaks off counted as invalid", async () => {
    const answer = await curl(address(`store/?sentry_key=${publicKey}`), json, '{"message": "breaks');
    expect(answer.status).toBe(200);
    expect(await quantityOf(stage.server, { outcome: "invalid", reason: "invalid_json" })).toBe(1);
  });
});

describe("curl at the envelope endpoint", () => {
  it.each(Object.keys(packers))("is understood in %s", async (encoding) => {
    const event = {
      event_id: freshId(),
      message: `packed with ${encoding}`,
      extra: { rows: "x".repeat(50_000) },
    };
    const body = packers[encoding]?.(envelopeOf(event));
    const headers = encoding === "identity" ? [] : ["-H", `Content-Encoding: ${encoding}`];
    const answer = await curl(address(`envelope/?sentry_key=${publicKey}`), headers, body);
    expect(answer).toMatchObject({ status: 200, body: JSON.stringify({ id: event.event_id }) });
    expect((await eventOf(stage.server, event.event_id)).title).toBe(`packed with ${encoding}`);
  });

  it("is let in by the DSN inside the envelope, as tunnels send it", async () => {
    const event = { event_id: freshId(), message: "through a tunnel" };
    const answer = await curl(address("envelope/"), [], envelopeOf(event, { dsn: stage.server.dsn }));
    expect(answer.status).toBe(200);
    expect((await eventOf(stage.server, event.event_id)).title).toBe("through a tunnel");
  });

  it("hears of the limit of its key in the headers Sentry's clients read", async () => {
    const key = await limitedKey(stage, { windowSeconds: 60, count: 1 });
    const send = () =>
      curl(
        address(`envelope/?sentry_key=${key}`),
        ["-i"],
        envelopeOf({ event_id: freshId(), message: "limited" }),
      );
    expect((await send()).status).toBe(200);
    const over = await send();
    expect(over.status).toBe(429);
    expect(over.body).toMatch(/^retry-after: \d+\r?$/im);
    expect(over.body).toMatch(/^x-sentry-rate-limits: \d+:[a-z_;]*error[a-z_;]*:key/im);
  });
});

describe("curl as a browser, a crash reporter and a cron job", () => {
  it("reports a violated content security policy", async () => {
    const report = {
      "csp-report": {
        "document-uri": "https://shop.example.com/cart",
        "violated-directive": "script-src",
        "effective-directive": "script-src",
        "blocked-uri": "https://evil.example.net/x.js",
        "original-policy": "script-src 'self'",
      },
    };
    const url = address(
      `security/?sentry_key=${publicKey}&sentry_release=web@5&sentry_environment=production`,
    );
    const answer = await curl(url, ["-H", "Content-Type: application/csp-report"], JSON.stringify(report));
    expect(answer).toMatchObject({ status: 200, body: "" });
    const event = await latestEvent(stage.server, await waitForIssue(stage.server, "evil.example.net"));
    expect(event.entries.map((entry) => entry.type)).toContain("csp");
    expect(event.release?.version).toBe("web@5");
  });

  it("uploads a minidump with the SDK's words beside it", async () => {
    const dumpFile = join(stage.server.dataDir, "crash.dmp");
    const dump = smallMinidump();
    await writeFile(dumpFile, dump);
    const form = [
      ["-F", `upload_file_minidump=@${dumpFile}`],
      ["-F", 'sentry={"release":"desktop@1.2.0","tags":{"area":"native"}}'],
      ["-F", "seat=window"],
    ].flat();
    const answer = await curl(address(`minidump/?sentry_key=${publicKey}`), form);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const event = await eventOf(stage.server, answer.body.replaceAll("-", ""));
    expect(event.platform).toBe("native");
    expect(exceptionsOf(event)[0]?.mechanism).toMatchObject({ type: "minidump", handled: false });
    expect(tagOf(event, "area")).toBe("native");
    expect(event.context).toMatchObject({ seat: "window" });
    expect((await issueOfEvent(stage.server, event.eventID)).level).toBe("fatal");
    const [attachment] = event.attachments;
    const path = `/api/0/projects/default/default/events/${event.eventID}/attachments/${attachment?.id}/?download=1`;
    const download = await fetch(stage.server.url + path, { headers: { Authorization: `Bearer ${token}` } });
    expect(Buffer.from(await download.arrayBuffer()).equals(dump)).toBe(true);
  });

  it("checks in for a cron job, by GET and by JSON", async () => {
    const plain = await curl(address(`cron/backup/${publicKey}/?status=ok&duration=3`));
    expect(plain.status).toBe(202);
    const body = JSON.stringify({
      status: "in_progress",
      monitor_config: { schedule: { type: "interval", value: 1, unit: "day" } },
    });
    const posted = await curl(address(`cron/backup/?sentry_key=${publicKey}`), json, body);
    expect(posted.status).toBe(202);
  });

  it("leaves no event in the dead letters", async () => {
    const letters = await waitFor("the dead letters", () =>
      stage.server.api<unknown[]>("/internal/dead-letters/"),
    );
    expect(letters).toEqual([]);
  });
});
