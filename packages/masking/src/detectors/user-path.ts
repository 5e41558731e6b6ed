import type { Span } from "./detector.js";

const POSIX = /\/(Users|home)\/([^\s/\\:"'<>|[\]]{1,64})(?=\/)/g;
const WINDOWS =
  /([a-z]:[\\/]{1,2}(?:Users|Documents and Settings)[\\/]{1,2})([^\\/:*?"<>|\r\n[\]]{1,64})(?=[\\/])/gi;
const URL_PATH_CHARACTER = /[\w.~%-]/;

/** Finds the name in `/Users/x/` and `/home/x/`; the span is the name alone. `https://host/home/x/` is no home folder. */
export function findPosixUserPaths(text: string, replacement: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 1: folder = "", 2: name = "" } of text.matchAll(POSIX)) {
    if (folder === "home" && URL_PATH_CHARACTER.test(text[index - 1] ?? "")) continue;
    const start = index + folder.length + "//".length;
    spans.push({ start, end: start + name.length, replacement });
  }
  return spans;
}

/** Finds the name in `C:\Users\x\` and `C:\Documents and Settings\x\`, with `\`, `\\` or `/`; the span is the name alone. */
export function findWindowsUserPaths(text: string, replacement: string): Span[] {
  return [...text.matchAll(WINDOWS)].map(({ index, 1: prefix = "", 2: name = "" }) => {
    const start = index + prefix.length;
    return { start, end: start + name.length, replacement };
  });
}
