import type { Frame } from "../../../api/events.js";

/** A frame with its place in the original stack, or a run of library frames shown as one line. */
export type FrameGroup =
  | { readonly kind: "frame"; readonly frame: Frame; readonly index: number }
  | { readonly kind: "folded"; readonly frames: readonly Frame[]; readonly index: number };

const minFolded = 2;

/**
 * Folds runs of library frames so that the team's own code stands out. The innermost frame, where it broke,
 * always stays visible, and so does a library frame that stands alone. A stack without any in-app frame is
 * left as it is: there would be nothing to see. Order is kept: oldest call first, as SDKs send it.
 */
export function foldFrames(frames: readonly Frame[]): FrameGroup[] {
  if (!frames.some((frame) => frame.inApp))
    return frames.map((frame, index) => ({ kind: "frame", frame, index }));
  const groups: FrameGroup[] = [];
  let run: Frame[] = [];
  const endRun = (before: number) => {
    const index = before - run.length;
    if (run.length >= minFolded) groups.push({ kind: "folded", frames: run, index });
    else run.forEach((frame, offset) => groups.push({ kind: "frame", frame, index: index + offset }));
    run = [];
  };
  frames.forEach((frame, index) => {
    if (!frame.inApp && index < frames.length - 1) return run.push(frame);
    endRun(index);
    return groups.push({ kind: "frame", frame, index });
  });
  return groups;
}

/** The frame to open first: the innermost in-app frame with source, else the innermost with source; -1 if none. */
export function frameToOpen(frames: readonly Frame[]): number {
  const hasDetail = (frame: Frame) =>
    (frame.context?.length ?? 0) > 0 || Object.keys(frame.vars ?? {}).length > 0;
  const own = frames.findLastIndex((frame) => Boolean(frame.inApp) && hasDetail(frame));
  return own >= 0 ? own : frames.findLastIndex(hasDetail);
}
