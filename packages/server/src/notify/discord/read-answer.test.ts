import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../http/outgoing-client.js";
import { readAnswer } from "./read-answer.js";

const answer = (status: number, body: unknown = "", headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

describe("Discord's answer", () => {
  it.each([
    [answer(200, { id: "77" }), { kind: "delivered", messageId: "77" }],
    [answer(204), { kind: "delivered", messageId: null }],
    [
      answer(429, { retry_after: 1.5, global: false }),
      { kind: "retry", pause: { ms: 1_550, scope: "destination" } },
    ],
    [
      answer(429, { retry_after: 0.3, global: true }),
      { kind: "retry", pause: { ms: 350, scope: "service" } },
    ],
    [
      answer(429, "<html>", { "retry-after": "7" }),
      { kind: "retry", pause: { ms: 7_050, scope: "destination" } },
    ],
    [answer(429, "<html>"), { kind: "retry", pause: { ms: 5_050, scope: "destination" } }],
    [answer(500), { kind: "retry" }],
    [answer(503, { code: 130_000 }), { kind: "retry" }],
    [answer(403, { code: 40_333 }), { kind: "retry" }],
    [answer(404, "<html>not Discord</html>"), { kind: "failed" }],
    [answer(404, { code: 10_015 }), { kind: "unusable" }],
    [answer(404, { code: 0 }), { kind: "unusable" }],
    [answer(401, { code: 50_027 }), { kind: "unusable" }],
    [answer(401, { code: 0 }), { kind: "unusable" }],
    [answer(403, { code: 50_013 }), { kind: "unusable" }],
    [answer(400, { code: 50_035 }), { kind: "reshape", form: "plain" }],
    [answer(413), { kind: "reshape", form: "plain" }],
    [answer(400, { code: 220_001 }), { kind: "reshape", form: "titled" }],
    [answer(400, { code: 50_006 }), { kind: "failed" }],
    [
      answer(400, { code: 99_999 }),
      { kind: "failed", reason: "Discord refused the message (HTTP 400, code 99999)." },
    ],
    [answer(302, "", { location: "https://elsewhere.example" }), { kind: "failed" }],
  ])("%j is read as %j", (given, expected) => {
    expect(readAnswer(given, "full", "webhook")).toMatchObject(expected);
  });

  it("waits for the next window when the last call of this one was used", () => {
    const used = { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.204" };
    expect(readAnswer(answer(200, {}, used), "full", "webhook")).toMatchObject({
      pause: { ms: 1_254, scope: "destination" },
    });
    const left = { ...used, "x-ratelimit-remaining": "1" };
    expect(readAnswer(answer(200, {}, left), "full", "webhook")).not.toHaveProperty("pause");
  });

  it("does not try a third form", () => {
    expect(readAnswer(answer(400, { code: 50_035 }), "plain", "webhook").kind).toBe("failed");
    expect(readAnswer(answer(400, { code: 220_001 }), "plain", "webhook").kind).toBe("failed");
  });

  it("names the places of a form's faults and none of the values", () => {
    const errors = {
      embeds: { 0: { title: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "secret text" }] } } },
    };
    const verdict = readAnswer(answer(400, { code: 50_035, errors }), "full", "webhook");
    expect(verdict.reason).toBe("Discord refused the message's form (embeds.0.title); a plain text follows.");
  });
});
