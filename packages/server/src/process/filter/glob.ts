/** A compiled pattern: tells whether a whole text matches. */
export type Glob = (text: string) => boolean;

/** One character of a pattern. */
type CharTest = (char: string) => boolean;

/** `?`, `[abc]`, `[!a-z]`, or a plain character. An opening bracket that is never closed is plain. */
const PATTERN_CHAR = /\[(!?)([^\]]+)\]|\?|[^]/g;
const WILD = /[?[]/;

/**
 * Compiles a glob that has to match a whole text: `*` stands for any run, `?` for one character, `[abc]`, `[a-z]`
 * and `[!a]` for one of a set. Line breaks are characters like others.
 *
 * Each run between stars is looked for at its leftmost place, which is always right for globs and stays quick on
 * hostile text, where a regular expression made of the same pattern may backtrack for minutes.
 */
export function compileGlob(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): Glob {
  const folded = ignoreCase ? pattern.toLowerCase() : pattern;
  const runs = folded.split(/\*+/).map((run) => (WILD.test(run) ? new WildRun(run) : new PlainRun(run)));
  return (text) => matchRuns(runs, ignoreCase ? text.toLowerCase() : text);
}

function matchRuns(runs: readonly Run[], text: string): boolean {
  const [first, ...others] = runs;
  if (first === undefined || !first.isAt(text, 0)) return false;
  const last = others.pop();
  if (last === undefined) return text.length === first.length;
  let from = first.length;
  for (const run of others) {
    const at = run.find(text, from);
    if (at === -1) return false;
    from = at + run.length;
  }
  const end = text.length - last.length;
  return end >= from && last.isAt(text, end);
}

/** A part of a pattern without stars; always as many characters long. */
interface Run {
  readonly length: number;
  isAt(text: string, position: number): boolean;
  /** First position at or after `from`; -1 when there is none. */
  find(text: string, from: number): number;
}

class PlainRun implements Run {
  readonly length: number;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.length = text.length;
  }

  isAt(text: string, position: number): boolean {
    return text.startsWith(this.#text, position);
  }

  find(text: string, from: number): number {
    return text.indexOf(this.#text, from);
  }
}

class WildRun implements Run {
  readonly length: number;
  readonly #tests: readonly CharTest[];

  constructor(pattern: string) {
    this.#tests = [...pattern.matchAll(PATTERN_CHAR)].map(toCharTest);
    this.length = this.#tests.length;
  }

  isAt(text: string, position: number): boolean {
    return (
      position + this.length <= text.length &&
      this.#tests.every((test, index) => test(text.charAt(position + index)))
    );
  }

  find(text: string, from: number): number {
    for (let at = from; at + this.length <= text.length; at += 1) {
      if (this.isAt(text, at)) return at;
    }
    return -1;
  }
}

function toCharTest([whole, negation, set]: RegExpMatchArray): CharTest {
  if (whole === "?") return () => true;
  if (set === undefined) return (char) => char === whole;
  const inSet = setTest(set);
  return negation === "!" ? (char) => !inSet(char) : inSet;
}

function setTest(set: string): CharTest {
  const ranges = [...set.matchAll(/([^])-([^])|([^])/g)].map(([, low, high, single]) => ({
    low: low ?? single ?? "",
    high: high ?? single ?? "",
  }));
  return (char) => ranges.some(({ low, high }) => char >= low && char <= high);
}
