import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

const mib = 1_048_576;

/** Bodies of a few hundred KB that become `inflatedMb` MiB of zeros, by content encoding. */
export function bombs(inflatedMb: number): ReadonlyMap<string, Buffer> {
  const zeros = Buffer.alloc(inflatedMb * mib, 0x30);
  return new Map([
    ["gzip", gzipSync(zeros, { level: 1 })],
    ["deflate", deflateSync(zeros, { level: 1 })],
    ["br", brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ["zstd", zstdOfOneByte(inflatedMb * mib)],
  ]);
}

/**
 * A zstd frame of repeated bytes, written by hand since Node 20 cannot: four bytes for each 128 KiB (RFC 8878, blocks
 * of type RLE).
 */
function zstdOfOneByte(bytes: number): Buffer {
  const blockBytes = 128 * 1_024;
  const blocks = Math.ceil(bytes / blockBytes);
  // Magic number; no content size, window descriptor of 128 KiB.
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
  const body = Buffer.alloc(blocks * 4);
  for (let block = 0; block < blocks; block++) {
    const isLast = block === blocks - 1 ? 1 : 0;
    body.writeUIntLE(isLast | (1 << 1) | (blockBytes << 3), block * 4, 3);
    body[block * 4 + 3] = 0x30;
  }
  return Buffer.concat([head, body]);
}
