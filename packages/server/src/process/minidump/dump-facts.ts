import { isRecord } from "@vedette/protocol";
import { crashName, hexCode } from "./crash-names.js";
import type { CrashSystem } from "./crash-names.js";

/** What a dump's header gives to its event; absent where the header does not say. */
export interface DumpFacts {
  /** Seconds since 1970. */
  readonly timestamp?: number;
  readonly exception: { readonly type: string; readonly value: string };
  readonly threadId?: number;
  readonly os?: Readonly<Record<string, string>>;
  readonly device?: Readonly<Record<string, unknown>>;
}

/** `PlatformId` of a dump's system stream: Microsoft's figure for Windows, Breakpad's for the others. */
const platforms: Readonly<Record<number, { readonly name: string; readonly system: CrashSystem }>> = {
  1: { name: "Windows", system: "windows" },
  2: { name: "Windows", system: "windows" },
  0x8000: { name: "Unix", system: "unix" },
  0x8101: { name: "macOS", system: "apple" },
  0x8102: { name: "iOS", system: "apple" },
  0x8201: { name: "Linux", system: "unix" },
  0x8202: { name: "Solaris", system: "unix" },
  0x8203: { name: "Android", system: "unix" },
  0x8206: { name: "Fuchsia", system: "unix" },
};

/** `ProcessorArchitecture`, Breakpad's own figures included. */
const architectures: Readonly<Record<number, string>> = {
  0: "x86",
  1: "mips",
  3: "ppc",
  5: "arm",
  9: "x86_64",
  10: "x86",
  12: "arm64",
  0x8002: "ppc64",
  0x8003: "arm64",
};

/** Reads the header part of a minidump record; what is missing or of another type is left out. */
export function dumpFacts(header: unknown): DumpFacts {
  const { timestamp, system, exception } = isRecord(header) ? header : {};
  const platform = isRecord(system) ? platforms[numberOf(system["platformId"])] : undefined;
  const crash = readCrash(exception, platform?.system ?? "unix");
  return {
    ...(typeof timestamp === "number" ? { timestamp } : {}),
    ...crash,
    ...(isRecord(system) ? readSystem(system, platform?.name) : {}),
  };
}

function readCrash(exception: unknown, system: CrashSystem): Pick<DumpFacts, "exception" | "threadId"> {
  if (!isRecord(exception)) {
    // A snapshot of a hung process has no exception.
    return { exception: { type: "Minidump", value: "The dump names no exception" } };
  }
  const code = numberOf(exception["code"]);
  const address = typeof exception["address"] === "string" ? exception["address"] : "0x0";
  return {
    exception: {
      type: crashName(system, code, numberOf(exception["flags"])),
      value: `${hexCode(code)} at ${address}`,
    },
    ...(typeof exception["threadId"] === "number" ? { threadId: exception["threadId"] } : {}),
  };
}

function readSystem(
  system: Readonly<Record<string, unknown>>,
  name: string | undefined,
): Pick<DumpFacts, "os" | "device"> {
  const architecture = architectures[numberOf(system["architecture"])];
  const { version, detail, processors } = system;
  const os = {
    ...(name === undefined ? {} : { name }),
    // Linux dumps have 0.0.0 here and the kernel's text as detail.
    ...(typeof version === "string" && version !== "0.0.0" ? { version } : {}),
    ...(typeof detail === "string" && detail !== "" ? { build: detail } : {}),
  };
  const device = {
    ...(architecture === undefined ? {} : { arch: architecture }),
    ...(typeof processors === "number" && processors > 0 ? { processor_count: processors } : {}),
  };
  return {
    ...(Object.keys(os).length > 0 ? { os } : {}),
    ...(Object.keys(device).length > 0 ? { device } : {}),
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : -1;
}
