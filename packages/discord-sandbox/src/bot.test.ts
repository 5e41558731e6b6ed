import { DiscordAPIError, REST } from "@discordjs/rest";
import { Routes, type APIChannel, type APIMessage, type APIUser } from "discord-api-types/v10";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startDiscordSandbox, type DiscordSandbox } from "./index.js";

let sandbox: DiscordSandbox;
let rest: REST;
let channelId: string;

beforeAll(async () => {
  sandbox = await startDiscordSandbox({ channels: ["errors"], botToken: "secret" });
  channelId = sandbox.channel("errors").channelId;
});
beforeEach(() => {
  sandbox.reset();
  rest = new REST({ api: `${sandbox.url}/api`, retries: 1, offset: 0 }).setToken("secret");
});
afterAll(() => sandbox.stop());

const post = async (body: unknown): Promise<APIMessage> =>
  (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;

/** The code of Discord's error a call ends with; undefined when it succeeds. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof DiscordAPIError ? error.code : error;
}

describe("a bot through @discordjs/rest", () => {
  it("knows itself, its server and its channels", async () => {
    expect((await rest.get(Routes.user("@me"))) as APIUser).toMatchObject({ bot: true });
    const channels = (await rest.get(Routes.guildChannels(sandbox.guildId))) as APIChannel[];
    expect(channels.map(({ name }) => name)).toEqual(["Monitoring", "errors"]);
    expect(await rest.get(Routes.channel(channelId))).toMatchObject({
      id: channelId,
      type: 0,
      name: "errors",
    });
  });

  it("is refused with a wrong token and for a channel that is not there", async () => {
    const stranger = new REST({ api: `${sandbox.url}/api` }).setToken("wrong");
    expect(await codeOf(stranger.get(Routes.user("@me")))).toBe(0);
    expect(await codeOf(rest.get(Routes.channel("123456789012345678")))).toBe(10_003);
  });

  it("posts, edits, lists and reacts", async () => {
    const { id } = await post({ content: "one" });
    await rest.patch(Routes.channelMessage(channelId, id), { body: { content: "two" } });
    await rest.put(Routes.channelMessageOwnReaction(channelId, id, encodeURIComponent("✅")));
    const listed = (await rest.get(Routes.channelMessages(channelId))) as APIMessage[];
    expect(listed).toMatchObject([{ id, content: "two", reactions: [{ count: 1, emoji: { name: "✅" } }] }]);
  });

  it("gets the first message again for a repeated nonce that is enforced", async () => {
    const first = await post({ content: "one", nonce: "n1", enforce_nonce: true });
    const again = await post({ content: "one", nonce: "n1", enforce_nonce: true });
    const other = await post({ content: "one", nonce: "n2", enforce_nonce: true });
    await post({ content: "one", nonce: "n1" });
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(sandbox.messages()).toHaveLength(3);
  });

  it("starts one thread from a message, which takes the message's id", async () => {
    const { id } = await post({ content: "one" });
    const start = (): Promise<unknown> =>
      rest.post(Routes.threads(channelId, id), { body: { name: "Talk" } });
    expect(await start()).toMatchObject({ id, type: 11, parent_id: channelId, name: "Talk" });
    expect(await codeOf(start())).toBe(160_004);
    await rest.patch(Routes.channel(id), { body: { archived: true } });
    await rest.post(Routes.channelMessages(id), { body: { content: "inside" } });
    expect(await rest.get(Routes.channel(id))).toMatchObject({
      thread_metadata: { archived: false },
      message_count: 1,
    });
    expect(sandbox.messages()[0]?.thread).toMatchObject({ name: "Talk", messageCount: 1 });
  });

  it("cannot edit what a webhook wrote", async () => {
    const hook = sandbox.channel("errors").webhookUrl ?? "";
    const sent = await fetch(`${hook}?wait=true`, {
      method: "POST",
      body: new URLSearchParams({ content: "by webhook" }),
    });
    const { id } = (await sent.json()) as APIMessage;
    expect(
      await codeOf(rest.patch(Routes.channelMessage(channelId, id), { body: { content: "mine" } })),
    ).toBe(50_005);
  });
});

describe("a webhook through @discordjs/rest", () => {
  const route = (): `/${string}` =>
    `/${new URL(sandbox.channel("errors").webhookUrl ?? "").pathname.split("/").slice(2).join("/")}`;
  const execute = (content: string): Promise<unknown> =>
    rest.post(route(), { auth: false, body: { content }, query: new URLSearchParams({ wait: "true" }) });

  it("delivers seven messages at once in order by waiting for the limit it is told", async () => {
    const limited: unknown[] = [];
    rest.on("rateLimited", (info) => limited.push(info));
    await Promise.all(Array.from({ length: 7 }, (_, index) => execute(String(index))));
    expect(sandbox.messages().map(({ content }) => content)).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
    expect(limited.length).toBeGreaterThan(0);
  });

  it("sends again after an injected 429 and after a 503", async () => {
    sandbox.injectFault({ kind: "rate_limit", retryAfter: 0.2, times: 1 });
    sandbox.injectFault({ kind: "status", status: 503, times: 1 });
    await execute("late");
    expect(sandbox.messages()).toHaveLength(1);
  });

  it("reads the code of a deleted webhook", async () => {
    const gone = route();
    sandbox.deleteWebhook(sandbox.channel("errors").webhookId ?? "");
    expect(await codeOf(rest.post(gone, { auth: false, body: { content: "x" } }))).toBe(10_015);
  });

  it("sends files", async () => {
    const files = [{ name: "trace.txt", data: Buffer.from("at a.js:1") }];
    await rest.post(route(), { auth: false, body: { content: "see file" }, files });
    expect(sandbox.messages()).toMatchObject([
      { content: "see file", attachments: [{ filename: "trace.txt" }] },
    ]);
  });
});
