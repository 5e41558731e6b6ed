import type { ResolvedOptions } from "./options.js";
import { replaceInPlace } from "./replace-in-place.js";
import type { RuleRemark, ScrubbedText } from "./replace-in-place.js";
import { SECRET_TEXT, hintSources, selectDetectors } from "./rule-set.js";
import type { Place } from "./rule-set.js";
import { SECRET_WORD_SOURCE, escapePattern } from "./sensitive-keys.js";

/** A replacement can put together what stood apart; this many rounds settle it, then the whole text goes. */
const MAX_ROUNDS = 6;

/** Rule name of the default set of secret words, for keys and values. */
export const SECRET_RULE = "@password:filter";
/** Rule name of the project's own sensitive fields. */
export const SENSITIVE_FIELD_RULE = "@sensitive-field:filter";

/** Scrubs one string; undefined means nothing to change. */
export type TextRules = (text: string) => ScrubbedText | undefined;

/**
 * Compiles the rules for one place. In a value a secret word or sensitive field takes the whole text and the rest is
 * replaced in place; a body has in-place rules only. The result is a fixed point: scrubbing it again changes nothing.
 */
export function compileTextRules(options: ResolvedOptions, place: Place): TextRules {
  const detectors = selectDetectors(options, place);
  const wholeRules = place === "value" ? compileWholeRules(options) : [];
  const hints = [...wholeRules.map(({ source }) => source), ...hintSources(options, place)];
  if (hints.length === 0) return () => undefined;
  const hint = new RegExp(hints.join("|"), "i");
  const secret = SECRET_TEXT[options.style];

  return function scrubText(text) {
    if (!hint.test(text) || text === SECRET_TEXT.filtered || text === SECRET_TEXT.masked) return undefined;
    let result: ScrubbedText | undefined;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const current = result?.text ?? text;
      const whole = wholeRules.find(({ pattern }) => pattern.test(current));
      if (whole !== undefined) return replaceAll(secret, [whole.rule, "s"]);
      const next = replaceInPlace(current, detectors);
      if (next === undefined) return result;
      result = {
        text: next.text,
        remarks: result === undefined ? next.remarks : withoutPlaces(result, next),
      };
    }
    return replaceAll(secret, [SECRET_RULE, "s"]);
  };
}

interface WholeRule {
  readonly rule: string;
  readonly source: string;
  readonly pattern: RegExp;
}

function compileWholeRules(options: ResolvedOptions): readonly WholeRule[] {
  const sources: [rule: string, source: string][] = [];
  if (options.sensitiveFields.length > 0) {
    sources.push([SENSITIVE_FIELD_RULE, options.sensitiveFields.map(escapePattern).join("|")]);
  }
  if (options.scrubDefaults) sources.push([SECRET_RULE, SECRET_WORD_SOURCE]);
  return sources.map(([rule, source]) => ({ rule, source, pattern: new RegExp(source, "i") }));
}

function replaceAll(text: string, [rule, code]: RuleRemark): ScrubbedText {
  return { text, remarks: [[rule, code, 0, text.length]] };
}

/** After a second round the first one's offsets are stale, so its remarks go on without them. */
function withoutPlaces(earlier: ScrubbedText, later: ScrubbedText): readonly RuleRemark[] {
  return [...earlier.remarks.map(([rule, code]): RuleRemark => [rule, code]), ...later.remarks];
}
