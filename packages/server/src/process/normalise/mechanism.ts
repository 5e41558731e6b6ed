import { isRecord } from "@vedette/protocol";
import type { JsonObject, Mechanism } from "@vedette/protocol";
import { bagLimits, trimObject } from "./bag.js";
import type { Fields } from "./fields.js";
import { textLimits } from "./text-limit.js";

/** POSIX signal names by number where Linux and Apple agree (signal(7), sys/signal.h). */
const SIGNALS: ReadonlyMap<number, string> = new Map([
  [1, "SIGHUP"],
  [2, "SIGINT"],
  [3, "SIGQUIT"],
  [4, "SIGILL"],
  [5, "SIGTRAP"],
  [6, "SIGABRT"],
  [8, "SIGFPE"],
  [9, "SIGKILL"],
  [11, "SIGSEGV"],
  [13, "SIGPIPE"],
  [14, "SIGALRM"],
  [15, "SIGTERM"],
]);

/** Signal 7 and its like: the numbers on which the two part. */
const LINUX_SIGNALS: ReadonlyMap<number, string> = new Map([
  [7, "SIGBUS"],
  [10, "SIGUSR1"],
  [12, "SIGUSR2"],
  [31, "SIGSYS"],
]);
const APPLE_SIGNALS: ReadonlyMap<number, string> = new Map([
  [7, "SIGEMT"],
  [10, "SIGBUS"],
  [12, "SIGSYS"],
  [30, "SIGUSR1"],
  [31, "SIGUSR2"],
]);

/** Mach exceptions by number (mach/exception_types.h). */
const MACH_EXCEPTIONS: ReadonlyMap<number, string> = new Map(
  (
    "EXC_BAD_ACCESS EXC_BAD_INSTRUCTION EXC_ARITHMETIC EXC_EMULATION EXC_SOFTWARE EXC_BREAKPOINT EXC_SYSCALL " +
    "EXC_MACH_SYSCALL EXC_RPC_ALERT EXC_CRASH EXC_RESOURCE EXC_GUARD EXC_CORPSE_NOTIFY"
  )
    .split(" ")
    .map((name, index) => [index + 1, name]),
);

/**
 * Reads how an exception was caught (ingest sheet 6.4). An object without `type` is taken in its legacy shape, with
 * `posix_signal` and `mach_exception` at the top, and called `generic`. Names of signals are filled in by number;
 * `isApple` says whose numbers they are.
 */
export function normaliseMechanism(fields: Fields | undefined, isApple: boolean): Mechanism | undefined {
  if (fields === undefined) return undefined;
  return {
    type: fields.trimmed("type", textLimits.name128) ?? "generic",
    handled: fields.flag("handled"),
    synthetic: fields.flag("synthetic"),
    description: fields.text("description", textLimits.message),
    help_link: fields.text("help_link", textLimits.path),
    data: fields.bag("data", bagLimits.medium),
    meta: readMeta(fields, isApple),
    source: fields.text("source", textLimits.name256),
    exception_id: fields.unsigned("exception_id"),
    parent_id: fields.unsigned("parent_id"),
    is_exception_group: fields.flag("is_exception_group"),
  };
}

function readMeta(fields: Fields, isApple: boolean): JsonObject | undefined {
  const { meta, posix_signal: posixSignal, mach_exception: machException } = fields.raw;
  const sent: Record<string, unknown> = isRecord(meta) ? { ...meta } : {};
  if (isRecord(posixSignal))
    sent["signal"] ??= { ...posixSignal, number: posixSignal["number"] ?? posixSignal["signal"] };
  if (isRecord(machException)) sent["mach_exception"] ??= machException;
  sent["signal"] = named(sent["signal"], "number", (code) => signalName(code, isApple));
  sent["mach_exception"] = named(sent["mach_exception"], "exception", (code) => MACH_EXCEPTIONS.get(code));
  const present = Object.entries(sent).filter(([, value]) => value !== undefined && value !== null);
  if (present.length === 0) return undefined;
  return trimObject(Object.fromEntries(present), bagLimits.medium, fields.place.at("meta"));
}

function signalName(number: number, isApple: boolean): string | undefined {
  return SIGNALS.get(number) ?? (isApple ? APPLE_SIGNALS : LINUX_SIGNALS).get(number);
}

function named(value: unknown, numberKey: string, nameOf: (number: number) => string | undefined): unknown {
  if (!isRecord(value) || typeof value["name"] === "string") return value;
  const number = value[numberKey];
  const name = typeof number === "number" ? nameOf(number) : undefined;
  return name === undefined ? value : { ...value, name };
}
