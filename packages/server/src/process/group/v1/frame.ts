import { cleanText } from "./digest.js";
import type { FrameShape } from "./event-shape.js";
import { ANONYMOUS, isWeakFunction, normaliseFunction } from "./function-name.js";
import { normaliseModule, stateMachineMethod } from "./module-name.js";
import { normalisePath } from "./path.js";
import type { Family } from "./platform.js";

/** What is left of a frame when everything that changes between builds and machines is gone. */
export interface FrameKey {
  /** Readable and hashed: `src/cart.ts in checkout`. Empty when the frame says nothing. */
  readonly text: string;
  /** True when the frame names a file at most: a minifier's or no function, and no source line. */
  readonly weak: boolean;
}

/** A longer source line is a minified file's, which differs in every release. */
const MAX_CONTEXT_CHARS = 200;

const MINIFIED = "<minified>";

/** The normalised frame. Line, column and absolute addresses never count. */
export function frameKey(frame: FrameShape, family: Family): FrameKey {
  const path = frame.filename || frame.abs_path || "";
  const name = functionOf(frame, family);
  const isWeak = isWeakFunction(name, family) && (name === ANONYMOUS || isScript(path));
  const context = isWeak && name === ANONYMOUS ? sourceLine(frame.context_line) : "";
  const where = whereOf(frame, { family, path, isNamed: !isWeak });
  if (context) return { text: `${where} at ${context}`, weak: false };
  if (!where && isWeak) return { text: "", weak: true };
  if (where.includes("+0x")) return { text: where, weak: false };
  const shown = isWeak && name !== ANONYMOUS ? MINIFIED : name;
  return { text: where ? `${where} in ${shown}` : shown, weak: isWeak && needsNames(family) };
}

/** Elsewhere a file without function is a script, and the file says enough. */
function needsNames(family: Family): boolean {
  return family === "javascript" || family === "other" || family === "native";
}

function functionOf(frame: FrameShape, family: Family): string {
  if (family === "dotnet" && frame.function === "MoveNext" && frame.module) {
    const method = stateMachineMethod(frame.module);
    if (method) return method;
  }
  return normaliseFunction(frame.function, family);
}

function whereOf(
  frame: FrameShape,
  { family, path, isNamed }: { family: Family; path: string; isNamed: boolean },
): string {
  if (family === "native" && isNamed) return "";
  const module = normaliseModule(frame.module, family);
  if (module && !(family === "elixir" && (frame.function ?? "").startsWith(module))) return module;
  if (path && !(family === "native" && path.startsWith("0x"))) return normalisePath(path);
  return frame.package ? packageOf(frame) : "";
}

/** An unsymbolicated frame is known by its library and its place therein, which address randomisation leaves. */
function packageOf(frame: FrameShape): string {
  const file = normalisePath((frame.package ?? "").replace(/^.*[/\\]/, ""));
  const offset = Number(frame.instruction_addr ?? Number.NaN) - Number(frame.image_addr ?? Number.NaN);
  return Number.isSafeInteger(offset) && offset > 0 ? `${file}+0x${offset.toString(16)}` : file;
}

function isScript(path: string): boolean {
  return /\.(?:m?js|cjs|bundle|jsbundle|html?)(?:[?#]|$)|^<|^$|\/$/.test(path) || !/\.\w+$/.test(path);
}

/** A source line without literals and spacing; empty when missing or too long to be written by a person. */
function sourceLine(line: string | null | undefined): string {
  if (!line || line.length > MAX_CONTEXT_CHARS || line.includes("{snip}")) return "";
  return cleanText(line)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"')
    .replace(/\b\d+(?:\.\d+)?\b/g, "0")
    .replace(/ /g, "");
}
