import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startDiscordSandbox, type DiscordSandbox } from "./index.js";

let sandbox: DiscordSandbox;
let hook: string;

beforeAll(async () => {
  sandbox = await startDiscordSandbox({
    channels: ["errors", { name: "posts", type: 15 }],
    rateLimit: false,
  });
  hook = sandbox.channel("errors").webhookUrl ?? "";
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(method: string, url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

describe("executing a webhook", () => {
  it("answers 204 without a body unless asked to wait", async () => {
    expect(await call("POST", hook, { content: "hello" })).toEqual({ status: 204, body: {} });
    expect(sandbox.messages().map(({ content }) => content)).toEqual(["hello"]);
  });

  it("answers 200 with the message when asked to wait", async () => {
    const { status, body } = await call("POST", `${hook}?wait=true`, {
      content: "hello",
      username: "Vedette",
    });
    const { channelId, webhookId } = sandbox.channel("errors");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      channel_id: channelId,
      webhook_id: webhookId,
      content: "hello",
      edited_timestamp: null,
    });
    expect(body["author"]).toMatchObject({ username: "Vedette", bot: true });
  });

  it.each(["/webhooks", "/api/webhooks", "/api/v10/webhooks", "/v10/webhooks"])(
    "answers under %s",
    async (base) => {
      const url = hook.replace("/api/webhooks", base);
      expect((await call("POST", url, { content: "x" })).status).toBe(204);
    },
  );

  it("refuses an empty message, also when only ignored components are in it", async () => {
    const components = [
      { type: 1, components: [{ type: 2, style: 5, label: "Open", url: "https://example.com" }] },
    ];
    for (const body of [{}, { content: "  " }, { embeds: [] }, { components }]) {
      expect(await call("POST", hook, body)).toMatchObject({ status: 400, body: { code: 50_006 } });
    }
    expect((await call("POST", `${hook}?with_components=true`, { components })).status).toBe(204);
  });

  it("posts nothing when a limit is passed", async () => {
    const { status, body } = await call("POST", hook, { content: "x".repeat(2001) });
    expect(status).toBe(400);
    const wrong = { code: "BASE_TYPE_MAX_LENGTH", message: "Must be 2000 or fewer in length." };
    expect(body).toEqual({
      message: "Invalid Form Body",
      code: 50_035,
      errors: { content: { _errors: [wrong] } },
    });
    expect(sandbox.messages()).toEqual([]);
  });

  it("takes payload_json with files", async () => {
    const form = new FormData();
    const payload = {
      embeds: [{ image: { url: "attachment://a.png" } }],
      attachments: [{ id: 0, description: "a graph" }],
    };
    form.append("payload_json", JSON.stringify(payload));
    form.append("files[0]", new Blob(["png"], { type: "image/png" }), "a.png");
    const response = await fetch(`${hook}?wait=true`, { method: "POST", body: form });
    const { attachments } = (await response.json()) as { attachments: { url: string }[] };
    expect(attachments).toMatchObject([
      { filename: "a.png", size: 3, content_type: "image/png", description: "a graph" },
    ]);
    expect(await (await fetch(attachments[0]?.url ?? "")).text()).toBe("png");
  });

  it("refuses broken JSON, other content types and calls without a user agent", async () => {
    const send = async (headers: Record<string, string>): Promise<unknown> =>
      (await fetch(hook, { method: "POST", body: "{", headers })).json();
    expect(await send({ "content-type": "application/json" })).toMatchObject({ code: 50_109 });
    expect(await send({ "content-type": "text/xml" })).toMatchObject({ code: 50_035 });
    expect(await send({ "user-agent": "" })).toMatchObject({ code: 40_333 });
  });
});

describe("knowing a webhook", () => {
  it("describes it to whoever has its token", async () => {
    const { channelId } = sandbox.channel("errors");
    expect(await call("GET", hook)).toMatchObject({
      status: 200,
      body: { channel_id: channelId, guild_id: sandbox.guildId },
    });
  });

  it("answers 404 with code 10015 for ids it never had and after deletion", async () => {
    const unknown = `${sandbox.url}/api/webhooks/123456789012345678/token`;
    expect(await call("POST", unknown, { content: "x" })).toEqual({
      status: 404,
      body: { message: "Unknown Webhook", code: 10_015 },
    });
    const { webhookId } = sandbox.channel("errors");
    expect((await call("DELETE", `${sandbox.url}/_sandbox/webhooks/${webhookId}`)).status).toBe(204);
    expect(await call("POST", hook, { content: "x" })).toMatchObject({ status: 404, body: { code: 10_015 } });
    sandbox.reset();
    expect((await call("DELETE", hook)).status).toBe(204);
    expect(await call("GET", hook)).toMatchObject({ status: 404, body: { code: 10_015 } });
  });

  it("answers 401 with code 50027 for a wrong token", async () => {
    expect(await call("POST", `${hook}x`, { content: "x" })).toMatchObject({
      status: 401,
      body: { code: 50_027 },
    });
  });

  it("has the same URL after a restart", async () => {
    const other = await startDiscordSandbox({ channels: ["errors"] });
    const path = new URL(other.channel("errors").webhookUrl ?? "").pathname;
    await other.stop();
    expect(path).toBe(new URL(hook).pathname);
  });
});

describe("changing a message", () => {
  it("edits, reads and deletes the webhook's own messages", async () => {
    const { body } = await call("POST", `${hook}?wait=true`, { content: "one", embeds: [{ title: "kept" }] });
    const url = `${hook}/messages/${String(body["id"])}`;
    expect(await call("PATCH", url, { content: "two" })).toMatchObject({
      status: 200,
      body: { content: "two", embeds: [{ title: "kept" }] },
    });
    expect((await call("GET", url)).body["edited_timestamp"]).not.toBeNull();
    expect((await call("DELETE", url)).status).toBe(204);
    expect(await call("PATCH", url, { content: "three" })).toMatchObject({
      status: 404,
      body: { code: 10_008 },
    });
  });

  it("judges mentions of an edit anew", async () => {
    const { body } = await call("POST", `${hook}?wait=true`, {
      content: "<@123456789012345678>",
      allowed_mentions: { parse: [] },
    });
    expect(sandbox.messages()[0]?.mentionsResolved.users).toEqual([]);
    await call("PATCH", `${hook}/messages/${String(body["id"])}`, { embeds: [] });
    expect(sandbox.messages()[0]?.mentionsResolved.users).toEqual(["123456789012345678"]);
  });
});

describe("forums and threads", () => {
  it("asks for exactly one of thread_name and thread_id in a forum", async () => {
    const forum = sandbox.channel("posts").webhookUrl ?? "";
    expect(await call("POST", forum, { content: "x" })).toMatchObject({
      status: 400,
      body: { code: 220_001 },
    });
    const { body } = await call("POST", `${forum}?wait=true`, { content: "x", thread_name: "Post" });
    const threadId = String(body["channel_id"]);
    expect(threadId).toBe(body["id"]);
    expect((await call("POST", `${forum}?thread_id=${threadId}`, { content: "y" })).status).toBe(204);
    const both = await call("POST", `${forum}?thread_id=${threadId}`, { content: "y", thread_name: "Post" });
    expect(both).toMatchObject({ status: 400, body: { code: 220_002 } });
    expect(sandbox.messages({ channel: "posts" })).toHaveLength(2);
  });

  it("refuses a thread_name elsewhere and a thread it does not have", async () => {
    expect(await call("POST", hook, { content: "x", thread_name: "Post" })).toMatchObject({
      body: { code: 220_003 },
    });
    const elsewhere = await call("POST", `${hook}?thread_id=123456789012345678`, { content: "x" });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 10_003 } });
  });
});
