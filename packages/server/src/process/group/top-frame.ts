import type { FrameShape, GroupableEvent } from "./v1/event-shape.js";
import { topFrame } from "./v1/top-frame.js";

/**
 * The frame to name in titles, culprits and messages: the innermost one of the application's own code, else the
 * innermost. Undefined when the event has no stack.
 */
export function topFrameOf(event: GroupableEvent): FrameShape | undefined {
  return topFrame(event);
}
