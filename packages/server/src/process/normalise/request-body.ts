import type { Json, Request } from "@vedette/protocol";
import { bagLimits, trimBag } from "./bag.js";
import type { Fields } from "./fields.js";
import type { TextPair } from "./pairs.js";
import { parseForm } from "./pairs.js";
import { parseInnerJson } from "./parse-payload.js";
import { textLimits } from "./text-limit.js";

/** Longest text tried as JSON or form data; what is longer would be cut to 8 KiB anyway. */
const MAX_PARSED_CHARS = 65_536;

const FORM = /^[^\s=&{["]+=[^\s=&]*(?:&[^\s=&]+=[^\s=&]*)*$/;
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/**
 * Reads the body of the request: text is tried as a JSON object or list, then as form data, and what it proved to
 * be is told in `inferred_content_type` (ingest sheet 6.5). Other text stays text; all is cut to 8 KiB.
 */
export function readRequestBody(
  fields: Fields,
  headers: readonly TextPair[] | undefined,
): Pick<Request, "data" | "inferred_content_type"> {
  const sent = fields.raw["data"];
  const told = fields.text("inferred_content_type", textLimits.name128) ?? contentType(headers);
  if (typeof sent !== "string" || sent === "") {
    return { data: fields.any("data", bagLimits.large), inferred_content_type: told };
  }
  const parsed = sent.length > MAX_PARSED_CHARS ? null : (asJson(sent) ?? asForm(sent, told === FORM_TYPE));
  return {
    data: trimBag(parsed?.value ?? sent, bagLimits.large, fields.place.at("data")),
    inferred_content_type: parsed?.type ?? told,
  };
}

interface Parsed {
  readonly value: unknown;
  readonly type: string;
}

function asJson(text: string): Parsed | null {
  const start = text.trimStart()[0];
  if (start !== "{" && start !== "[") return null;
  const value = parseInnerJson(text);
  return value === undefined ? null : { value, type: JSON_TYPE };
}

function asForm(text: string, isToldSo: boolean): Parsed | null {
  if (!isToldSo && !FORM.test(text)) return null;
  const pairs = parseForm(text);
  // A lone name without value is far more often base64 with its padding than a form.
  if (!isToldSo && pairs.length === 1 && pairs[0]?.[1] === "") return null;
  return { value: byName(pairs), type: FORM_TYPE };
}

function byName(pairs: readonly TextPair[]): { readonly [name: string]: Json } {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    else if (typeof before === "string") values.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(values);
}

function contentType(headers: readonly TextPair[] | undefined): string | undefined {
  const header = headers?.find(([name]) => name === "Content-Type")?.[1];
  const [type = ""] = header?.split(";", 1) ?? [];
  return type.trim().toLowerCase() || undefined;
}
