/** One stretch of a text that a rule replaces; offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Finds what one rule replaces in a text. `find` returns spans in ascending order that do not overlap, in time
 * linear in the text, and finds nothing in its own replacements.
 */
export interface Detector {
  /** Rule name written to `_meta`. */
  readonly rule: string;
  /** `_meta` code: `s` substituted, `m` masked in part. */
  readonly code: "s" | "m";
  readonly find: (text: string) => readonly Span[];
}

/** True when the character at `index` is an ASCII letter, digit or underscore; false outside the text. */
export function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
  );
}

/** True when the character at `index` is an ASCII digit; false outside the text. */
export function isDigitAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}
