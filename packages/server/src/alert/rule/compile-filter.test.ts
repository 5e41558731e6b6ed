import { describe, expect, it } from "vitest";
import type { EventFacts } from "../../domain/change.js";
import { filterSchema } from "../../domain/rule.js";
import { facts, issue, noon } from "../alert.test-suite.js";
import { compileFilter } from "./compile-filter.js";
import type { FilterSubject, IssueFacts } from "./compile-filter.js";

const hour = 3_600_000;

function holds(filter: object, some: Partial<FilterSubject> = {}): boolean {
  const result = compileFilter(filterSchema.parse(filter));
  if (!result.ok) throw new Error(result.problem);
  return result.filter.holds({ event: facts(), issue: issue(), latestRelease: null, now: noon, ...some });
}

describe("a filter about the event", () => {
  it.each<[object, Partial<EventFacts>, boolean]>([
    [{ level: "error" }, { level: "error" }, true],
    [{ level: ["error", "fatal"] }, { level: "fatal" }, true],
    [{ level: ["error", "fatal"] }, { level: "warning" }, false],
    [{ level: { gte: "error" } }, { level: "fatal" }, true],
    [{ level: { gte: "error" } }, { level: "warning" }, false],
    [{ level: { lte: "info" } }, { level: "debug" }, true],
    [{ level: { lte: "info" } }, { level: "warning" }, false],
    [{ level: { gte: "debug" } }, { level: "sample" }, false],
    [{ environment: "Production" }, { environment: "production" }, true],
    [{ environment: ["staging"] }, { environment: "production" }, false],
    [{ tag: { key: "customer", value: "ACME" } }, { tags: { customer: "acme" } }, true],
    [{ tag: { key: "customer", value: "acme" } }, { tags: {} }, false],
    [{ tag: { key: "customer", op: "is_not", value: "acme" } }, { tags: {} }, true],
    [{ tag: { key: "customer", op: "not_set" } }, { tags: { customer: "acme" } }, false],
    [{ tag: { key: "sentry:user", value: "id:1" } }, { tags: { user: "id:1" } }, true],
    [{ tag: { key: "release", value: "shop@1" } }, { release: "shop@1" }, true],
    [{ tag: { key: "toString", op: "is_set" } }, { tags: {} }, false],
    [
      { attribute: { key: "exception.type", value: "RangeError" } },
      { attributes: { "exception.type": ["Error", "RangeError"] } },
      true,
    ],
    [
      { attribute: { key: "exception.type", op: "is_not", value: "RangeError" } },
      { attributes: { "exception.type": ["Error", "RangeError"] } },
      false,
    ],
    [
      { attribute: { key: "stacktrace.filename", op: "regex", value: "^src/pay" } },
      { attributes: { "stacktrace.filename": ["lib/a.js", "src/pay.js"] } },
      true,
    ],
    [{ attribute: { key: "platform", value: "node" } }, { platform: "node" }, true],
    [{ attribute: { key: "message", op: "not_contains", value: "x" } }, {}, true],
  ])("%j on %j is %s", (filter, event, expected) => {
    expect(holds(filter, { event: facts(event) })).toBe(expected);
  });

  it("asks the issue's level when the change has no event", () => {
    expect(holds({ level: "fatal" }, { event: null, issue: issue({ level: "fatal" }) })).toBe(true);
  });

  it("takes every tag as missing when the change has no event", () => {
    expect(holds({ tag: { key: "a", value: "b" } }, { event: null })).toBe(false);
    expect(holds({ tag: { key: "a", op: "is_not", value: "b" } }, { event: null })).toBe(true);
  });
});

describe("a filter about the issue", () => {
  it.each<[object, Partial<IssueFacts>, boolean]>([
    [{ priority: "high" }, { priority: "high" }, true],
    [{ priority: ["medium", "low"] }, { priority: "high" }, false],
    [{ category: "error" }, { category: "error" }, true],
    [{ category: ["performance", "cron"] }, { category: "error" }, false],
    [{ times_seen: 5 }, { timesSeen: 5 }, true],
    [{ times_seen: 5 }, { timesSeen: 4 }, false],
    [{ age: { older: "1h" } }, { firstSeen: noon - hour - 1 }, true],
    [{ age: { older: "1h" } }, { firstSeen: noon - hour }, false],
    [{ age: { newer: "1h" } }, { firstSeen: noon - hour + 1 }, true],
    [{ age: { newer: "1h" } }, { firstSeen: noon - hour }, false],
    [{ assignee: "none" }, { assignees: [] }, true],
    [{ assignee: "none" }, { assignees: ["user:u1"] }, false],
    [{ assignee: "any" }, { assignees: ["user:u1"] }, true],
    [{ assignee: "any" }, { assignees: [] }, false],
    [{ assignee: "Ann@example.com" }, { assignees: ["user:u1", "ann@example.com"] }, true],
    [{ assignee: "team:ops" }, { assignees: ["team:ops"] }, true],
    [{ assignee: "team:ops" }, { assignees: ["team:web"] }, false],
  ])("%j on %j is %s", (filter, some, expected) => {
    expect(holds(filter, { issue: issue(some) })).toBe(expected);
  });

  it("knows the latest release", () => {
    const event = facts({ release: "shop@2.0.0" });
    expect(holds({ release: "latest" }, { event, latestRelease: "shop@2.0.0" })).toBe(true);
    expect(holds({ release: "latest" }, { event, latestRelease: "shop@2.1.0" })).toBe(false);
    expect(holds({ release: "latest" }, { event: facts({ release: "" }), latestRelease: null })).toBe(false);
  });
});
