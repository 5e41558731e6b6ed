import type { ExceptionValue, Frame } from "../../../api/events.js";

/** Where a frame is, as short as an editor would take it: `src/a.ts:12:3`. */
export function frameLocation(frame: Frame): string {
  const file =
    frame.filename ??
    frame.module ??
    frame.absPath ??
    frame.package ??
    frame.instructionAddr ??
    "unknown place";
  if (!frame.lineNo) return file;
  return frame.colNo ? `${file}:${frame.lineNo}:${frame.colNo}` : `${file}:${frame.lineNo}`;
}

/** A chain of exceptions as plain text, innermost frame first, to paste into a chat or a ticket. */
export function rawStack(values: readonly ExceptionValue[]): string {
  return values
    .toReversed()
    .map((value, index) => {
      const head = `${index > 0 ? "Caused by: " : ""}${value.type ?? "Error"}${value.value ? `: ${value.value}` : ""}`;
      const frames = (value.stacktrace?.frames ?? []).toReversed();
      return [
        head,
        ...frames.map((frame) => `    at ${frame.function ?? "<anonymous>"} (${frameLocation(frame)})`),
      ].join("\n");
    })
    .join("\n");
}
