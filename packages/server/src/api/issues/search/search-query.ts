/** How a term compares; `=` also stands for "matches the pattern". */
export type Operator = "=" | ">" | ">=" | "<" | "<=";

/** A value split at its wildcards: `["a", "b"]` is `a*b`, a single part is taken literally. */
export type Pattern = readonly [string, ...string[]];

/** `!level:[error, fatal]` is `{key: "level", isTag: false, negated: true, operator: "=", values: [["error"], ["fatal"]]}`. */
export interface Term {
  readonly key: string;
  /** Written as `tags[key]`: never one of our own keys. */
  readonly isTag: boolean;
  readonly negated: boolean;
  readonly operator: Operator;
  /** One of them has to match; at least one. */
  readonly values: readonly [Pattern, ...Pattern[]];
}

/** A parsed query: every term has to hold, and the free text has to be found. */
export interface SearchQuery {
  readonly terms: readonly Term[];
  /** All free text as one string, split at its wildcards; null without any. */
  readonly text: Pattern | null;
}

/** Splits at `*`; `\*` is a star. */
export function patternOf(text: string): Pattern {
  const parts: [string, ...string[]] = [""];
  for (const piece of text.match(/\\\*|\*+|\\?[^*\\]+|\\/g) ?? []) {
    if (piece.startsWith("*")) parts.push("");
    else parts[parts.length - 1] += piece === "\\*" ? "*" : piece;
  }
  return parts;
}

/** The text a pattern stands for when it is not one: its stars are stars again. */
export function literalOf(pattern: Pattern): string {
  return pattern.join("*");
}
