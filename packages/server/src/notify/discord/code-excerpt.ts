import type { FrameExcerpt } from "../event/excerpt.js";
import { cutText } from "./cut-text.js";
import { escapeCode, inlineCode } from "./escape.js";

const maxPlaceLength = 160;
const maxLineLength = 96;
const maxBlockLength = 900;

/** File ending, or platform where the ending says nothing, to the name Discord's highlighter knows. */
const languages: Readonly<Record<string, string>> = {
  ts: "ts",
  tsx: "tsx",
  mts: "ts",
  js: "js",
  jsx: "jsx",
  mjs: "js",
  cjs: "js",
  vue: "html",
  svelte: "html",
  py: "py",
  rb: "rb",
  go: "go",
  java: "java",
  kt: "kt",
  cs: "cs",
  php: "php",
  rs: "rs",
  ex: "elixir",
  swift: "swift",
  dart: "dart",
  c: "c",
  h: "c",
  cpp: "cpp",
  m: "objectivec",
  node: "js",
  javascript: "js",
  python: "py",
  ruby: "rb",
  csharp: "cs",
  elixir: "elixir",
};

/**
 * Where it happened, in two parts: `computeTotal` in `src/cart.ts:42`, and the lines of source around it as a code
 * block. Empty text for a part the frame does not hold.
 */
export function codeExcerpt(
  frame: FrameExcerpt | null,
  platform: string | null,
): { place: string; block: string } {
  if (frame === null) return { place: "", block: "" };
  return { place: placeOf(frame), block: blockOf(frame, languageOf(frame, platform)) };
}

function placeOf(frame: FrameExcerpt): string {
  const file =
    frame.place === null ? "" : shortPath(frame.place) + (frame.line === null ? "" : `:${frame.line}`);
  const name = frame.function === null ? "" : inlineCode(cutText(frame.function, maxPlaceLength));
  return [name, inlineCode(file)].filter((part) => part !== "").join(" in ");
}

/** The end of a path tells more than its beginning. */
function shortPath(path: string): string {
  return path.length <= maxPlaceLength ? path : `…${path.slice(-maxPlaceLength).toWellFormed()}`;
}

function blockOf(frame: FrameExcerpt, language: string): string {
  if (frame.source === null || frame.source.trim() === "") return "";
  const lines = [...frame.before, frame.source, ...withoutEmptyEnd(frame.after)].map(sourceLine);
  const at = frame.before.length;
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map(indentOf));
  const digits = String((frame.line ?? 0) + frame.after.length).length;
  const numbered = lines.map((line, index) => {
    const mark = index === at ? "❯" : " ";
    const number = frame.line === null ? "" : `${String(frame.line + index - at).padStart(digits)} │ `;
    return `${mark} ${number}${line.slice(indent)}`.trimEnd();
  });
  const fits = numbered.join("\n").length <= maxBlockLength;
  const shown = fits ? numbered : numbered.slice(at, at + 1);
  return `\`\`\`${language}\n${shown.join("\n")}\n\`\`\``;
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
}

function sourceLine(line: string): string {
  const oneLine = escapeCode(
    line
      .slice(0, 1_024)
      .replaceAll("\t", "  ")
      .replace(/[\r\n]+/g, " "),
  ).trimEnd();
  const indent = oneLine.slice(0, Math.min(indentOf(oneLine), maxLineLength / 2));
  return indent + cutText(oneLine, maxLineLength);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function languageOf(frame: FrameExcerpt, platform: string | null): string {
  const ending = /\.(\w{1,6})(?:\?.*)?$/.exec(frame.place ?? "")?.[1]?.toLowerCase() ?? "";
  return languages[ending] ?? languages[platform ?? ""] ?? "";
}
