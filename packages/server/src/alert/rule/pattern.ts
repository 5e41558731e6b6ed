import { RE2JS } from "re2js";

/** A longer pattern is refused: nobody can read it, and it costs memory for every rule. */
export const maxPatternLength = 500;
/** What comes after this many characters of a value is not looked at. */
export const maxPatternInputLength = 2_000;

/** A compiled pattern, or a sentence saying what is wrong with the text. */
export type PatternResult =
  | { readonly ok: true; readonly test: (value: string) => boolean }
  | { readonly ok: false; readonly problem: string };

/**
 * Compiles a regular expression of a rule: case-insensitive, matching anywhere in the value.
 *
 * RE2's engine takes time linear in the value whatever the pattern (https://github.com/google/re2/wiki/WhyRE2), so
 * a pattern such as `(a+)+$` cannot stop the alerts of everybody. In return it knows no look-around and no
 * back-references; a pattern with these is refused with its reason.
 */
export function compilePattern(text: string): PatternResult {
  if (text.length > maxPatternLength) {
    return {
      ok: false,
      problem: `is a pattern of ${text.length} characters; at most ${maxPatternLength} are allowed`,
    };
  }
  try {
    const pattern = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
    return { ok: true, test: (value) => pattern.test(value.slice(0, maxPatternInputLength)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `is not a valid pattern (${reason})` };
  }
}
