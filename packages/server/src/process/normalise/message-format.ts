import { isRecord } from "@vedette/protocol";
import type { Json, JsonObject } from "@vedette/protocol";
import { asJsonText } from "./bag.js";

/** `%s` and its like with flags, `%(name)s`, `%%`, `{}`, `{0}`, `{name}` (`!r` and `:>8` after it are ignored). */
const PLACEHOLDER =
  /%(?:\(([^()]{1,100})\))?[-+#0]{0,5}\d{0,5}(?:\.\d{1,5})?[sdifrxoq]|%%|\{([\w.]{0,100})(?:[!:][^{}]{0,50})?\}/g;

/**
 * Fills the parameters into a message template as Python's `%` and `format` do, and other languages with the same
 * marks: a list by position, an object by name. A placeholder without its parameter stays as it is.
 */
export function formatMessage(template: string, params: readonly Json[] | JsonObject): string {
  const named: JsonObject | null = isRecord(params) ? params : null;
  const listed: readonly Json[] = Array.isArray(params) ? params : [];
  let next = 0;
  const paramFor = (placeholder: Placeholder): Json | undefined => {
    const { name } = placeholder;
    if (name === "") return listed[next++];
    if (named !== null) return Object.hasOwn(named, name) ? named[name] : undefined;
    return /^\d+$/.test(name) ? listed[Number(name)] : undefined;
  };
  const pieces: string[] = [];
  let end = 0;
  for (const placeholder of placeholdersOf(template)) {
    const text = placeholder.text === "%%" ? "%" : textOf(paramFor(placeholder), placeholder.text);
    pieces.push(template.slice(end, placeholder.start), text);
    end = placeholder.start + placeholder.text.length;
  }
  return pieces.join("") + template.slice(end);
}

interface Placeholder {
  readonly text: string;
  readonly start: number;
  /** Empty when it takes the next parameter. */
  readonly name: string;
}

function placeholdersOf(template: string): readonly Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => ({
    text: match[0],
    start: match.index,
    name: match[1] ?? match[2] ?? "",
  }));
}

function textOf(value: Json | undefined, fallback: string): string {
  if (value === undefined) return fallback;
  return typeof value === "string" ? value : asJsonText(value);
}
