import { describe, expect, it } from "vitest";
import type { NotificationPayload } from "../../domain/notification.js";
import type { EventExcerpt } from "../event/excerpt.js";
import { samplePayload } from "../notify.test-suite.js";
import type { Message } from "../port.js";
import { buildMessage } from "./build-message.js";

const excerpt: EventExcerpt = {
  exceptionType: "TypeError",
  value: "Cannot read properties of undefined (reading 'total')",
  transaction: "POST /api/checkout",
  url: "https://shop.example.com/api/checkout",
  platform: "node",
  unhandled: true,
  frame: {
    function: "computeTotal",
    place: "src/cart/total.ts",
    line: 42,
    before: ["export function computeTotal(cart: Cart) {", "  const items = cart.items;"],
    source: "  return items.reduce((sum, item) => sum + item.price.total, 0);",
    after: ["}"],
  },
};

function message(changes: Partial<NotificationPayload> = {}, rest: Partial<Message> = {}): Message {
  return {
    payload: samplePayload(changes),
    excerpt,
    links: { page: "https://vedette.example.com/organizations/default/issues/17/", runbook: null },
    idempotencyKey: "k",
    ...rest,
  };
}

const embedOf = (given: Message) => buildMessage(given, "full").embeds?.[0];
const fieldsOf = (given: Message) => embedOf(given)?.fields?.map(({ name, value }) => [name, value]);

describe("a Discord message", () => {
  it("says what broke, where, and for whom", () => {
    expect(embedOf(message())).toMatchObject({
      author: { name: "New issue · Checkout" },
      title: "TypeError",
      url: "https://vedette.example.com/organizations/default/issues/17/",
      color: 0xe5484d,
      footer: { text: "CHECKOUT-17 · checkout · Vedette" },
      timestamp: new Date(1_789_999_999_000).toISOString(),
    });
    expect(embedOf(message())?.description).toBe(
      [
        "Cannot read properties of undefined (reading 'total')",
        "`computeTotal` in `src/cart/total.ts:42` · unhandled",
        "```ts",
        "  40 │ export function computeTotal(cart: Cart) {",
        "  41 │   const items = cart.items;",
        "❯ 42 │   return items.reduce((sum, item) => sum + item.price.total, 0);",
        "  43 │ }",
        "```",
      ].join("\n"),
    );
  });

  it("shows the tags asked for in their order and leaves out those that are missing", () => {
    const given = message({ tagKeys: ["correlation_id", "agent_name", "url", "transaction", "level"] });
    expect(fieldsOf(given)).toEqual([
      ["correlation\\_id", "req-81f2"],
      ["url", "https:\u200B//shop.example.com/api/checkout"],
      ["transaction", "POST /api/checkout"],
      ["level", "error"],
      ["Environment", "production"],
      ["Release", "shop@2.4.1"],
      ["Events", "1,204"],
      ["Users", "87"],
      ["First seen", "<t:1789999990:R>"],
      ["Rule", "**Critical errors to Discord** · new issue"],
    ]);
  });

  it("names the environment once when it is asked for as a tag", () => {
    const names = fieldsOf(message({ tagKeys: ["environment", "release"] }))?.map(([name]) => name);
    expect(names).toEqual(["environment", "release", "Events", "Users", "First seen", "Rule"]);
  });

  it("carries the rule's runbook and owner", () => {
    const rule = { id: 1, name: "Critical", runbook: "https://wiki.example.com/critical", owner: "payments" };
    const given = message({ rule }, { links: { page: "https://v.example.com/1", runbook: rule.runbook } });
    expect(fieldsOf(given)?.slice(-2)).toEqual([
      ["Rule", "**Critical** · new issue"],
      ["Owner", "payments"],
    ]);
    expect(buildMessage(given, "full").components?.[0]?.components).toMatchObject([
      { label: "View issue", url: "https://v.example.com/1", style: 5 },
      { label: "Runbook", url: "https://wiki.example.com/critical", style: 5 },
    ]);
  });

  it("shows a runbook that no button can carry as text", () => {
    const given = message(
      {},
      { links: { page: "https://v.example.com/1", runbook: "http://wiki/critical" } },
    );
    expect(fieldsOf(given)?.at(-1)?.[1]).toBe(
      "**Critical errors to Discord** · new issue\nRunbook: http:\u200B//wiki/critical",
    );
  });

  it("shows an address that Discord refuses as a link as text", () => {
    const page = "http://localhost:9000/organizations/default/issues/17/";
    const given = message({}, { links: { page, runbook: null } });
    expect(embedOf(given)).not.toHaveProperty("url");
    expect(buildMessage(given, "full")).not.toHaveProperty("components");
    expect(embedOf(given)?.description).toContain(`Open ${page}`);
  });

  it.each([
    [undefined, undefined, { parse: [] }],
    ["@here", "@here", { parse: ["everyone"] }],
    ["<@&123456789012345678>", "<@&123456789012345678>", { parse: [], roles: ["123456789012345678"] }],
    [
      "@everyone <@223456789012345678> <@&123456789012345678>",
      "@everyone <@223456789012345678> <@&123456789012345678>",
      { parse: ["everyone"], roles: ["123456789012345678"], users: ["223456789012345678"] },
    ],
    ["everybody @channel <@1>", undefined, { parse: [] }],
  ])("mentions for %j exactly whom the rule names", (mention, content, allowed) => {
    const body = buildMessage(message(mention === undefined ? {} : { mention }), "full");
    expect(body.content).toBe(content);
    expect(body.allowed_mentions).toEqual(allowed);
  });

  it("lets nothing in the event mention anybody", () => {
    const text = "@everyone @here <@&123456789012345678> <@123456789012345678>";
    const { issue, event } = samplePayload();
    const given = message(
      {
        issue: issue && { ...issue, title: text, culprit: text },
        event: event && { ...event, tags: { [text]: text } },
        tagKeys: [text],
      },
      { excerpt: { ...excerpt, exceptionType: null, value: text } },
    );
    for (const form of ["full", "plain"] as const) {
      const body = buildMessage(given, form);
      expect(body.allowed_mentions).toEqual({ parse: [] });
      expect(JSON.stringify(body)).not.toMatch(/@everyone|@here|<@/);
    }
  });

  it("is complete without the event", () => {
    const given = message({ event: null }, { excerpt: null });
    expect(embedOf(given)).toMatchObject({
      title: "TypeError: Cannot read properties of undefined (reading 'total')",
      description: "in POST /api/checkout",
    });
  });

  it("says of a test that it is one", () => {
    const given = message(
      { kind: "test", reason: "test", issue: null, event: null, tagKeys: [] },
      { excerpt: null },
    );
    expect(embedOf(given)).toMatchObject({
      author: { name: "Test notification · Checkout" },
      title: "Alerts reach this channel",
      color: 0x8b5cf6,
      description: expect.stringContaining("This is a test."),
    });
  });

  it("gives up fields from the least important when room is short", () => {
    const tags = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`tag${index}`, "v".repeat(900)]),
    );
    const { event } = samplePayload();
    const given = message({ event: event && { ...event, tags }, tagKeys: Object.keys(tags) });
    const names = fieldsOf(given)?.map(([name]) => name) ?? [];
    expect(names.slice(0, 3)).toEqual(["tag0", "tag1", "tag2"]);
    expect(names).toContain("Rule");
    expect(names).not.toContain("First seen");
    expect(names.length).toBeLessThanOrEqual(25);
  });
});
