import { describe, expect, it } from "vitest";
import { apiBase, parseWebhookUrl } from "./webhook-url.js";

const api = "https://discord.com/api";
const id = "1234567890123456789";
const token = "abcDEF_-0123456789abcDEF_-0123456789abcDEF_-0123456789abcDEF_-012345";
const normal = `https://discord.com/api/v10/webhooks/${id}/${token}`;

describe("the address of a webhook", () => {
  it.each([
    `https://discord.com/api/webhooks/${id}/${token}`,
    `https://discord.com/api/v10/webhooks/${id}/${token}`,
    `https://discord.com/api/v9/webhooks/${id}/${token}/`,
    `https://discordapp.com/api/webhooks/${id}/${token}`,
    `https://ptb.discord.com/api/webhooks/${id}/${token}`,
    `https://canary.discord.com/api/webhooks/${id}/${token}`,
    `https://canary.discordapp.com/api/v10/webhooks/${id}/${token}`,
    `  https://discord.com/api/webhooks/${id}/${token}\n`,
    `<https://discord.com/api/webhooks/${id}/${token}>`,
    `https://discord.com/api/webhooks/${id}/${token}/slack`,
    `https://discord.com/api/webhooks/${id}/${token}?wait=true`,
  ])("is read from %s", (text) => {
    expect(parseWebhookUrl(text, api)).toEqual({
      ok: true,
      webhook: { id, token, threadId: null, url: normal },
    });
  });

  it("keeps the thread it names", () => {
    const parsed = parseWebhookUrl(`https://discord.com/api/webhooks/${id}/${token}?thread_id=${id}`, api);
    expect(parsed).toMatchObject({ ok: true, webhook: { threadId: id, url: normal } });
  });

  it("may be on the configured host, whose calls then go there", () => {
    const local = "http://127.0.0.1:9010/api";
    const parsed = parseWebhookUrl(`http://127.0.0.1:9010/api/webhooks/${id}/${token}`, local);
    expect(parsed).toMatchObject({ ok: true, webhook: { url: `${local}/v10/webhooks/${id}/${token}` } });
    expect(parseWebhookUrl(normal, local)).toMatchObject({ ok: true, webhook: { url: normal } });
  });

  it.each([
    ["", "not a web address"],
    ["webhook", "not a web address"],
    [`http://discord.com/api/webhooks/${id}/${token}`, "begins with"],
    [`https://discord.com.evil.example/api/webhooks/${id}/${token}`, "begins with"],
    [`https://user@evil.example/api/webhooks/${id}/${token}`, "begins with"],
    [`http://127.0.0.1:9011/api/webhooks/${id}/${token}`, "begins with"],
    [`https://discord.com/api/webhooks/${id}`, "not complete"],
    [`https://discord.com/api/webhooks/${id}/short`, "not complete"],
    [`https://discord.com/channels/${id}/${id}`, "not complete"],
  ])("is refused for %s", (text, problem) => {
    const parsed = parseWebhookUrl(text, api);
    expect(parsed).toEqual({ ok: false, problem: expect.stringContaining(problem) });
    expect(JSON.stringify(parsed)).not.toContain(token);
  });
});

it("adds the version of the API it speaks unless one is given", () => {
  expect(apiBase("https://discord.com/api/")).toBe("https://discord.com/api/v10");
  expect(apiBase("https://discord.com/api/v9")).toBe("https://discord.com/api/v9");
});
