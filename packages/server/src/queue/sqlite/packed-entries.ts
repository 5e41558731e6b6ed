/** One entry as it lies in the file: the item as JSON text, the body as sent. */
export interface PackedEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly item: Buffer;
  readonly body: Buffer;
}

const headBytes = 16;

/** Bytes which an entry takes when packed. */
export function packedBytes(entry: PackedEntry): number {
  return headBytes + entry.item.length + entry.body.length;
}

/**
 * Copies entries into one block which can be handed to another thread. A copy, because bodies are often slices
 * of one envelope or of Node's buffer pool, which must not leave this thread; 11 KB take about 1 µs.
 */
export function packEntries(entries: readonly PackedEntry[]): ArrayBuffer {
  const block = new ArrayBuffer(entries.reduce((sum, entry) => sum + packedBytes(entry), 0));
  const buffer = Buffer.from(block);
  let offset = 0;
  for (const { at, item, body } of entries) {
    buffer.writeDoubleLE(at, offset);
    buffer.writeUInt32LE(item.length, offset + 8);
    buffer.writeUInt32LE(body.length, offset + 12);
    offset += headBytes;
    offset += item.copy(buffer, offset);
    offset += body.copy(buffer, offset);
  }
  return block;
}

/** The entries of a block, as views into it. */
export function* unpackEntries(block: ArrayBuffer): Generator<PackedEntry> {
  const buffer = Buffer.from(block);
  for (let offset = 0; offset < buffer.length;) {
    const bodyStart = offset + headBytes + buffer.readUInt32LE(offset + 8);
    const end = bodyStart + buffer.readUInt32LE(offset + 12);
    yield {
      at: buffer.readDoubleLE(offset),
      item: buffer.subarray(offset + headBytes, bodyStart),
      body: buffer.subarray(bodyStart, end),
    };
    offset = end;
  }
}
