/** What a made-up dump holds. */
export interface DumpParts {
  readonly platformId?: number;
  readonly architecture?: number;
  readonly code?: number;
  readonly flags?: number;
  readonly address?: bigint;
  readonly threadId?: number;
}

/** A dump of two streams, system and exception, as Crashpad lays them out; for the tests of both ends. */
export function makeDump(parts: DumpParts = {}): Buffer {
  const dump = Buffer.alloc(400);
  dump.write("MDMP", 0, "latin1");
  dump.writeUInt32LE(0xa793, 4);
  dump.writeUInt32LE(2, 8);
  dump.writeUInt32LE(32, 12);
  dump.writeUInt32LE(1_790_000_000, 20);
  writeEntry(dump, 32, { type: 7, size: 56, at: 64 });
  writeEntry(dump, 44, { type: 6, size: 168, at: 128 });
  dump.writeUInt16LE(parts.architecture ?? 9, 64);
  dump.writeUInt8(8, 70);
  [10, 0, 19_045].forEach((part, index) => dump.writeUInt32LE(part, 72 + index * 4));
  dump.writeUInt32LE(parts.platformId ?? 2, 84);
  dump.writeUInt32LE(320, 88);
  dump.writeUInt32LE(8, 320);
  dump.write("SP1!", 324, "utf16le");
  dump.writeUInt32LE(parts.threadId ?? 4_242, 128);
  dump.writeUInt32LE(parts.code ?? 0xc0000005, 136);
  dump.writeUInt32LE(parts.flags ?? 0, 140);
  dump.writeBigUInt64LE(parts.address ?? 0x7ff6_1234_abcdn, 152);
  return dump;
}

function writeEntry(dump: Buffer, at: number, entry: { type: number; size: number; at: number }): void {
  dump.writeUInt32LE(entry.type, at);
  dump.writeUInt32LE(entry.size, at + 4);
  dump.writeUInt32LE(entry.at, at + 8);
}
