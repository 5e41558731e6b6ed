import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readCommand } from "./command-line.js";
import { startDiscordSandbox, type DiscordSandbox, type FeedMessage } from "./index.js";

let sandbox: DiscordSandbox;

beforeAll(async () => {
  sandbox = await startDiscordSandbox({ channels: ["errors"], rateLimit: false, maxMessages: 3 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

async function send(content: string, name = "errors"): Promise<void> {
  const url = sandbox.channel(name).webhookUrl ?? "";
  await fetch(url, {
    method: "POST",
    body: JSON.stringify({ content }),
    headers: { "content-type": "application/json" },
  });
}

const list = async (query = ""): Promise<readonly FeedMessage[]> =>
  (await (await fetch(`${sandbox.url}/messages${query}`)).json()) as FeedMessage[];

describe("what was received", () => {
  it("is listed by channel and since a message", async () => {
    sandbox.createChannel({ name: "performance", category: "Speed" });
    await send("one");
    await send("two", "performance");
    await send("three");
    const all = await list();
    expect(all.map(({ content }) => content)).toEqual(["one", "two", "three"]);
    expect(all[0]).toMatchObject({
      channelName: "errors",
      username: "Incoming Webhook",
      raw: { content: "one" },
    });
    expect((await list("?channel=errors")).map(({ content }) => content)).toEqual(["one", "three"]);
    expect((await list(`?since=${all[1]?.id}`)).map(({ content }) => content)).toEqual(["three"]);
  });

  it("is bounded to the newest messages", async () => {
    for (const content of ["1", "2", "3", "4"]) await send(content);
    expect(sandbox.messages().map(({ content }) => content)).toEqual(["2", "3", "4"]);
  });

  it("can be waited for, before and after it came", async () => {
    const waiting = sandbox.waitForMessage(({ content }) => content === "soon", 2_000);
    await send("soon");
    expect((await waiting).content).toBe("soon");
    expect((await sandbox.waitForMessage(({ content }) => content === "soon", 0)).content).toBe("soon");
    await expect(sandbox.waitForMessage(() => false, 20)).rejects.toThrow("No such message within 20 ms");
  });

  it("is told as it comes to readers of the stream", async () => {
    const response = await fetch(`${sandbox.url}/messages/stream`);
    const reader = (response.body ?? new ReadableStream<Uint8Array>())
      .pipeThrough(new TextDecoderStream())
      .getReader();
    await reader.read();
    await send("live");
    let received = "";
    while (!received.includes("\n\n")) received += (await reader.read()).value ?? "";
    expect(received).toContain("event: message\n");
    expect(received).toContain('"content":"live"');
    await reader.cancel();
  });
});

describe("the page", () => {
  it("carries hostile text as inert data and allows no foreign script", async () => {
    await send("</script><script>alert(1)</script>");
    const response = await fetch(sandbox.url);
    const html = await response.text();
    expect(html).not.toContain("<script>alert");
    expect(html).toContain(String.raw`\u003c/script>`);
    expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  });

  it("offers uploaded HTML as a download only", async () => {
    const form = new FormData();
    form.append("files[0]", new Blob(["<script>1</script>"], { type: "text/html" }), "a.html");
    await fetch(sandbox.channel("errors").webhookUrl ?? "", { method: "POST", body: form });
    const { headers } = await fetch(String(sandbox.messages()[0]?.attachments[0]?.["url"]));
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toBe("attachment");
  });
});

describe("the command line", () => {
  it("starts three channels on port 9010 unless told otherwise", () => {
    const channels = ["sentry-critical", "sentry-errors", "sentry-performance"];
    expect(readCommand([])).toMatchObject({
      kind: "start",
      options: { port: 9010, host: "127.0.0.1", channels },
    });
    const args = ["--port", "0", "--channels", "a,b", "--channel", "c", "--no-rate-limit"];
    expect(readCommand(args)).toMatchObject({
      options: { port: 0, channels: ["a", "b", "c"], rateLimit: false },
    });
    expect(readCommand(["--bucket-limit", "1/500"])).toMatchObject({
      options: { rateLimit: { bucket: { limit: 1, windowMs: 500 } } },
    });
  });

  it.each([["--port", "many"], ["--colour"], ["--bucket-limit", "5"]])(
    "says what is wrong with %s %s",
    (...args) => {
      expect(readCommand(args.filter((each) => each !== undefined))).toMatchObject({ kind: "wrong" });
    },
  );
});
