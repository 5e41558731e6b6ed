import { AppError } from "../../../shared/app-error.js";
import { findKey } from "./search-keys.js";
import { literalOf, patternOf } from "./search-query.js";
import type { Operator, Pattern, SearchQuery, Term } from "./search-query.js";

/** As long as fits the 16 KB of URL in which parameters travel to the event store, were it all CJK. */
const maxQueryLength = 1_500;
const maxTerms = 50;
const maxListValues = 100;
const maxWildcards = 10;

const termStart =
  /(!?)((?:tags|flags)\[(?:"[^\]"]{1,200}"|[^\]"\s]{1,200})\]|"[^"]{1,200}"|[A-Za-z_][\w.-]{0,199}):/y;
const operatorHere = />=|<=|>|</y;
const quotedHere = /"((?:[^"\\]|\\[^])*)"(?=\s|$)/y;
const listHere = /\[((?:"(?:[^"\\]|\\[^])*"|[^\]"])*)\](?=\s|$)/y;
const wordHere = /\S+/y;
const spaceHere = /\s+/y;

/**
 * Reads the search language of the issue list (web API sheet 7.2): `key:value` terms, all of which have to hold, and
 * free text. A word that only looks like a term, such as `TypeError: x` or a URL, is free text.
 *
 * @throws AppError invalid, with a sentence for the person who typed it
 */
export function parseQuery(text: string): SearchQuery {
  if (text.length > maxQueryLength) invalid(`A search has at most ${maxQueryLength} characters.`);
  const reader = new Reader(text);
  const terms: Term[] = [];
  const words: string[] = [];
  while (!reader.isAtEnd()) {
    const term = readTerm(reader);
    if (term) terms.push(term);
    else words.push(readWord(reader));
  }
  if (terms.length > maxTerms) invalid(`A search has at most ${maxTerms} terms.`);
  const free = words.join(" ").trim();
  return { terms, text: free === "" ? null : checked(patternOf(free)) };
}

function readTerm(reader: Reader): Term | null {
  const start = reader.position;
  const match = reader.take(termStart);
  if (!match) return null;
  const { key, isTag } = keyOf(match[2] ?? "");
  const operator = (reader.take(operatorHere)?.[0] ?? "=") as Operator;
  const values = readValues(reader, { key, isKnown: isTag || findKey(key) !== null, operator });
  if (!values) {
    reader.position = start;
    return null;
  }
  return { key, isTag, negated: match[1] === "!", operator, values };
}

function keyOf(written: string): { key: string; isTag: boolean } {
  const bracket = /^(tags|flags)\["?([^\]"]*)"?\]$/.exec(written);
  if (bracket?.[1] === "flags") return { key: `flags.${bracket[2]}`, isTag: true };
  if (bracket) return { key: bracket[2] ?? "", isTag: true };
  return { key: written.replaceAll('"', ""), isTag: false };
}

/** Null when what follows is no value, so that the word was no term. */
function readValues(
  reader: Reader,
  { key, isKnown, operator }: { key: string; isKnown: boolean; operator: Operator },
): Term["values"] | null {
  const quoted = reader.take(quotedHere);
  if (quoted) return [checked([unescaped(quoted[1] ?? "")])];
  if (reader.peek() === '"') invalid(`The quote after ${key}: is not closed.`);
  const list = reader.take(listHere);
  if (list) {
    if (operator !== "=") invalid(`${key}: a list cannot be compared with ${operator}.`);
    return listValues(key, list[1] ?? "");
  }
  if (reader.peek() === "[" && isKnown) invalid(`The list after ${key}: is not closed.`);
  const word = reader.take(wordHere)?.[0] ?? "";
  if (word.startsWith("//") && !isKnown) return null;
  if (word === "") {
    if (isKnown) invalid(`Empty value for ${key}: write ${key}:"" to search for events without it.`);
    return null;
  }
  return [checked(patternOf(word))];
}

/** `a, "b, c"`; stars in a list are plain characters. */
function listValues(key: string, inside: string): Term["values"] {
  const items = inside.match(/"(?:[^"\\]|\\[^])*"|[^,"]+/g) ?? [];
  const values = items
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item): Pattern => [item.startsWith('"') ? unescaped(item.slice(1, -1)) : item]);
  const [first, ...rest] = values;
  if (!first) invalid(`The list after ${key}: is empty.`);
  if (values.length > maxListValues) invalid(`A list has at most ${maxListValues} values.`);
  return [first, ...rest];
}

function readWord(reader: Reader): string {
  const quoted = reader.take(quotedHere);
  if (quoted) return unescaped(quoted[1] ?? "").replaceAll("*", "\\*");
  const word = reader.take(wordHere)?.[0] ?? "";
  if (word === "AND" || word === "OR") {
    invalid(`${word} is not supported in issue search: terms are joined by AND as they are.`);
  }
  if (word.startsWith("(") || word === ")") {
    invalid("Parentheses are not supported in issue search; put free text into quotes.");
  }
  return word;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\])/g, "$1");
}

function checked(pattern: Pattern): Pattern {
  if (pattern.length - 1 > maxWildcards) invalid(`A value has at most ${maxWildcards} wildcards.`);
  if (literalOf(pattern).includes("\0")) invalid("A search cannot hold the character NUL.");
  return pattern;
}

function invalid(detail: string): never {
  throw new AppError("invalid", detail);
}

/** A place in the text and what can be read from there. */
class Reader {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.take(spaceHere);
  }

  isAtEnd(): boolean {
    this.take(spaceHere);
    return this.position >= this.#text.length;
  }

  peek(): string {
    return this.#text.charAt(this.position);
  }

  /** What the sticky expression finds exactly here, taken; null when it finds nothing. */
  take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.position;
    const match = expression.exec(this.#text);
    if (match) this.position = expression.lastIndex;
    return match;
  }
}
