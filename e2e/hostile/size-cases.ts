import { gzipSync } from "node:zlib";
import { bombs } from "./bombs.js";
import { envelope, ordinaryEvent } from "./envelopes.js";
import type { HostileCase } from "./hostile-case.js";

const mib = 1_048_576;

/** Requests that are large, or become large. Refused with 413, each counted once. */
export const sizeCases: readonly HostileCase[] = [
  {
    name: "a body of 100 MB",
    post: () => ({ body: Buffer.alloc(100 * mib, 0x61) }),
    statuses: [413],
    counted: 1,
  },
  {
    name: "an event of 5 MB",
    post: () => ({ body: envelope(ordinaryEvent({ message: "x".repeat(5 * mib) })) }),
    statuses: [413],
    counted: 1,
  },
  {
    name: "an event of 90 MB, compressed",
    post: () => ({
      body: gzipSync(envelope(ordinaryEvent({ message: "x".repeat(90 * mib) })), { level: 1 }),
      headers: { "Content-Encoding": "gzip" },
    }),
    statuses: [413],
    counted: 1,
  },
  ...["gzip", "deflate", "br", "zstd"].map((encoding) => ({
    name: `a bomb in ${encoding}`,
    post: () => ({ body: bombOf(encoding), headers: { "Content-Encoding": encoding } }),
    statuses: [413],
    counted: 1,
  })),
];

/** 200 MiB each, twice what is taken; made once. */
let made: ReadonlyMap<string, Buffer> | undefined;

/** The bomb of this encoding. @throws Error when there is none */
export function bombOf(encoding: string): Buffer {
  made ??= bombs(200);
  const bomb = made.get(encoding);
  if (!bomb) throw new Error(`no bomb in ${encoding}`);
  return bomb;
}
