import { gzipSync } from "node:zlib";
import { encode } from "@msgpack/msgpack";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { envelopeText, sentryAuth, startEdge, testKey } from "./edge.test-suite.js";
import type { TestEdge } from "./edge.test-suite.js";
import { readMinidumpHeader } from "./minidump-header.js";
import { makeDump } from "./minidump.test-suite.js";

const eventId = "9ec79c33ec9942ab8353589fcb2e04dc";
const otherId = "11111111111111112222222222222222";
const url = `/api/1/minidump/?sentry_key=${testKey}`;

interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly data: string | Uint8Array;
}

function form(parts: readonly Part[], boundary = "XBOUND"): Buffer {
  const chunks = parts.flatMap(({ name, filename, data }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(filename === undefined ? "\r\n\r\n" : `; filename="${filename}"\r\n\r\n`),
    typeof data === "string" ? Buffer.from(data) : data,
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

let edge: TestEdge;
let seen = 0;
beforeAll(async () => {
  edge = await startEdge();
});
beforeEach(async () => {
  seen = (await edge.records()).length;
});
afterAll(() => edge.close());

const fresh = async () => (await edge.records()).slice(seen);
const dumpPart = (data: Uint8Array = makeDump(), filename = "crash.dmp"): Part => ({
  name: "upload_file_minidump",
  filename,
  data,
});
const upload = (parts: readonly Part[]) =>
  edge.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "multipart/form-data; boundary=XBOUND" },
    payload: form(parts),
  });
const bodyOf = async (): Promise<Record<string, unknown>> =>
  JSON.parse((await fresh())[0]?.body.toString() ?? "null") as Record<string, unknown>;

describe("the minidump endpoint", () => {
  it("stores a dump and hands its header on", async () => {
    const response = await upload([dumpPart(), { name: "prod", data: "game" }]);
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toContain("text/plain");
    const [record] = await fresh();
    expect(record?.item).toMatchObject({
      type: "minidump",
      eventId: response.body.replaceAll("-", ""),
      attachments: [{ name: "crash.dmp", attachmentType: "event.minidump", sizeBytes: 400 }],
    });
    expect(await edge.blobs.get(record?.item.attachments[0]?.blobKey ?? "")).toEqual(makeDump());
    expect(await bodyOf()).toMatchObject({
      header: {
        system: { platformId: 2, version: "10.0.19045" },
        exception: { code: 0xc0000005, threadId: 4_242 },
      },
      extra: [["prod", "game"]],
    });
  });

  it.each(["application/octet-stream", "application/x-dmp"])(
    "takes a raw dump as %s",
    async (contentType) => {
      const response = await edge.app.inject({
        method: "POST",
        url: `/api/1/minidump?sentry_key=${testKey}`,
        headers: { "content-type": contentType },
        payload: makeDump(),
      });
      expect(response.statusCode).toBe(200);
      expect((await fresh())[0]?.item.type).toBe("minidump");
    },
  );

  it("unpacks a gzip dump and drops that ending of its name", async () => {
    await upload([dumpPart(gzipSync(makeDump()), "crash.dmp.gz")]);
    expect((await fresh())[0]?.item.attachments).toMatchObject([{ name: "crash.dmp", sizeBytes: 400 }]);
  });

  it("opens a form inside the dump part", async () => {
    const response = await upload([dumpPart(form([dumpPart()], "inner--42"))]);
    expect(response.statusCode).toBe(200);
    expect((await fresh())[0]?.item.attachments).toMatchObject([{ sizeBytes: 400 }]);
  });

  it.each([
    ["the packed event", [{ name: "__sentry-event", filename: "e", data: encode({ event_id: eventId }) }]],
    ["the event JSON", [{ name: "sentry", data: `{"event_id":"${eventId}"}` }]],
    [
      "pieces of the event JSON",
      [
        { name: "sentry__2", data: `"${eventId}"}` },
        { name: "sentry__1", data: '{"event_id":' },
      ],
    ],
    ["a bracketed field", [{ name: "sentry[event_id]", data: eventId }]],
  ])("takes the event id from %s", async (_where, parts) => {
    const later = { name: "sentry[event_id]", data: otherId };
    const response = await upload([dumpPart(), ...parts, later]);
    expect(response.body.replaceAll("-", "")).toBe(eventId);
  });

  it("keeps other files as attachments and pieces out of them", async () => {
    const crumb = encode({ message: "one" });
    await upload([
      dumpPart(),
      { name: "__sentry-breadcrumb1", filename: "b1", data: crumb },
      { name: "view-hierarchy.json", filename: "view-hierarchy.json", data: "{}" },
      { name: "log", filename: "log.txt", data: "a log" },
    ]);
    const [record] = await fresh();
    expect(record?.item.attachments.map((one) => [one.name, one.attachmentType])).toEqual([
      ["crash.dmp", "event.minidump"],
      ["view-hierarchy.json", "event.view_hierarchy"],
      ["log.txt", "event.attachment"],
    ]);
    expect(await bodyOf()).toMatchObject({ packedBreadcrumbs: [Buffer.from(crumb).toString("base64")] });
  });

  it.each([
    ["no dump", [{ name: "other", filename: "x", data: "x" }], "missing minidump"],
    ["a dump that is none", [dumpPart(Buffer.from("hello"))], "invalid minidump"],
    ["damaged gzip", [dumpPart(Buffer.from([0x1f, 0x8b, 1, 2, 3]))], "invalid minidump"],
  ])("refuses %s", async (_what, parts, detail) => {
    const response = await upload(parts);
    expect([response.statusCode, response.json().detail]).toEqual([400, detail]);
  });

  it("refuses forms that are none", async () => {
    const headers = { "content-type": "text/plain" };
    const response = await edge.app.inject({ method: "POST", url, headers, payload: "hello" });
    expect([response.statusCode, response.json().detail]).toEqual([400, "invalid multipart data"]);
  });

  it("makes a minidump record of an envelope's event and its dump", async () => {
    const dump = makeDump()
      .toString("latin1")
      .replaceAll(/[^\0-\x7f]/g, "?");
    const header = { type: "attachment", length: 400, attachment_type: "event.minidump", filename: "m.dmp" };
    await edge.app.inject({
      method: "POST",
      url: "/api/1/envelope/",
      headers: sentryAuth(),
      payload: envelopeText({ event_id: eventId }, [{ type: "event" }, '{"release":"1"}'], [header, dump]),
    });
    expect((await fresh()).map(({ item }) => [item.type, item.eventId])).toEqual([["minidump", eventId]]);
    expect(await bodyOf()).toMatchObject({ event: '{"release":"1"}', header: { system: {} } });
  });
});

