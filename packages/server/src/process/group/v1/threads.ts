import type { FrameShape, GroupableEvent } from "./event-shape.js";
import { presentFrames, presentValues } from "./event-shape.js";
import { stackKey } from "./stack.js";
import type { Verdict } from "./verdict.js";

/** Frames of the crashed thread, else of the current one, else of the only one; else the event's own; else empty. */
export function threadFrames(event: GroupableEvent): FrameShape[] {
  const threads = presentValues(event.threads).filter((one) => presentFrames(one.stacktrace).length > 0);
  const chosen =
    threads.find((one) => one.crashed === true) ??
    threads.find((one) => one.current === true) ??
    (threads.length === 1 ? threads[0] : undefined);
  return presentFrames(chosen?.stacktrace ?? event.stacktrace);
}

/** True when a thread crashed: then its stack says more than any message. */
export function hasCrashedThread(event: GroupableEvent): boolean {
  return presentValues(event.threads).some((one) => one.crashed === true);
}

/** The stack of an event without exception; undefined when there is none. */
export function groupByThread(event: GroupableEvent): Verdict | undefined {
  const stack = stackKey(threadFrames(event), { platform: event.platform, isOverflow: false });
  if (!stack) return undefined;
  return {
    basis: "stacktrace",
    summary: stack.inApp
      ? "Same in-app frames of the thread"
      : "Same frames of the thread (no frame is the application's own)",
    components: stack.frames.map((value) => ({ label: "frame", value })),
  };
}
