import type { Frame, JsonObject } from "@vedette/protocol";
import { bagLimits, trimObject } from "./bag.js";
import type { Fields } from "./fields.js";
import { lenientText } from "./fields.js";
import { toPlatform } from "./level-platform.js";
import { cutText, exceeds, textLimits } from "./text-limit.js";

/** Lines of source kept on each side of the failing one. */
const MAX_CONTEXT_LINES = 20;

const HEX = /^(?:0[xX])?[0-9a-fA-F]{1,16}$/;
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Reads one stack frame (ingest sheet 6.4). Fields without a value are undefined; a frame may be empty. */
export function normaliseFrame(fields: Fields): Frame {
  const { raw } = fields;
  const [filename, absPath] = readPaths(fields);
  return {
    filename,
    abs_path: absPath,
    function: fields.text("function", textLimits.symbol),
    raw_function: fields.text("raw_function", textLimits.symbol),
    symbol: fields.text("symbol", textLimits.symbol),
    module: fields.text("module", textLimits.symbol),
    package: fields.text("package", textLimits.path),
    lineno: fields.unsigned("lineno"),
    colno: fields.unsigned("colno"),
    context_line: sourceLine(raw["context_line"]),
    pre_context: sourceLines(raw["pre_context"]),
    post_context: sourceLines(raw["post_context"]),
    in_app: fields.flag("in_app"),
    vars: readVars(fields),
    platform: raw["platform"] === undefined ? undefined : toPlatform(raw["platform"]),
    instruction_addr: readAddress(raw["instruction_addr"]),
    symbol_addr: readAddress(raw["symbol_addr"]),
    image_addr: readAddress(raw["image_addr"]),
    addr_mode: fields.text("addr_mode", textLimits.name128),
    trust: fields.text("trust", textLimits.name64),
    stack_start: fields.flag("stack_start"),
    data: fields.bag("data", bagLimits.medium),
  };
}

/**
 * An address as `0x…` in lower case, from hex text (with or without `0x`) or a number; undefined when it is
 * neither. Numbers above 2^53 have already lost digits in JSON.
 */
export function readAddress(value: unknown): string | undefined {
  if (typeof value === "string" && HEX.test(value)) {
    const digits = /^0x/i.test(value) ? value.slice(2) : value;
    return `0x${digits.toLowerCase()}`;
  }
  return typeof value === "number" && value >= 0 && Number.isInteger(value)
    ? `0x${value.toString(16)}`
    : undefined;
}

/** `filename` and `abs_path`, each filled from the other; a URL belongs into the latter, its path into the former. */
function readPaths(fields: Fields): readonly [filename: string | undefined, absPath: string | undefined] {
  const filename = fields.text("filename", textLimits.path);
  const absPath = fields.text("abs_path", textLimits.path);
  const file = filename ?? absPath;
  if (file === undefined) return [undefined, undefined];
  return [file.includes("://") ? pathOfUrl(file) : file, absPath ?? filename];
}

function pathOfUrl(text: string): string {
  const scheme = URL_START.exec(text);
  if (scheme === null) return text;
  const slash = text.indexOf("/", scheme[0].length);
  if (slash === -1) return "/";
  const end = text.slice(slash).search(/[?#]/);
  return end === -1 ? text.slice(slash) : text.slice(slash, slash + end);
}

function sourceLine(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const limit = textLimits.sourceLine;
  return exceeds(value, limit) ? cutText(value, limit.max) : value;
}

function sourceLines(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines = value.length > MAX_CONTEXT_LINES ? value.slice(0, MAX_CONTEXT_LINES) : value;
  // A missing line must keep its place, or the numbers beside the others would be wrong.
  return lines.map((line: unknown) => sourceLine(line) ?? lenientText(line) ?? "");
}

function readVars(fields: Fields): JsonObject | undefined {
  const value = fields.raw["vars"];
  if (!Array.isArray(value)) return fields.bag("vars", bagLimits.medium);
  const numbered = Object.fromEntries(value.entries());
  return value.length > 0 ? trimObject(numbered, bagLimits.medium, fields.place.at("vars")) : undefined;
}
