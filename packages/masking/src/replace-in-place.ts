import type { Detector, Span } from "./detectors/detector.js";

/** One `_meta` remark: rule, code, and for in-place changes the offsets of the replacement in the new text. */
export type RuleRemark = readonly [rule: string, code: string, start?: number, end?: number];

export interface ScrubbedText {
  readonly text: string;
  readonly remarks: readonly RuleRemark[];
}

interface PlacedRemark {
  readonly detector: Detector;
  readonly start: number;
  readonly end: number;
}

/**
 * Runs the detectors one after another, each on what the ones before left, and returns the new text, or undefined
 * when nothing was found. One after another, because overlapping finds (`user:pass@host.com` as credentials and as
 * an e-mail address) would otherwise leave a part of one behind.
 */
export function replaceInPlace(text: string, detectors: readonly Detector[]): ScrubbedText | undefined {
  let current = text;
  let placed: readonly PlacedRemark[] = [];
  for (const detector of detectors) {
    const spans = detector.find(current);
    if (spans.length === 0) continue;
    placed = shift(placed, spans);
    const applied = applySpans(current, spans);
    placed = [...placed, ...applied.places.map((place) => ({ detector, ...place }))];
    current = applied.text;
  }
  if (placed.length === 0) return undefined;
  const ordered = placed.toSorted((a, b) => a.start - b.start);
  return {
    text: current,
    remarks: ordered.map(({ detector, start, end }) => [detector.rule, detector.code, start, end]),
  };
}

function applySpans(
  text: string,
  spans: readonly Span[],
): { text: string; places: { start: number; end: number }[] } {
  const parts: string[] = [];
  const places: { start: number; end: number }[] = [];
  let copiedTo = 0;
  let length = 0;
  for (const { start, end, replacement } of spans) {
    parts.push(text.slice(copiedTo, start), replacement);
    length += start - copiedTo + replacement.length;
    places.push({ start: length - replacement.length, end: length });
    copiedTo = end;
  }
  parts.push(text.slice(copiedTo));
  return { text: parts.join(""), places };
}

/** Moves earlier remarks by what the new spans before them add or take away; both lists are walked once, in order. */
function shift(placed: readonly PlacedRemark[], spans: readonly Span[]): PlacedRemark[] {
  let delta = 0;
  let next = 0;
  return placed
    .toSorted((a, b) => a.start - b.start)
    .map(({ detector, start, end }) => {
      for (let span = spans[next]; span !== undefined && span.end <= start; span = spans[++next]) {
        delta += span.replacement.length - (span.end - span.start);
      }
      return { detector, start: start + delta, end: end + delta };
    });
}
