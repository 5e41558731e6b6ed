import type { Request } from "@vedette/protocol";
import { bagLimits } from "./bag.js";
import type { Fields } from "./fields.js";
import { pairsOf, unlessEmpty } from "./fields.js";
import { pairText, parseCookies, parseForm, trimPairs } from "./pairs.js";
import type { TextPair } from "./pairs.js";
import { readRequestBody } from "./request-body.js";
import { textLimits } from "./text-limit.js";

const METHOD = /^[A-Z\-_]{3,32}$/;
const WORD_START = /(^|-)([a-z])/g;
const NEEDS_CAPITAL = /(?:^|-)[a-z]|\s/;

/** Reads the HTTP request (ingest sheet 6.5); undefined when the event has none or an empty one. */
export function normaliseRequest(fields: Fields | undefined): Request | undefined {
  if (fields === undefined) return undefined;
  const address = readUrl(fields);
  const headers = readHeaders(fields);
  const ownCookies = readCookies(fields);
  const cookieHeader = headers?.find(([name]) => name === "Cookie");
  const takesHeader = ownCookies === undefined && cookieHeader !== undefined;
  const body = readRequestBody(fields, headers);
  // Field by field: an object made by spreading is a slow one to V8.
  const request: Request = {
    url: address.url,
    method: readMethod(fields),
    query_string: readQuery(fields) ?? address.query_string,
    fragment: fields.text("fragment", textLimits.fragment) ?? address.fragment,
    headers: takesHeader ? without(headers, cookieHeader) : headers,
    cookies: takesHeader ? limited(parseCookies(cookieHeader[1]), "cookies", fields) : ownCookies,
    data: body.data,
    inferred_content_type: body.inferred_content_type,
    env: fields.bag("env", bagLimits.large),
    body_size: fields.unsigned("body_size"),
    protocol: fields.text("protocol", textLimits.name64),
    api_target: fields.text("api_target", textLimits.name64),
  };
  return unlessEmpty(request);
}

function without(
  headers: readonly TextPair[] | undefined,
  cookie: TextPair,
): readonly TextPair[] | undefined {
  const others = headers?.filter((pair) => pair !== cookie) ?? [];
  return others.length === 0 ? undefined : others;
}

/** Value of a header by its canonical name (`User-Agent`); undefined when absent. */
export function headerOf(request: Request | undefined, name: string): string | undefined {
  return request?.headers?.find(([header]) => header === name)?.[1];
}

function readUrl(fields: Fields): Pick<Request, "url" | "query_string" | "fragment"> {
  const text = fields.trimmed("url", textLimits.path);
  if (text === undefined) return {};
  const whole = text.endsWith("…") ? `${text.slice(0, -1)}...` : text;
  const [beforeFragment = "", ...fragments] = whole.split("#");
  const [url = "", ...queries] = beforeFragment.split("?");
  const query = queries.join("?");
  const fragment = fragments.join("#");
  return {
    url: url || undefined,
    query_string: query === "" ? undefined : limited(parseForm(query), "query_string", fields),
    fragment: fragment || undefined,
  };
}

function readMethod(fields: Fields): string | undefined {
  const method = fields.trimmed("method", textLimits.name64)?.toUpperCase();
  if (method === undefined || METHOD.test(method)) return method;
  fields.place.at("method").invalid("not an HTTP method");
  return undefined;
}

function readQuery(fields: Fields): readonly TextPair[] | undefined {
  const sent = fields.raw["query_string"];
  if (sent === undefined || sent === null) return undefined;
  if (typeof sent === "string") {
    const text = sent.startsWith("?") ? sent.slice(1) : sent;
    return text === "" ? undefined : limited(parseForm(text), "query_string", fields);
  }
  return readPairs(fields, "query_string");
}

function readCookies(fields: Fields): readonly TextPair[] | undefined {
  const sent = fields.raw["cookies"];
  if (sent === undefined || sent === null) return undefined;
  return typeof sent === "string"
    ? limited(parseCookies(sent), "cookies", fields)
    : readPairs(fields, "cookies");
}

function readHeaders(fields: Fields): readonly TextPair[] | undefined {
  const sent = fields.raw["headers"];
  if (sent === undefined || sent === null) return undefined;
  const pairs = readPairs(fields, "headers")?.map(([name, value]): TextPair => [headerName(name), value]);
  if (pairs === undefined || Array.isArray(sent)) return pairs;
  return pairs.toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)));
}

function headerName(name: string): string {
  // Most are well-formed already, and a replacement costs ten times the test.
  if (!NEEDS_CAPITAL.test(name)) return name;
  return name
    .trim()
    .replace(WORD_START, (_whole, dash: string, letter: string) => dash + letter.toUpperCase());
}

const PAIR_LIMITS = {
  query_string: bagLimits.small,
  cookies: bagLimits.medium,
  headers: bagLimits.large,
} as const;

type PairField = keyof typeof PAIR_LIMITS;

function readPairs(fields: Fields, key: PairField): readonly TextPair[] | undefined {
  const place = fields.place.at(key);
  const pairs = pairsOf(fields.raw[key], place);
  if (pairs === null) {
    place.invalid("expected an object or a list of pairs");
    return undefined;
  }
  const texts = pairs.flatMap(([name, value]): TextPair[] => {
    const nameText = pairText(name);
    const text = key === "headers" ? headerText(value) : pairText(value);
    return nameText === "" || value === null ? [] : [[nameText, text]];
  });
  return limited(texts, key, fields);
}

/** .NET sends header values as lists. */
function headerText(value: unknown): string {
  return Array.isArray(value) ? value.map((entry) => pairText(entry)).join(",") : pairText(value);
}

function limited(
  pairs: readonly TextPair[],
  key: PairField,
  fields: Fields,
): readonly TextPair[] | undefined {
  return pairs.length === 0 ? undefined : trimPairs(pairs, PAIR_LIMITS[key], fields.place.at(key));
}
