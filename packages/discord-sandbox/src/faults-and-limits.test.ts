import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDiscordSandbox, type DiscordSandbox } from "./index.js";

const START_MS = 1_790_000_000_000;
let sandbox: DiscordSandbox;
let nowMs = START_MS;

beforeEach(async () => {
  nowMs = START_MS;
  sandbox = await startDiscordSandbox({ channels: ["errors", "performance"], now: () => nowMs });
});
afterEach(() => sandbox.stop());

const hook = (name = "errors"): string => sandbox.channel(name).webhookUrl ?? "";

function send(name = "errors", signal?: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(hook(name), { method: "POST", body: '{"content":"x"}', headers, ...(signal && { signal }) });
}

async function sendMany(count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await send()).status);
  return statuses;
}

describe("rate limits", () => {
  it("counts down in the headers of each answer", async () => {
    const { headers } = await send();
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith("x-ratelimit")))).toEqual({
      "x-ratelimit-bucket": expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      "x-ratelimit-limit": "5",
      "x-ratelimit-remaining": "4",
      "x-ratelimit-reset": "1790000002.000",
      "x-ratelimit-reset-after": "2.000",
    });
  });

  it("refuses the sixth call within two seconds and says how long to wait", async () => {
    expect(await sendMany(5)).toEqual([204, 204, 204, 204, 204]);
    nowMs += 500;
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.headers.get("x-ratelimit-scope")).toBe("user");
    expect(await refused.json()).toEqual({
      message: "You are being rate limited.",
      retry_after: 1.5,
      global: false,
    });
    expect((await send("performance")).status).toBe(204);
    nowMs += 1_500;
    expect((await send()).status).toBe(204);
  });

  it("refuses the thirty-first message of a minute to one channel as a shared limit", async () => {
    for (let round = 0; round < 6; round += 1, nowMs += 2_000) await sendMany(5);
    const refused = await send();
    expect(refused.headers.get("x-ratelimit-scope")).toBe("shared");
    expect(await refused.json()).toMatchObject({ retry_after: 48, global: false });
    nowMs += 48_000;
    expect((await send()).status).toBe(204);
  });

  it("refuses the fifty-first call of a second everywhere", async () => {
    await sandbox.stop();
    const channels = Array.from({ length: 11 }, (_, index) => `c${index}`);
    sandbox = await startDiscordSandbox({ channels, now: () => nowMs });
    for (const name of channels.slice(0, 10)) for (let sent = 0; sent < 5; sent += 1) await send(name);
    const refused = await send("c10");
    expect(refused.headers.get("x-ratelimit-global")).toBe("true");
    expect(await refused.json()).toMatchObject({ global: true, retry_after: 1 });
  });
});

describe("faults", () => {
  it("hit a target so many times and no other", async () => {
    sandbox.injectFault({ target: "errors", kind: "status", status: 503, times: 2 });
    expect((await send("performance")).status).toBe(204);
    expect(await sendMany(3)).toEqual([503, 503, 204]);
  });

  it("stay until they are removed when no number of times is given", async () => {
    const url = `${sandbox.url}/_sandbox/faults`;
    const body = JSON.stringify({ kind: "status", status: 400, code: 30_046, message: "Maximum edits" });
    await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
    expect(await (await send()).json()).toEqual({ code: 30_046, message: "Maximum edits" });
    expect((await send()).status).toBe(400);
    expect(await (await fetch(url, { method: "DELETE" })).json()).toEqual({ removed: 1 });
    expect((await send()).status).toBe(204);
  });

  it("answer 429 with the wait asked for", async () => {
    sandbox.injectFault({ kind: "rate_limit", retryAfter: 7.5, global: true, times: 1 });
    const response = await send();
    expect(response.headers.get("retry-after")).toBe("8");
    expect(response.headers.get("x-ratelimit-global")).toBe("true");
    expect(await response.json()).toMatchObject({ retry_after: 7.5, global: true });
  });

  it("cut the connection, leave the caller without an answer, or answer late", async () => {
    sandbox.injectFault({ kind: "reset", times: 1 });
    await expect(send()).rejects.toThrow("fetch failed");
    sandbox.injectFault({ kind: "hang", times: 1 });
    await expect(send("errors", AbortSignal.timeout(200))).rejects.toThrow(/abort|timeout/i);
    expect(sandbox.messages()).toEqual([]);
    sandbox.injectFault({ kind: "slow", afterMs: 150, times: 1 });
    const startedMs = performance.now();
    expect((await send()).status).toBe(204);
    expect(performance.now() - startedMs).toBeGreaterThan(140);
  });

  it("can lose the answer to a message that was saved", async () => {
    sandbox.injectFault({ kind: "reset", saveFirst: true, times: 1 });
    await expect(send()).rejects.toThrow("fetch failed");
    sandbox.injectFault({ kind: "status", status: 502, saveFirst: true, times: 1 });
    expect((await send()).status).toBe(502);
    expect(sandbox.messages()).toHaveLength(2);
  });

  it("are refused with a reason when they make no sense", async () => {
    for (const body of [
      { kind: "explode" },
      { kind: "status", status: 99 },
      { kind: "slow", afterMs: "1s" },
    ]) {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${sandbox.url}/_sandbox/faults`, {
        method: "POST",
        body: JSON.stringify(body),
        headers,
      });
      expect(answer.status).toBe(400);
    }
  });
});
