import { Decompress } from "fzstd";
import type { ByteShare } from "./byte-budget.js";
import type { InflateLimits } from "./decompress.js";
import { Refusal, busyRefusal, tooLargeRefusal } from "./refusal.js";

/** Zstandard as in RFC 8878. */
const frameMagic = 0xfd2fb528;
const maxBlockBytes = 128 * 1024;
/** RFC 8878 (3.1.1.1.2) tells decoders to take windows up to 8 MiB and lets them refuse larger ones. */
const maxWindowBytes = 8 * 1024 * 1024;
const maxBlocks = 65_536;
const maxFrames = 256;
/** fzstd moves its whole window for each block; this bounds the bytes moved for one body (about 2 s, in slices). */
const maxMovedBytes = 16 * 1024 ** 3;
/** Other requests get their turn after this many bytes moved or made. */
const sliceBytes = 64 * 1024 * 1024;

interface Block {
  /** Offset behind the block (and behind the checksum, for a frame's last one). */
  readonly end: number;
  /** What decoding it can cost: window moved and bytes made at most. */
  readonly work: number;
  readonly maxOutputBytes: number;
}

/**
 * Decompresses Zstandard under hard bounds. The frame and block headers, which say how much memory and work the rest
 * can cost, are checked before anything is decoded; decoding yields to other requests between slices.
 */
export async function zstdDecompress(
  body: Buffer,
  { share, limits }: { share: ByteShare; limits: InflateLimits },
): Promise<Buffer | Refusal> {
  const fault = checkFrames(body, limits);
  if (fault) return fault;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const decoder = new Decompress((chunk) => {
    bytes += chunk.length;
    if (chunk.length > 0) chunks.push(chunk);
  });
  let pushedTo = 0;
  let work = 0;
  try {
    for (const block of blocksOf(body)) {
      if (!share.take(block.maxOutputBytes)) return busyRefusal(limits.retrySeconds);
      work += block.work;
      if (work < sliceBytes && block.end < body.length) continue;
      decoder.push(body.subarray(pushedTo, block.end), block.end === body.length);
      pushedTo = block.end;
      work = 0;
      if (bytes > limits.maxInflatedBytes) return tooLargeRefusal("envelope");
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch {
    // fzstd throws for damaged data only, and by many names.
    return damaged();
  }
  if (!share.take(bytes)) return busyRefusal(limits.retrySeconds);
  return Buffer.concat(chunks, bytes);
}

function checkFrames(body: Buffer, limits: InflateLimits): Refusal | null {
  let [blocks, moved, output] = [0, 0, 0];
  try {
    for (const block of blocksOf(body)) {
      blocks += 1;
      moved += block.work;
      output += block.maxOutputBytes;
      if (blocks > maxBlocks || moved > maxMovedBytes) return tooLargeRefusal("envelope");
      // A compressed block may make less than it could: only what is certainly too much is refused here.
      if (output > 4 * limits.maxInflatedBytes + maxBlockBytes) return tooLargeRefusal("envelope");
    }
  } catch (error) {
    if (error instanceof RangeError) return damaged();
    throw error;
  }
  return blocks === 0 ? damaged() : null;
}

/** Walks the blocks of all frames. Throws a RangeError when the data ends early or breaks a rule. */
function* blocksOf(body: Buffer): Generator<Block> {
  let at = 0;
  for (let frames = 1; at < body.length; frames += 1) {
    if (frames > maxFrames) throw new RangeError("too many frames");
    const frame = readFrameHeader(body, at);
    at = frame.end;
    for (let last = false; !last;) {
      const head = body.readUIntLE(at, 3);
      last = (head & 1) === 1;
      const [type, size] = [(head >> 1) & 3, head >> 3];
      if (type === 3 || size > maxBlockBytes) throw new RangeError("a block breaks the format");
      at += 3 + (type === 1 ? 1 : size) + (last && frame.hasChecksum ? 4 : 0);
      if (at > body.length) throw new RangeError("the data ends early");
      const maxOutputBytes = type === 2 ? maxBlockBytes : size;
      yield { end: at, maxOutputBytes, work: frame.windowBytes + maxOutputBytes };
    }
  }
}

interface FrameHeader {
  readonly end: number;
  /** Memory the decoder sets aside; the content's size when the frame is one segment. */
  readonly windowBytes: number;
  readonly hasChecksum: boolean;
}

function readFrameHeader(body: Buffer, at: number): FrameHeader {
  if (body.readUInt32LE(at) !== frameMagic) throw new RangeError("not a frame");
  const flags = body.readUInt8(at + 4);
  const single = (flags & 0x20) !== 0;
  if ((flags & 0x0b) !== 0) throw new RangeError("dictionaries and reserved bits are not supported");
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
  const sizeAt = at + (single ? 5 : 6);
  const windowBytes = single ? contentSize(body, sizeAt, sizeBytes) : windowSize(body.readUInt8(at + 5));
  if (windowBytes > maxWindowBytes) throw new RangeError("the window is too large");
  return { end: sizeAt + sizeBytes, windowBytes, hasChecksum: (flags & 4) !== 0 };
}

function contentSize(body: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(body.readBigUInt64LE(at));
  return body.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function damaged(): Refusal {
  return new Refusal("invalid_body", { causes: ["the body does not match its content encoding"] });
}
