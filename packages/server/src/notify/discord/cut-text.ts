const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const ellipsis = "…";

/**
 * Cuts a text to at most `max` UTF-16 units, which is the strictest way Discord counts. It never parts what is read
 * as one character, never leaves half a surrogate pair or half an escape, and ends with … where something is missing.
 */
export function cutText(text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= max) return trimmed;
  if (max < ellipsis.length) return "";
  return withoutHalfEscape(headOf(trimmed, max - ellipsis.length)).trimEnd() + ellipsis;
}

function headOf(text: string, max: number): string {
  // A margin lets the segmenter see whether the last character goes on.
  const near = text.slice(0, max + 64);
  let end = 0;
  for (const { segment } of graphemes.segment(near)) {
    if (end + segment.length > max) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** A backslash at the end would escape what comes after the text. */
function withoutHalfEscape(text: string): string {
  const backslashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 0 ? text : text.slice(0, -1);
}