describe("attachments of an earlier event", () => {
  const send = (id: string, parts: readonly Part[]) =>
    edge.app.inject({
      method: "POST",
      url: `/api/1/events/${id}/attachments/`,
      headers: { ...sentryAuth(), "content-type": "multipart/form-data; boundary=XBOUND" },
      payload: form(parts),
    });

  it("takes every file of the form", async () => {
    const files = ["a.txt", "b.txt"].map((filename) => ({ name: "f", filename, data: filename }));
    const response = await send(eventId, [...files, { name: "note", data: "no file" }]);
    expect([response.statusCode, response.body]).toEqual([201, ""]);
    const [record] = await fresh();
    expect(record?.item).toMatchObject({ type: "attachment", eventId });
    expect(record?.item.attachments.map(({ name }) => name)).toEqual(["a.txt", "b.txt"]);
  });

  it("refuses an id that is none, and a cut form", async () => {
    expect((await send("nonsense", [])).json().detail).toBe("invalid event id");
    const cut = await edge.app.inject({
      method: "POST",
      url: `/api/1/events/${eventId}/attachments/`,
      headers: { ...sentryAuth(), "content-type": "multipart/form-data; boundary=XBOUND" },
      payload: form([{ name: "f", filename: "a", data: "abcdef" }]).subarray(0, 70),
    });
    expect([cut.statusCode, cut.json().detail]).toEqual([400, "invalid multipart data"]);
  });
});

describe("the header of a dump", () => {
  it("survives offsets that point anywhere", () => {
    for (let at = 4; at < 200; at += 4) {
      const dump = makeDump();
      dump.writeUInt32LE(0xffffffff, at);
      expect(readMinidumpHeader(dump)).not.toBeNull();
      expect(readMinidumpHeader(dump.subarray(0, at))).not.toBeNull();
    }
  });
});
