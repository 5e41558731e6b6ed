import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultProjectSettings } from "../../domain/project-settings.js";
import { filterEvent } from "../filter/filter-event.js";
import { titleOf } from "./event-title.js";
import { indexTags } from "./index-tags.js";
import { normaliseEvent } from "./normalise-event.js";
import { parsePayload } from "./parse-payload.js";
import { testContext } from "./payload.test-kit.js";
import { securityReportToEvents } from "./security-report.js";

const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

/** Field names the normaliser looks at, so that random values reach it. */
const names = fc.constantFrom(
  ...(
    "exception values type value stacktrace frames filename abs_path lineno vars mechanism meta signal threads " +
    "request url headers cookies query_string data env user id ip_address geo contexts trace trace_id " +
    "tags release dist environment message logentry params formatted breadcrumbs timestamp level platform " +
    "sdk settings packages debug_meta images fingerprint extra modules errors _meta template spans " +
    "measurements start_timestamp transaction __proto__ constructor csp-report body toString"
  ).split(" "),
);

const { likeEvent } = fc.letrec<{ likeEvent: unknown; node: unknown }>((tie) => ({
  node: fc.oneof({ depthSize: "small" }, anyJson, fc.array(tie("node"), { maxLength: 3 }), tie("likeEvent")),
  likeEvent: fc
    .array(fc.tuple(names, tie("node")), { maxLength: 12 })
    .map((entries) => Object.fromEntries(entries)),
}));

/** Sends a value over the wire, as text that may hold lone surrogates. */
function received(value: unknown): unknown {
  const result = parsePayload(Buffer.from(JSON.stringify(value)));
  expect(result.ok).toBe(true);
  return result.ok ? result.value : null;
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [key, ...stringsOf(entry)]);
}

const options = { numRuns: 400 };

describe("normaliseEvent on any JSON", () => {
  it("never throws, and leaves only well-formed JSON without NUL", () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, likeEvent), (payload) => {
        const result = normaliseEvent(received(payload), testContext());
        if (!result.ok) return;
        expect(JSON.parse(JSON.stringify(result.event))).toEqual(result.event);
        expect(stringsOf(result.event).every((entry) => entry.isWellFormed() && !entry.includes("\0"))).toBe(
          true,
        );
      }),
      options,
    );
  });

  it("changes nothing when its result is normalised again", () => {
    fc.assert(
      fc.property(likeEvent, (payload) => {
        const first = normaliseEvent(received(payload), testContext());
        if (!first.ok) return;
        const { _meta: _firstMeta, errors: _firstErrors, ...event } = first.event;
        const again = normaliseEvent(JSON.parse(JSON.stringify(event)), testContext());
        expect(again.ok).toBe(true);
        if (!again.ok) return;
        const { _meta: _secondMeta, errors: _secondErrors, ...second } = again.event;
        expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(JSON.stringify(event)));
      }),
      options,
    );
  });

  it("does not change the payload", () => {
    fc.assert(
      fc.property(likeEvent, (payload) => {
        const value = received(payload);
        const before = JSON.stringify(value);
        normaliseEvent(value, testContext());
        expect(JSON.stringify(value)).toBe(before);
      }),
      options,
    );
  });

  it("lets title, tags, filters and reports live with whatever comes", () => {
    const settings = {
      ...defaultProjectSettings.filters,
      browserExtensions: true,
      legacyBrowsers: true,
      localhost: true,
    };
    fc.assert(
      fc.property(likeEvent, (payload) => {
        const value = received(payload);
        securityReportToEvents(value, { header: {}, receivedAt: 0, clientIp: "", userAgent: "" });
        const result = normaliseEvent(value, testContext());
        if (!result.ok) return;
        expect(titleOf(result.event).title).not.toBe("");
        expect(Object.values(indexTags(result.event)).every((tag) => tag !== "" && tag.length <= 200)).toBe(
          true,
        );
        filterEvent(result.event, testContext(), settings);
      }),
      options,
    );
  });
});
