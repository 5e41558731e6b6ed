import { startDiscordSandbox, type DiscordSandbox } from "@vedette/discord-sandbox";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { NormalisedEvent } from "@vedette/protocol";
import { excerptOf } from "../event/excerpt.js";
import { OutgoingClient } from "../http/outgoing-client.js";
import { samplePayload } from "../notify.test-suite.js";
import type { Message } from "../port.js";
import { discordWebhook } from "./discord-webhook.js";

let discord: DiscordSandbox;
const client = new OutgoingClient({ allowPrivate: true });

beforeAll(async () => {
  discord = await startDiscordSandbox({ channels: ["errors"], rateLimit: false, maxMessages: 10 });
});
afterAll(async () => {
  client.close();
  await discord.stop();
});

const parts = [
  ...'` * _ ~ | [ ] ( ) < > @ # : \\ \n \u0000 \u200B \u202E \uD83D \uDE00 é " -'.split(" "),
  "@everyone",
  "```",
  "👨‍👩‍👧",
  "<@123456789012345678>",
  "a\u0301\u0302\u0303",
  "https://evil.example/",
  "word ",
  "x".repeat(300),
];
/** Texts of all lengths, some made of the worst there is. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...parts), { maxLength: 60 }).map((list) => list.join("")),
  fc
    .tuple(fc.constantFrom(...parts), fc.integer({ min: 0, max: 9_000 }))
    .map(([part, times]) => part.repeat(times).slice(0, 20_000)),
);
const time = fc.oneof(
  fc.integer({ min: 0, max: 4e12 }),
  fc.constantFrom(-1, 0, 8.64e15, Number.MAX_SAFE_INTEGER),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const frame = fc.record({
  filename: optional(text),
  function: optional(text),
  lineno: optional(fc.integer()),
  context_line: optional(text),
  pre_context: optional(fc.array(text, { maxLength: 5 })),
  post_context: optional(fc.array(text, { maxLength: 5 })),
  in_app: optional(fc.boolean()),
});
const event = fc.record({
  exception: optional(
    fc.record({
      values: fc.array(
        fc.record({
          type: optional(text),
          value: optional(text),
          stacktrace: optional(fc.record({ frames: fc.array(frame, { maxLength: 3 }) })),
        }),
        { maxLength: 3 },
      ),
    }),
  ),
  transaction: optional(text),
  platform: optional(text),
  request: optional(fc.record({ url: optional(text) })),
});

const message: fc.Arbitrary<Message> = fc
  .record({
    event,
    texts: fc.array(text, { minLength: 12, maxLength: 12 }),
    tags: fc.dictionary(text, text, { maxKeys: 30 }),
    times: fc.tuple(time, time, time),
    page: fc.constantFrom(
      "https://v.example.com/",
      "http://localhost:9000/",
      `https://v.example.com/${"p".repeat(600)}`,
    ),
    runbook: fc.option(fc.oneof(fc.webUrl(), fc.constantFrom("http://wiki/", "https://e.example/a)b <c>"))),
    mention: optional(fc.constantFrom("@here", "<@&123456789012345678>")),
    kind: fc.constantFrom("issue_alert" as const, "test" as const),
    hasIssue: fc.boolean(),
  })
  .map((given) => {
    const at = (index: number): string => given.texts[index] ?? "";
    const sample = samplePayload();
    const [firstSeen, timestamp, firedAt] = given.times;
    return {
      payload: samplePayload({
        kind: given.kind,
        reason: at(0),
        rule: { id: 1, name: at(1), owner: at(2) },
        project: { id: 1, slug: at(3), name: at(4) },
        issue:
          given.hasIssue && sample.issue
            ? { ...sample.issue, title: at(5), culprit: at(6), level: at(7), shortId: at(8), firstSeen }
            : null,
        event: sample.event && {
          ...sample.event,
          timestamp,
          environment: at(9),
          release: at(10),
          level: at(11),
          tags: given.tags,
        },
        tagKeys: [...Object.keys(given.tags), "url", "level", "constructor"],
        firedAt,
        ...(given.mention !== undefined && { mention: given.mention }),
      }),
      excerpt: excerptOf(given.event as unknown as NormalisedEvent),
      links: { page: given.page, runbook: given.runbook },
      idempotencyKey: "k",
    };
  });

it("every event makes a message that Discord accepts, in every form, and notifies only whom the rule names", async () => {
  const settings = { config: {}, secrets: { webhookUrl: discord.channel("errors").webhookUrl ?? "" } };
  const adapter = discordWebhook({ discordApi: `${discord.url}/api`, publicUrl: "https://v.example.com" });
  const opened = adapter.open(settings);
  if (!opened.ok) throw new Error(opened.problem);
  const { destination } = opened;
  await fc.assert(
    fc.asyncProperty(message, fc.constantFrom("full" as const, "plain" as const), async (given, form) => {
      const sent = await client.send(destination.compose(given, form));
      if (sent.kind !== "answer") throw new Error(sent.reason);
      expect(sent.answer.status === 200 ? "taken" : sent.answer.body).toBe("taken");
      const posted = discord.messages().at(-1);
      const { mention } = given.payload;
      expect(posted?.mentionsResolved).toEqual({
        everyone: false,
        here: mention === "@here",
        users: [],
        roles: mention?.startsWith("<@&") === true ? ["123456789012345678"] : [],
      });
      expect(JSON.stringify(posted?.raw).isWellFormed()).toBe(true);
    }),
    { numRuns: 400 },
  );
}, 60_000);
