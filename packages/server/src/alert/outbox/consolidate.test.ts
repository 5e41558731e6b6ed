import { describe, expect, it } from "vitest";
import type { NotificationPayload } from "../../domain/notification.js";
import type { Decision } from "../decide-batch.js";
import { Letters } from "./consolidate.js";
import type { Letter } from "./consolidate.js";

const payload = (ruleId: number, more: Partial<NotificationPayload> = {}): NotificationPayload => ({
  kind: "issue_alert",
  reason: `reason ${ruleId}`,
  rule: { id: ruleId, name: `Rule ${ruleId}` },
  project: { id: 1, slug: "shop", name: "Shop" },
  organization: { id: 1, slug: "default" },
  issue: null,
  event: null,
  tagKeys: [],
  firedAt: 1,
  ...more,
});

const letter = (ruleId: number, issueId: number, more: Partial<Letter> = {}): Letter => ({
  channelId: 7,
  // Only the issue's id is asked for.
  decision: { issue: { facts: { id: issueId } } } as Decision,
  historyId: ruleId * 10 + issueId,
  payload: payload(ruleId),
  ...more,
});

describe("consolidating a batch's messages", () => {
  it("makes one message of several rules about one issue in one channel", () => {
    const letters = new Letters();
    expect(
      letters.add(letter(1, 5, { payload: payload(1, { tagKeys: ["a", "b"], mention: "@here" }) })),
    ).toBeNull();
    const second = payload(2, { tagKeys: ["b", "c"], mention: "@here <@&12345678901234567>" });
    expect(letters.add(letter(2, 5, { payload: second }))).toBe(15);
    const all = letters.all();
    expect(all).toHaveLength(1);
    expect(all[0]?.payload).toMatchObject({
      rule: { id: 1, name: "Rule 1" },
      alsoRules: [{ id: 2, name: "Rule 2", reason: "reason 2" }],
      tagKeys: ["a", "b", "c"],
      mention: "@here <@&12345678901234567>",
    });
  });

  it("keeps issues and channels apart", () => {
    const letters = new Letters();
    letters.add(letter(1, 5));
    expect(letters.add(letter(2, 6))).toBeNull();
    expect(letters.add(letter(2, 5, { channelId: 8 }))).toBeNull();
    expect(letters.all()).toHaveLength(3);
  });

  it("begins a new message when a rule fires for the issue again", () => {
    const letters = new Letters();
    letters.add(letter(1, 5));
    letters.add(letter(2, 5));
    expect(letters.add(letter(2, 5))).toBeNull();
    expect(letters.add(letter(1, 5))).toBe(25);
    expect(letters.all().map(({ payload: { rule } }) => rule.id)).toEqual([1, 2]);
  });

  it("takes the runbook of a later rule when the first has none", () => {
    const letters = new Letters();
    letters.add(letter(1, 5));
    const rule = { id: 2, name: "Rule 2", runbook: "https://example.com/r", owner: "Ana" };
    letters.add(letter(2, 5, { payload: payload(2, { rule }) }));
    expect(letters.all()[0]?.payload).toMatchObject({
      rule: { runbook: "https://example.com/r" },
      alsoRules: [{ owner: "Ana" }],
    });
  });
});
