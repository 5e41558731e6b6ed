import { describe, expect, it } from "vitest";
import { createLog, redactText } from "./log.js";

describe("the log", () => {
  it("writes one JSON object a line, with level and time as words", () => {
    const lines: string[] = [];
    createLog({ human: false, write: (line) => lines.push(line) }).warn({ tries: 3 }, "a batch failed");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", tries: 3, msg: "a batch failed" });
  });

  it("writes short lines for people, with the stack of an error below", () => {
    const lines: string[] = [];
    const log = createLog({ human: true, write: (line) => lines.push(line) });
    log.info({ port: 9000 }, "ready");
    log.error({ err: new Error("broken") }, "failed");
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}ready {2}port=9000\n$/);
    expect(lines[1]).toMatch(/ error failed\nError: broken\n {4}at /);
  });

  it("lets no secret through, in fields, messages or errors", () => {
    const lines: string[] = [];
    const log = createLog({ human: false, write: (line) => lines.push(line) });
    log.info({ headers: { authorization: "anything" }, token: "tok-in-field" }, "Bearer abcdefghijkl");
    log.error({ err: new Error("POST https://discord.com/api/webhooks/123/very-secret_1 failed") });
    const all = lines.join("");
    expect(all).not.toMatch(/anything|tok-in-field|abcdefghijkl|very-secret/);
    expect(all).toContain("/webhooks/123/[redacted]");
  });

  it.each([
    ["postgres://vedette:hunter2@db:5432/x", "postgres://vedette:[redacted]@db:5432/x"],
    ["https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/[redacted]"],
    ["Authorization: Bot MTk4.abc.def", "Authorization: Bot [redacted]"],
    ["http://abc@127.0.0.1:9000/1", "http://abc@127.0.0.1:9000/1"],
  ])("redacts %s", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});
