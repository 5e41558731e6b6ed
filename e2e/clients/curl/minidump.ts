const headerBytes = 32;
const entryBytes = 12;
const exceptionAt = headerBytes + entryBytes;
const exceptionBytes = 168;
const exceptionStream = 6;
const accessViolation = 0xc0000005;

/** The smallest dump that says something: a header and one exception stream (minidumpapiset.h). */
export function smallMinidump(): Buffer {
  const dump = Buffer.alloc(exceptionAt + exceptionBytes);
  dump.write("MDMP", 0, "latin1");
  dump.writeUInt32LE(0xa793, 4);
  dump.writeUInt32LE(1, 8);
  dump.writeUInt32LE(headerBytes, 12);
  dump.writeUInt32LE(Math.floor(Date.now() / 1000), 20);
  dump.writeUInt32LE(exceptionStream, headerBytes);
  dump.writeUInt32LE(exceptionBytes, headerBytes + 4);
  dump.writeUInt32LE(exceptionAt, headerBytes + 8);
  dump.writeUInt32LE(7, exceptionAt);
  dump.writeUInt32LE(accessViolation, exceptionAt + 8);
  dump.writeBigUInt64LE(0x7ff6_0000_1234n, exceptionAt + 24);
  return dump;
}
