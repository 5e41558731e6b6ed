import { crc32 } from "node:zlib";

/**
 * Checksum kept with a record. SQLite notices a damaged page of its tree but not one that holds only content,
 * so salvaging compares it.
 */
export function recordCrc(item: Buffer, body: Buffer): number {
  return crc32(body, crc32(item));
}
