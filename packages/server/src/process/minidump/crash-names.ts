/** Names of what ends a native program, by the system the dump says it is from. */
export type CrashSystem = "windows" | "apple" | "unix";

/** NTSTATUS and exception codes (https://learn.microsoft.com/windows/win32/debug/getexceptioncode). */
const windowsCodes: Readonly<Record<number, string>> = {
  0x40010005: "DBG_CONTROL_C",
  0x80000001: "EXCEPTION_GUARD_PAGE",
  0x80000002: "EXCEPTION_DATATYPE_MISALIGNMENT",
  0x80000003: "EXCEPTION_BREAKPOINT",
  0x80000004: "EXCEPTION_SINGLE_STEP",
  0xc0000005: "EXCEPTION_ACCESS_VIOLATION",
  0xc0000006: "EXCEPTION_IN_PAGE_ERROR",
  0xc0000008: "EXCEPTION_INVALID_HANDLE",
  0xc0000017: "STATUS_NO_MEMORY",
  0xc000001d: "EXCEPTION_ILLEGAL_INSTRUCTION",
  0xc0000025: "EXCEPTION_NONCONTINUABLE_EXCEPTION",
  0xc0000026: "EXCEPTION_INVALID_DISPOSITION",
  0xc000008c: "EXCEPTION_ARRAY_BOUNDS_EXCEEDED",
  0xc000008d: "EXCEPTION_FLT_DENORMAL_OPERAND",
  0xc000008e: "EXCEPTION_FLT_DIVIDE_BY_ZERO",
  0xc000008f: "EXCEPTION_FLT_INEXACT_RESULT",
  0xc0000090: "EXCEPTION_FLT_INVALID_OPERATION",
  0xc0000091: "EXCEPTION_FLT_OVERFLOW",
  0xc0000092: "EXCEPTION_FLT_STACK_CHECK",
  0xc0000093: "EXCEPTION_FLT_UNDERFLOW",
  0xc0000094: "EXCEPTION_INT_DIVIDE_BY_ZERO",
  0xc0000095: "EXCEPTION_INT_OVERFLOW",
  0xc0000096: "EXCEPTION_PRIV_INSTRUCTION",
  0xc00000fd: "EXCEPTION_STACK_OVERFLOW",
  0xc0000194: "EXCEPTION_POSSIBLE_DEADLOCK",
  0xc0000374: "STATUS_HEAP_CORRUPTION",
  0xc0000409: "STATUS_STACK_BUFFER_OVERRUN",
  0xc0000420: "STATUS_ASSERTION_FAILURE",
  0xe06d7363: "Unhandled C++ Exception",
  0x0517a7ed: "Simulated Exception",
};

/** Mach exception types (xnu, osfmk/mach/exception_types.h). */
const machTypes: Readonly<Record<number, string>> = {
  1: "EXC_BAD_ACCESS",
  2: "EXC_BAD_INSTRUCTION",
  3: "EXC_ARITHMETIC",
  4: "EXC_EMULATION",
  5: "EXC_SOFTWARE",
  6: "EXC_BREAKPOINT",
  7: "EXC_SYSCALL",
  10: "EXC_CRASH",
  11: "EXC_RESOURCE",
  12: "EXC_GUARD",
};
const machAccessCodes: Readonly<Record<number, string>> = {
  1: "KERN_INVALID_ADDRESS",
  2: "KERN_PROTECTION_FAILURE",
  3: "KERN_NO_SPACE",
  13: "KERN_RPC_TERMINATE_ORPHAN",
};

/** Signals as Linux numbers them on x86 and ARM, and the codes that go with them (signal(7), sigaction(2)). */
const signals: Readonly<Record<number, { name: string; codes: readonly string[] }>> = {
  2: { name: "SIGINT", codes: [] },
  3: { name: "SIGQUIT", codes: [] },
  4: {
    name: "SIGILL",
    codes: [
      "ILL_ILLOPC",
      "ILL_ILLOPN",
      "ILL_ILLADR",
      "ILL_ILLTRP",
      "ILL_PRVOPC",
      "ILL_PRVREG",
      "ILL_COPROC",
      "ILL_BADSTK",
    ],
  },
  5: { name: "SIGTRAP", codes: ["TRAP_BRKPT", "TRAP_TRACE"] },
  6: { name: "SIGABRT", codes: [] },
  7: { name: "SIGBUS", codes: ["BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR"] },
  8: {
    name: "SIGFPE",
    codes: [
      "FPE_INTDIV",
      "FPE_INTOVF",
      "FPE_FLTDIV",
      "FPE_FLTOVF",
      "FPE_FLTUND",
      "FPE_FLTRES",
      "FPE_FLTINV",
      "FPE_FLTSUB",
    ],
  },
  11: { name: "SIGSEGV", codes: ["SEGV_MAPERR", "SEGV_ACCERR", "SEGV_BNDERR", "SEGV_PKUERR"] },
  15: { name: "SIGTERM", codes: [] },
  31: { name: "SIGSYS", codes: ["SYS_SECCOMP"] },
};

/** What a person calls the crash: `EXCEPTION_ACCESS_VIOLATION`, `SIGSEGV / SEGV_MAPERR`; the bare number when unknown. */
export function crashName(system: CrashSystem, code: number, flags: number): string {
  if (system === "windows") return windowsCodes[code] ?? hexCode(code);
  if (system === "apple") {
    const detail = code === 1 ? machAccessCodes[flags] : undefined;
    return withDetail(machTypes[code] ?? hexCode(code), detail);
  }
  const signal = signals[code];
  return signal ? withDetail(signal.name, signal.codes[flags - 1]) : hexCode(code);
}

/** `0xC0000005`. */
export function hexCode(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(8, "0")}`;
}

function withDetail(name: string, detail: string | undefined): string {
  return detail === undefined ? name : `${name} / ${detail}`;
}
