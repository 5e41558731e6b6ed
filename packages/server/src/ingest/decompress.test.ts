import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ByteBudget } from "./byte-budget.js";
import { decompress } from "./decompress.js";
import { Refusal } from "./refusal.js";

const mib = 1024 * 1024;
const limits = { maxInflatedBytes: 100 * mib, retrySeconds: 7 };

/** A frame of blocks of zeros: header with a window of 128 KiB, then run-length blocks of 128 KiB each. */
function zstdZeros(blocks: number): Buffer {
  const block = Buffer.alloc(4);
  const last = Buffer.alloc(4);
  block.writeUIntLE((131_072 << 3) | 0b010, 0, 3);
  last.writeUIntLE((131_072 << 3) | 0b011, 0, 3);
  const head = Buffer.from("28b52ffd0038", "hex");
  return Buffer.concat([head, ...Array.from({ length: blocks - 1 }, () => block), last]);
}

/** `{}`, an event and thirty extras, as the zstd command line packs them (with and without the content's size). */
const zstdSamples = {
  "known size":
    "KLUv/WR7A3UFABJJHBhwrQ5ATpjXildaNqqqT7tLti1emPq/NUXTdCljhPA951pjbC1mtdSSMkYI33OuNcbWYuZlKWOE8D3nWmNsLebiG1zoSlvpZdV2Y1DnO6+KSztPl/r0N/gKlYk2MYwmvvM9UIbp4xVppz/fClQvAZMUPKgRsDPtx3bAk2QNESAEIzCTCCfCrA/IXby8+pVaXXy8eEdbkUlnTCqmOZ7zHM/Zd5ot/Mq2VgggahT7sPk=",
  "a stream":
    "KLUv/QRY9QYA8ggbG3C16mCrqMUeHiNWQHFo+n/4+r6/JaCS+j//TO/9////////v23btm3btt00DLMsipIkCHIcv/0UizrZVkIZoYFpYGsqqhpPHaquqB2yWBSdJgVggbEUFFUzsCQpB3XEayPklFVNCKDVEc8FOyBAIwmSHlTGBzCxgBszQMQH2FiAEzMg4wOYWMCNGSDiqxMwurHMDU5uzOIGAje+twFzG0vb4NjGbG0gauNLGzC0sZwNzmzMZYNGloux14k1WBXwrQws9cJMFfBVFhb1wKxK+FQGFlCvYbAgatUMFPuw+Q==",
} as const;

async function gzipZeros(bytes: number): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(mib);
  for (let written = 0; written < bytes; written += mib) {
    await new Promise((resolve) => gzip.write(zeros, resolve));
  }
  await new Promise<void>((resolve) => gzip.once("end", resolve).end());
  return Buffer.concat(chunks);
}

/** What a request's body becomes, and how many bytes of the budget it still holds. */
async function run(body: Buffer, encoding: string, { maxInFlight = 1024 * mib } = {}) {
  const budget = new ByteBudget(maxInFlight);
  const share = budget.open();
  const result = await decompress(body, encoding, { share, limits });
  const held = budget.usedBytes;
  share.close();
  return { result, held, left: budget.usedBytes };
}

describe("decompression", () => {
  it.each(Object.entries(zstdSamples))("reads zstd of %s", async (_what, base64) => {
    const { result } = await run(Buffer.from(base64, "base64"), "zstd");
    const text = (result as Buffer).toString("utf8");
    expect(text.startsWith('{}\n{"type":"event"}\n{"message": "hello zstd "')).toBe(true);
    expect(JSON.parse(text.split("\n")[2] ?? "")).toMatchObject({
      extra: { k29: "value 29 repeated repeated" },
    });
  });

  it("reads several zstd frames in a row", async () => {
    const { result } = await run(Buffer.concat([zstdZeros(1), zstdZeros(2)]), "zstd");
    expect((result as Buffer).length).toBe(3 * 131_072);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", (body: Buffer) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const)("reads large %s bodies off the thread", async (encoding, pack) => {
    const body = Buffer.from("0123456789abcdef".repeat(200_000));
    const { result, held, left } = await run(pack(body), encoding);
    expect((result as Buffer).equals(body)).toBe(true);
    expect(held).toBeGreaterThanOrEqual(body.length);
    expect(left).toBe(0);
  });

  it.each(["gzip", "deflate", "br", "zstd"])("answers 400 to %s data that is none", async (encoding) => {
    const { result } = await run(Buffer.from([120, 156, 1, 2, 3, 4, 5, 6, 7]), encoding);
    expect(result).toMatchObject({ code: "invalid_body", status: 400 });
  });

  it.each(["gzip", "deflate", "br", "zstd"])("answers 400 to %s data that ends early", async (encoding) => {
    const text = Buffer.from("some text that is packed ".repeat(100));
    const packed = {
      gzip: gzipSync(text),
      deflate: deflateSync(text),
      br: brotliCompressSync(text),
      zstd: zstdZeros(3),
    };
    const whole = packed[encoding as keyof typeof packed];
    const { result } = await run(whole.subarray(0, whole.length - 5), encoding);
    expect(result).toMatchObject({ code: "invalid_body" });
  });

  it.each([
    ["gzip", () => gzipZeros(1024 * mib)],
    [
      "br",
      async () =>
        brotliCompressSync(Buffer.alloc(512 * mib), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    ],
    ["zstd", async () => zstdZeros(8_192)],
  ] as const)(
    "gives up a %s bomb at the limit, within its memory",
    async (encoding, make) => {
      const bomb = await make();
      expect(bomb.length).toBeLessThan(2 * mib);
      const before = process.memoryUsage.rss();
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss());
      }, 5);
      const { result, left } = await run(bomb, encoding);
      clearInterval(watch);
      expect(result).toMatchObject({ code: "too_large", status: 413 });
      expect(left).toBe(0);
      expect(peak - before).toBeLessThan(limits.maxInflatedBytes + 60 * mib);
    },
    60_000,
  );

  it.each([
    ["gzip", () => gzipSync(Buffer.alloc(20 * mib))],
    ["zstd", () => zstdZeros(160)],
  ] as const)("answers 429 when the budget has no room for a %s body", async (encoding, make) => {
    const { result, left } = await run(make(), encoding, { maxInFlight: 5 * mib });
    expect(result).toMatchObject({ code: "busy", limits: [{ retryAfterSeconds: 7, categories: [] }] });
    expect(left).toBe(0);
  });

  it.each([
    ["a window of gigabytes", Buffer.from("28b52ffd00b0010000", "hex")],
    ["a dictionary", Buffer.from("28b52ffd0138010100", "hex")],
    ["a skippable frame", Buffer.from("502a4d18ffffffff", "hex")],
    ["a block of the reserved type", Buffer.from("28b52ffd0038070000", "hex")],
    [
      "a thousand empty frames",
      Buffer.concat(Array.from({ length: 1_000 }, () => Buffer.from("28b52ffd0038010000", "hex"))),
    ],
  ])("refuses zstd with %s before it costs anything", async (_what, body) => {
    expect((await run(body, "zstd")).result).toBeInstanceOf(Refusal);
  });

  it("refuses zstd whose blocks would move the window too often", async () => {
    const block = Buffer.from([0x0a, 0, 0, 0]);
    const head = Buffer.from("28b52ffd0068", "hex");
    const body = Buffer.concat([head, ...Array.from({ length: 60_000 }, () => block)]);
    const started = performance.now();
    expect((await run(body, "zstd")).result).toMatchObject({ code: "too_large" });
    expect(performance.now() - started).toBeLessThan(500);
  });
});
