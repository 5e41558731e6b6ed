import type { Span } from "./detector.js";

const BEARER = /\bbearer\s{1,8}[\w.~+/=-]{1,8192}/gi;
const URL_CREDENTIALS = /:\/\/([^\s/?#:@]{0,256}:[^\s/?#]{0,256})@/g;
const SOCIAL_SECURITY_NUMBER = /\b\d{3}-\d{2}-\d{4}\b/g;
const ASSIGNMENT =
  /(?:password|passwd|secret|api[-_]?key|mysql_pwd|private[-_]?key|credentials|token)[\w-]{0,40}(?:["']?\s{0,2}=(?![=])>?\s{0,2}|["']\s{0,2}:\s{0,2}(?=["']))("[^"\n]{1,512}|'[^'\n]{1,512}|[^\s"'&;,)}\]]{1,512})/gi;
const PEM_START = /-----BEGIN [A-Z0-9 ]{0,40}KEY(?: BLOCK)?-----/g;
const PEM_END = "-----END";

/** Finds `Bearer <token>`; the span holds the word too. */
export function findBearerTokens(text: string, replacement: string): Span[] {
  return whole(text, BEARER, replacement);
}

/** Finds US social security numbers, `ddd-dd-dddd`. */
export function findSocialSecurityNumbers(text: string, replacement: string): Span[] {
  return whole(text, SOCIAL_SECURITY_NUMBER, replacement);
}

/** Finds `user:pass` before the `@` of a URL; the span leaves `://`, `@` and the host. */
export function findUrlCredentials(text: string, replacement: string): Span[] {
  return [...text.matchAll(URL_CREDENTIALS)].map(({ index, 1: credentials = "" }) => {
    const start = index + "://".length;
    return { start, end: start + credentials.length, replacement };
  });
}

/** Finds the value in `password=x`, `api_key = "x"` and `"token": "x"`; the span is the value without quotes. */
export function findAssignedSecrets(text: string, replacement: string): Span[] {
  return [...text.matchAll(ASSIGNMENT)].flatMap(({ index, 0: match, 1: quoted = "" }) => {
    const value = /^["']/.test(quoted) ? quoted.slice(1) : quoted;
    const end = index + match.length;
    // An earlier mask ends before a closing bracket, hence the two forms.
    const isMasked = value === replacement || `${value}]` === replacement || value === "";
    return isMasked ? [] : [{ start: end - value.length, end, replacement }];
  });
}

/** Finds the body of PEM keys, between the BEGIN and END lines; a key cut off before END goes to the end of the text. */
export function findPemKeys(text: string, replacement: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const { index, 0: header } of text.matchAll(PEM_START)) {
    if (index < from) continue;
    const bodyStart = index + header.length;
    const found = text.indexOf(PEM_END, bodyStart);
    const bodyEnd = found === -1 ? text.length : found;
    from = bodyEnd;
    const body = text.slice(bodyStart, bodyEnd);
    const start = bodyStart + (body.length - body.trimStart().length);
    const end = Math.max(start, bodyStart + body.trimEnd().length);
    if (end > start && text.slice(start, end) !== replacement) spans.push({ start, end, replacement });
  }
  return spans;
}

function whole(text: string, pattern: RegExp, replacement: string): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
    replacement,
  }));
}
