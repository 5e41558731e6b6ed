import type { FrameShape, GroupableEvent, StackShape } from "./v1/event-shape.js";
import { presentFrames, presentValues } from "./v1/event-shape.js";
import { inAppFlags } from "./v1/in-app.js";

/**
 * Sets `in_app` on every frame of the event IN PLACE, so that pages can fold foreign code. Frames about which
 * the SDK told us keep their value (see v1/in-app.ts). Grouping before and after gives the same hashes.
 */
export function markInApp(event: GroupableEvent): void {
  for (const { stacktrace } of presentValues(event.exception)) markStack(stacktrace, event.platform);
  for (const { stacktrace } of presentValues(event.threads)) markStack(stacktrace, event.platform);
  markStack(event.stacktrace, event.platform);
}

function markStack(stack: StackShape | null | undefined, platform: string | null | undefined): void {
  const frames = presentFrames(stack);
  const flags = inAppFlags(frames, platform);
  for (const [index, frame] of frames.entries()) writeFlag(frame, flags[index] === true);
}

/** Copying a hundred frames to change one field each would cost more than grouping them. */
function writeFlag(frame: FrameShape, isInApp: boolean): void {
  (frame as { in_app?: boolean }).in_app = isInApp;
}
