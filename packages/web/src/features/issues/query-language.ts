/** A piece of a search: a filter such as `!level:error`, or free text. Positions count from the start of the search. */
export interface QueryToken {
  readonly kind: "filter" | "text";
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly negated: boolean;
  /** Empty for free text. */
  readonly key: string;
  readonly value: string;
}

/** What can be completed at the cursor, and the part of the search a choice replaces. */
export interface Completion {
  readonly kind: "key" | "value";
  /** The key whose value is being typed; empty while typing a key. */
  readonly key: string;
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

const piece = /"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|[^\s"[\]]+/y;
const filterStart = /^(!?)([A-Za-z][\w.-]*(?:\[[^\]]*\])?):/;

/** Splits a search into tokens. Quoted text and `[a, b]` lists stay whole, also when they are not closed yet. */
export function parseQuery(query: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at] ?? "")) at += 1;
    else {
      const to = endOfToken(query, at);
      tokens.push(tokenOf(query.slice(at, to), at));
      at = to;
    }
  }
  return tokens;
}

function endOfToken(query: string, from: number): number {
  let to = from;
  while (to < query.length && !/\s/.test(query[to] ?? "")) {
    piece.lastIndex = to;
    to += piece.exec(query)?.[0].length ?? 1;
  }
  return to;
}

function tokenOf(text: string, from: number): QueryToken {
  const start = filterStart.exec(text);
  const place = { from, to: from + text.length, text };
  if (!start) return { ...place, kind: "text", negated: false, key: "", value: text };
  return {
    ...place,
    kind: "filter",
    negated: start[1] === "!",
    key: start[2] ?? "",
    value: text.slice(start[0].length),
  };
}

/** Finds what the reader is typing at `cursor`: a key, or the value of one. */
export function completionAt(query: string, cursor: number): Completion {
  const token = parseQuery(query).find((one) => one.from < cursor && cursor <= one.to);
  if (!token) return { kind: "key", key: "", prefix: "", from: cursor, to: cursor };
  const valueFrom = token.to - token.value.length;
  if (token.kind === "filter" && cursor >= valueFrom) {
    const prefix = query.slice(valueFrom, cursor).replace(/^"/, "");
    return { kind: "value", key: token.key, prefix, from: valueFrom, to: token.to };
  }
  const keyFrom = token.from + (token.text.startsWith("!") ? 1 : 0);
  return { kind: "key", key: "", prefix: query.slice(keyFrom, cursor), from: keyFrom, to: token.to };
}

/** Puts a chosen key or value in place. Answers the new search and where the cursor belongs. */
export function applyCompletion(
  query: string,
  completion: Completion,
  chosen: string,
): { query: string; cursor: number } {
  const written = completion.kind === "key" ? `${chosen}:` : `${quoted(chosen)} `;
  const rest = query.slice(completion.to);
  const after = written.endsWith(" ") ? rest.trimStart() : rest;
  return {
    query: query.slice(0, completion.from) + written + after,
    cursor: completion.from + written.length,
  };
}

function quoted(value: string): string {
  return /[\s"[\],]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
