/** What a crash dump's own headers say; everything is optional, for dumps come damaged. Numbers as in the dump. */
export interface MinidumpHeader {
  /** Seconds since 1970. */
  readonly timestamp?: number;
  readonly system?: {
    /** `PlatformId`: 2 Windows, 0x8101 macOS, 0x8201 Linux, 0x8203 Android … */
    readonly platformId: number;
    /** `ProcessorArchitecture`: 0 x86, 5 ARM, 9 x86-64, 12 ARM64 … */
    readonly architecture: number;
    readonly processors: number;
    /** `major.minor.build`. */
    readonly version: string;
    /** Service pack, or the kernel's whole version text. */
    readonly detail: string;
  };
  readonly exception?: {
    readonly threadId: number;
    readonly code: number;
    readonly flags: number;
    /** Hex with `0x`: 64 bits do not fit a number. */
    readonly address: string;
    /** The first parameters, hex; for an access violation: kind of access, address. */
    readonly parameters: readonly string[];
  };
}

/** The SDK's words beside a dump, as they came: process reads them. */
export interface MinidumpPieces {
  /** Event JSON of the envelope's event item, or of `sentry` form fields joined in order. */
  readonly event?: string;
  /** `__sentry-event`, MessagePack, base64. */
  readonly packedEvent?: string;
  /** `__sentry-breadcrumb1`, `2`: MessagePack streams, base64. */
  readonly packedBreadcrumbs?: readonly string[];
  /** Form fields `sentry[a][b]`, names as sent. */
  readonly fields?: readonly (readonly [name: string, value: string])[];
  /** All other form fields. */
  readonly extra?: readonly (readonly [name: string, value: string])[];
}

const streams = { exception: 6, systemInfo: 7 } as const;
const maxStreams = 1_024;
const maxDetailBytes = 512;

/** True for the first bytes of a dump, in either byte order. */
export function isMinidump(dump: Buffer): boolean {
  const magic = dump.toString("latin1", 0, 4);
  return magic === "MDMP" || magic === "PMDM";
}

/**
 * Reads what the event needs from a dump's header, stream directory, system and exception streams (some hundred bytes,
 * https://learn.microsoft.com/windows/win32/api/minidumpapiset/, and Breakpad's minidump_format.h for other systems).
 *
 * @returns null when it is no dump; parts that are damaged or of the other byte order are left out
 */
export function readMinidumpHeader(dump: Buffer): MinidumpHeader | null {
  if (!isMinidump(dump)) return null;
  if (dump.toString("latin1", 0, 4) === "PMDM" || dump.length < 32) return {};
  const directory = readDirectory(dump);
  const system = attempt(() => readSystem(dump, directory.get(streams.systemInfo)));
  const exception = attempt(() => readException(dump, directory.get(streams.exception)));
  const timestamp = dump.readUInt32LE(20);
  return {
    ...(timestamp > 0 ? { timestamp } : {}),
    ...(system ? { system } : {}),
    ...(exception ? { exception } : {}),
  };
}

/** The body of a `minidump` record. */
export function minidumpBody(header: MinidumpHeader, pieces: MinidumpPieces): Buffer {
  return Buffer.from(JSON.stringify({ header, ...pieces }));
}

function readDirectory(dump: Buffer): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>();
  const count = Math.min(dump.readUInt32LE(8), maxStreams);
  const start = dump.readUInt32LE(12);
  for (let index = 0; index < count && start + (index + 1) * 12 <= dump.length; index += 1) {
    const entry = start + index * 12;
    offsets.set(dump.readUInt32LE(entry), dump.readUInt32LE(entry + 8));
  }
  return offsets;
}

function readSystem(dump: Buffer, at: number | undefined): MinidumpHeader["system"] {
  if (at === undefined) return undefined;
  const [major, minor, build] = [8, 12, 16].map((offset) => dump.readUInt32LE(at + offset));
  return {
    architecture: dump.readUInt16LE(at),
    processors: dump.readUInt8(at + 6),
    version: `${major}.${minor}.${build}`,
    platformId: dump.readUInt32LE(at + 20),
    detail: attempt(() => readText(dump, dump.readUInt32LE(at + 24))) ?? "",
  };
}

function readException(dump: Buffer, at: number | undefined): MinidumpHeader["exception"] {
  if (at === undefined) return undefined;
  const count = Math.min(dump.readUInt32LE(at + 32), 4);
  return {
    threadId: dump.readUInt32LE(at),
    code: dump.readUInt32LE(at + 8),
    flags: dump.readUInt32LE(at + 12),
    address: hex(dump.readBigUInt64LE(at + 24)),
    parameters: Array.from({ length: count }, (_, index) => hex(dump.readBigUInt64LE(at + 40 + index * 8))),
  };
}

function readText(dump: Buffer, at: number): string {
  if (at === 0) return "";
  const bytes = Math.min(dump.readUInt32LE(at), maxDetailBytes);
  return dump
    .toString("utf16le", at + 4, at + 4 + bytes)
    .replace(/\0.*$/s, "")
    .trim();
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** Offsets come from the sender: one that points out of the dump makes its part absent. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
