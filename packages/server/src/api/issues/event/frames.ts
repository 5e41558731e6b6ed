import type { Frame, Stacktrace } from "@vedette/protocol";

/** A stack trace in the API's names, oldest frame first. */
export function stacktraceJson(stacktrace: Stacktrace, platform: string) {
  const frames = stacktrace.frames.map((frame) => frameJson(frame, platform));
  const inApp = frames.filter((frame) => frame.inApp).length;
  return {
    frames,
    framesOmitted: null,
    registers: stacktrace.registers ?? null,
    hasSystemFrames: inApp > 0 && inApp < frames.length,
  };
}

/** A frame in the API's names; `context` pairs line numbers with source lines. */
export function frameJson(frame: Frame, platform: string) {
  return {
    filename: frame.filename ?? null,
    absPath: frame.abs_path ?? null,
    module: frame.module ?? null,
    package: frame.package ?? null,
    platform: frame.platform ?? platform,
    function: frame.function ?? null,
    rawFunction: frame.raw_function ?? null,
    symbol: frame.symbol ?? null,
    lineNo: frame.lineno ?? null,
    colNo: frame.colno ?? null,
    context: contextOf(frame),
    inApp: frame.in_app ?? false,
    vars: frame.vars ?? null,
    instructionAddr: frame.instruction_addr ?? null,
    symbolAddr: frame.symbol_addr ?? null,
    addrMode: frame.addr_mode ?? null,
    trust: frame.trust ?? null,
    errors: null,
    sourceLink: null,
    ...(frame.data ? { data: frame.data } : {}),
  };
}

function contextOf(frame: Frame): readonly (readonly [number, string])[] {
  const { lineno, context_line: line } = frame;
  if (lineno === undefined || line === undefined) return [];
  const before = frame.pre_context ?? [];
  return [...before, line, ...(frame.post_context ?? [])].map((text, index) => [
    lineno - before.length + index,
    text,
  ]);
}
