import * as fc from "fast-check";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { envelopeText, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";
import { makeDump } from "./minidump.test-suite.js";
import { topLevelText } from "./top-level-text.js";

let edge: TestEdge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const query = `?sentry_key=${testKey}&sentry_data=e30`;
const paths = [
  "/api/1/envelope/",
  "/api/1/store/",
  "/api/1/security/",
  "/api/1/nel/",
  "/api/1/minidump/",
  `/api/1/unreal/${testKey}/`,
  "/api/1/events/9ec79c33ec9942ab8353589fcb2e04dc/attachments/",
  "/api/1/cron/nightly/",
  "/api/1/integration/otlp/v1/traces/",
];
const contentTypes = [
  "application/json",
  "application/octet-stream",
  "multipart/form-data; boundary=X",
  "multipart/form-data",
  "text/plain",
];
const encodings = ["", "gzip", "deflate", "br", "zstd", "identity"];
const seeds = [
  Buffer.from(
    envelopeText(
      { event_id: "9ec79c33ec9942ab8353589fcb2e04dc" },
      [{ type: "event" }, '{"message":"hi"}'],
      [{ type: "attachment", length: 3 }, "abc"],
    ),
  ),
  gzipSync("{}\n"),
  makeDump(),
  Buffer.from(
    '--X\r\nContent-Disposition: form-data; name="upload_file_minidump"; filename="a"\r\n\r\nMDMP\r\n--X--\r\n',
  ),
  Buffer.from("28b52ffd0038010000", "hex"),
];

/** A seed with some bytes replaced, or random bytes. */
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(1_000), fc.oneof(fc.constantFrom(10, 34, 123, 125, 0, 255), fc.nat(255))), {
        maxLength: 12,
      }),
      fc.nat(1_000),
    )
    .map(([seed, changes, cut]) => {
      const copy = Buffer.from(seed);
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return cut < 300 ? copy.subarray(0, cut % copy.length) : copy;
    }),
);

describe("hostile input", () => {
  it("never gets a 5xx, whatever is sent where", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ path: fc.constantFrom(...paths), payload: anyBody }),
        fc.record({
          "content-type": fc.constantFrom(...contentTypes),
          "content-encoding": fc.constantFrom(...encodings),
        }),
        async ({ path, payload }, headers) => {
          const response = await edge.app.inject({ method: "POST", url: path + query, headers, payload });
          expect(response.statusCode).toBeLessThan(500);
          const detail: unknown = response.statusCode < 400 ? "" : response.json().detail;
          expect(typeof detail).toBe("string");
        },
      ),
      { numRuns: 1_500 },
    );
    expect(edge.logged).toEqual([]);
  }, 60_000);

  it("never gets a 5xx for any query, path or auth header", async () => {
    const noise = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, "?"));
    await fc.assert(
      fc.asyncProperty(noise, noise, noise, async (segment, search, auth) => {
        const url = `/api/${encodeURIComponent(segment)}/envelope/?${encodeURI(search)}`;
        const headers = { "x-sentry-auth": `Sentry ${auth}`, authorization: auth };
        const response = await edge.app.inject({ method: "POST", url, headers, payload: "{}" });
        expect(response.statusCode).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe("the look for a text at the top level", () => {
  it("finds what JSON.parse finds", () => {
    const key = fc.constantFrom("event_id", "type", "a", '"event_id"', "event_id\\", "{");
    const value = fc.oneof(fc.string({ maxLength: 10 }), key, fc.jsonValue({ maxDepth: 3 }));
    const found = (object: Record<string, unknown>, indent: number) =>
      topLevelText(Buffer.from(JSON.stringify(object, null, indent)), "event_id");
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.constantFrom(0, 2), (object, indent) => {
        const own = object["event_id"];
        // Texts that JSON escapes are no ids: whatever is found for them is refused later.
        fc.pre(typeof own !== "string" || /^[\x20-\x7e]*$/.test(own.replaceAll(/["\\]/g, "\n")));
        expect(found(object, indent)).toBe(typeof own === "string" ? own : undefined);
      }),
      { numRuns: 2_000 },
    );
    expect(found({ a: { event_id: "inner" }, event_id: "outer" }, 0)).toBe("outer");
  });
});
