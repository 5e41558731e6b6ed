import type { NormalisedEvent } from "@vedette/protocol";
import { expect, it } from "vitest";
import { createLog } from "../../shared/log.js";
import { samplePayload } from "../notify.test-suite.js";
import { excerptOf } from "./excerpt.js";
import { loadExcerpt } from "./load-excerpt.js";

const event = (parts: Partial<NormalisedEvent>): NormalisedEvent => ({
  event_id: "a".repeat(32),
  timestamp: 1,
  received: 1,
  type: "error",
  ...parts,
});
const own = { function: "mine", filename: "src/mine.ts", in_app: true };
const library = { function: "theirs", filename: "node_modules/x.js", in_app: false };

it("names the innermost frame of the application", () => {
  const stacktrace = { frames: [own, { ...own, function: "inner" }, library] };
  const excerpt = excerptOf(event({ exception: { values: [{ type: "E", value: "v", stacktrace }] } }));
  expect(excerpt).toMatchObject({ exceptionType: "E", value: "v", frame: { function: "inner" } });
});

it("names the innermost frame when none is of the application", () => {
  const stacktrace = { frames: [{ ...library, function: "outer" }, library] };
  expect(excerptOf(event({ exception: { values: [{ stacktrace }] } })).frame?.function).toBe("theirs");
});

it("takes the stack of the cause when the raised exception has none", () => {
  const values = [
    { type: "Cause", stacktrace: { frames: [own] } },
    { type: "Raised", value: "top" },
  ];
  expect(excerptOf(event({ exception: { values } }))).toMatchObject({
    exceptionType: "Raised",
    frame: { function: "mine" },
  });
});

it("takes the crashed thread's stack when there is no exception", () => {
  const threads = {
    values: [
      { current: true, stacktrace: { frames: [library] } },
      { crashed: true, stacktrace: { frames: [own] } },
    ],
  };
  expect(excerptOf(event({ threads })).frame?.function).toBe("mine");
});

it("takes the message of an event without exception", () => {
  expect(excerptOf(event({ logentry: { message: "%s failed", formatted: "it failed" } })).value).toBe(
    "it failed",
  );
  expect(excerptOf(event({}))).toMatchObject({ value: null, frame: null });
});

it("goes without the event when the store does not answer", async () => {
  const lines: string[] = [];
  const log = createLog({ human: false, write: (line) => void lines.push(line) });
  const events = { query: () => Promise.reject(new Error("engine is away")) };
  expect(await loadExcerpt({ events, log }, samplePayload())).toBeNull();
  expect(lines.join("")).toContain("engine is away");
});
