import type { NormalisedEvent } from "@vedette/protocol";
import { describe, expect, it } from "vitest";
import { FactsBudget } from "./event-facts.js";
import type { ReadEvent } from "./read-event.js";

/** Facts of an event with these frames, each under a file name of its own. */
function factsOf(frames: readonly { context_line?: string; filename?: string }[]) {
  const event = {
    event_id: "e".repeat(32),
    timestamp: 1,
    exception: { values: [{ type: "Boom", stacktrace: { frames } }] },
  } as unknown as NormalisedEvent;
  const read = {
    record: { item: { projectId: 1, receivedAt: 1_000 } },
    event,
    grouping: { hashes: ["h"] },
    title: { title: "Boom" },
    tags: {},
    userKey: "",
  } as unknown as ReadEvent;
  const budget = new FactsBudget();
  const facts = budget.take(read);
  if (!facts) throw new Error("the first event of a group has facts");
  return facts;
}

describe("the facts of an event", () => {
  it("keep every frame of an ordinary stack", () => {
    const frames = Array.from({ length: 50 }, (_, index) => ({
      context_line: `  const total${index} = await pay(order, { retries: 3 });`,
      filename: `/srv/app/checkout/node_modules/payments/source/step-${index}.js`,
    }));
    const { attributes } = factsOf(frames);
    expect(attributes["stacktrace.code"]).toHaveLength(50);
    expect(attributes["stacktrace.filename"]).toHaveLength(50);
  });

  it("stay small whatever the frames hold, the newest frames first", () => {
    const frames = Array.from({ length: 250 }, (_, index) => ({
      context_line: `${index} ${"x".repeat(600)}`,
    }));
    const { attributes } = factsOf(frames);
    expect(attributes["stacktrace.code"]?.at(-1)).toMatch(/^249 /);
    expect(attributes["stacktrace.code"]?.join("").length).toBeLessThanOrEqual(8_000);
  });
});
