import { describe, expect, it } from "vitest";
import { noon } from "../alert.test-suite.js";
import { factsOfRow } from "./event-row.js";
import type { EventRow } from "./event-row.js";

function row(some: Partial<EventRow> = {}): EventRow {
  return {
    projectId: 1,
    hash: "h",
    eventId: "e",
    at: noon,
    receivedAt: noon + 5,
    type: "error",
    level: "error",
    platform: "node",
    environment: "production",
    release: "",
    title: "TypeError: boom",
    message: "",
    exceptionType: "TypeError",
    exceptionValue: "boom",
    transaction: "GET /pay",
    logger: "",
    handled: -1,
    userKey: "id:1",
    userId: "1",
    userEmail: "",
    userUsername: "",
    userIp: "",
    sdkName: "sentry.javascript.node",
    httpMethod: "GET",
    httpUrl: "",
    tags: { customer: "acme" },
    ...some,
  };
}

describe("the facts of a stored event", () => {
  it("come from its columns, absent ones left out", () => {
    expect(factsOfRow(row())).toEqual({
      eventId: "e",
      timestamp: noon,
      receivedAt: noon + 5,
      level: "error",
      platform: "node",
      environment: "production",
      release: "",
      userKey: "id:1",
      tags: { customer: "acme" },
      attributes: {
        message: ["TypeError: boom"],
        type: ["error"],
        platform: ["node"],
        transaction: ["GET /pay"],
        "exception.type": ["TypeError"],
        "exception.value": ["boom"],
        "error.handled": ["true"],
        "error.unhandled": ["false"],
        "user.id": ["1"],
        "http.method": ["GET"],
        "sdk.name": ["sentry.javascript.node"],
      },
    });
  });

  it("know who was handled and who was not", () => {
    expect(factsOfRow(row({ handled: 0 })).attributes).toMatchObject({
      "error.handled": ["false"],
      "error.unhandled": ["true"],
    });
    const message = factsOfRow(row({ exceptionType: "", exceptionValue: "" })).attributes;
    expect(message).not.toHaveProperty(["error.handled"]);
  });

  it("have the whole chain and stack when the payload is there", () => {
    const frames = [
      { filename: "src/a.js", function: "a" },
      { filename: "src/b.js" },
      { filename: "src/a.js" },
    ];
    const payload = JSON.stringify({
      exception: {
        values: [{ type: "Cause" }, { type: "TypeError", value: "boom", stacktrace: { frames } }],
      },
      contexts: { response: { status_code: 503 } },
    });
    expect(factsOfRow(row({ payload })).attributes).toMatchObject({
      "exception.type": ["Cause", "TypeError"],
      "stacktrace.filename": ["src/a.js", "src/b.js"],
      "stacktrace.function": ["a"],
      "http.status_code": ["503"],
    });
  });
});
