import type { FrameShape, GroupableEvent } from "./event-shape.js";
import { presentFrames, presentValues } from "./event-shape.js";
import { isIgnored } from "./ignored-frames.js";
import { inAppFlags } from "./in-app.js";
import { familyOf } from "./platform.js";
import { threadFrames } from "./threads.js";

/**
 * The frame people call the place of the error: the innermost one of the application, else the innermost that is
 * no machinery, else the innermost. Of the raised exception, or of its nearest cause with a stack, or of the
 * thread. Undefined without any frame.
 */
export function topFrame(event: GroupableEvent): FrameShape | undefined {
  const withStack = presentValues(event.exception).findLast(
    (one) => presentFrames(one.stacktrace).length > 0,
  );
  const frames = withStack ? presentFrames(withStack.stacktrace) : threadFrames(event);
  if (frames.length === 0) return undefined;
  const flags = inAppFlags(frames, event.platform);
  const isTelling = (frame: FrameShape): boolean =>
    !isIgnored(frame, familyOf(frame.platform, event.platform));
  return (
    frames.findLast((frame, index) => flags[index] === true && isTelling(frame)) ??
    frames.findLast(isTelling) ??
    frames.at(-1)
  );
}
