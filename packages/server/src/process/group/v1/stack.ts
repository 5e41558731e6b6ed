import type { FrameShape } from "./event-shape.js";
import type { FrameKey } from "./frame.js";
import { frameKey } from "./frame.js";
import { isIgnored } from "./ignored-frames.js";
import { inAppFlags } from "./in-app.js";
import { familyOf } from "./platform.js";

/** A stack as grouping sees it. */
export interface StackKey {
  /** Oldest first, each once. */
  readonly frames: readonly string[];
  /** False: the application's code does not occur, so all frames were taken. */
  readonly inApp: boolean;
  /** True when no frame says more than a file, so that the message has to help. */
  readonly weak: boolean;
}

/** The innermost frames that count; deeper stacks differ mostly by how they were reached. */
const MAX_FRAMES = 30;

export interface StackOptions {
  readonly platform: string | null | undefined;
  /** The stack ran full: only what recurs matters, not where it happened to end. */
  readonly isOverflow: boolean;
}

/** The stack's key, or undefined when no frame says anything. */
export function stackKey(frames: readonly FrameShape[], options: StackOptions): StackKey | undefined {
  if (frames.length === 0) return undefined;
  const flags = inAppFlags(frames, options.platform);
  const own = frames.filter((_, index) => flags[index] === true);
  return (
    chosenKey(own, options, { inApp: true, dropsIgnored: true }) ??
    chosenKey(frames, options, { inApp: false, dropsIgnored: true }) ??
    chosenKey(frames, options, { inApp: false, dropsIgnored: false })
  );
}

function chosenKey(
  frames: readonly FrameShape[],
  options: StackOptions,
  choice: { inApp: boolean; dropsIgnored: boolean },
): StackKey | undefined {
  const keys: FrameKey[] = [];
  for (const frame of frames) {
    const family = familyOf(frame.platform, options.platform);
    if (choice.dropsIgnored && isIgnored(frame, family)) continue;
    const key = frameKey(frame, family);
    if (key.text !== "") keys.push(key);
  }
  if (keys.length === 0) return undefined;
  const distinct = (options.isOverflow && recurring(keys)) || lastOfEach(keys);
  const kept = distinct.slice(-MAX_FRAMES);
  return { frames: kept.map((key) => key.text), inApp: choice.inApp, weak: kept.every((key) => key.weak) };
}

/**
 * Each frame once, where it occurs last. Recursion of any depth and cycles of any length thereby count once,
 * and so do a proxy and what it stands for.
 */
function lastOfEach(keys: readonly FrameKey[]): FrameKey[] {
  const seen = new Set<string>();
  const result: FrameKey[] = [];
  for (const key of keys.toReversed()) {
    if (seen.has(key.text)) continue;
    seen.add(key.text);
    result.push(key);
  }
  return result.toReversed();
}

/** Frames that occur more than once, by name: where a cycle was cut is chance. Undefined when none recurs. */
function recurring(keys: readonly FrameKey[]): FrameKey[] | undefined {
  const counts = new Map<string, number>();
  for (const { text } of keys) counts.set(text, (counts.get(text) ?? 0) + 1);
  const result = lastOfEach(keys)
    .filter((key) => (counts.get(key.text) ?? 0) > 1)
    .toSorted((a, b) => (a.text < b.text ? -1 : 1));
  return result.length > 0 ? result : undefined;
}
