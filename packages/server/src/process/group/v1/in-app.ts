import type { FrameShape } from "./event-shape.js";
import { IN_APP_RULES } from "./in-app-rules.js";
import { memoTest } from "./memo.js";
import type { Family } from "./platform.js";
import { familyOf } from "./platform.js";

/**
 * For each frame whether it is the application's own code.
 *
 * What the SDK said is believed when it tells frames apart. Where it said nothing, the rules of the platform
 * decide. An SDK that calls every frame its own (the browser's does) has not looked, so there the rules may take
 * frames away. Go's SDK calls modules in the module cache its own; those are always taken away.
 * Applied to its own result it gives the same result, so stored events group as fresh ones do.
 */
export function inAppFlags(frames: readonly FrameShape[], platform: string | null | undefined): boolean[] {
  const told = frames.map((frame) => {
    const family = familyOf(frame.platform, platform);
    if (frame.in_app === true) return family !== "go" || !isModuleCache(frame);
    return frame.in_app !== false && !isThirdParty(frame, family);
  });
  if (!told.every(Boolean)) return told;
  return frames.map((frame) => !isThirdParty(frame, familyOf(frame.platform, platform)));
}

function isModuleCache(frame: FrameShape): boolean {
  return (frame.abs_path ?? frame.filename ?? "").includes("/pkg/mod/");
}

interface Tests {
  readonly path: (text: string) => boolean;
  readonly name: (text: string) => boolean;
  readonly library: (text: string) => boolean;
}

const TESTS = new Map<Family, Tests>();

function testsOf(family: Family): Tests {
  const known = TESTS.get(family);
  if (known) return known;
  const { path, name, library } = IN_APP_RULES[family];
  const tests = { path: memoTest(path), name: memoTest(name), library: memoTest(library) };
  TESTS.set(family, tests);
  return tests;
}

function isThirdParty(frame: FrameShape, family: Family): boolean {
  const tests = testsOf(family);
  const full = forwardSlashes(frame.abs_path);
  const file = forwardSlashes(frame.filename);
  if (tests.path(full) || tests.path(file)) return true;
  // A Python file with a full path is judged by the path alone: an application may have a package `http`.
  const isNameTelling = family !== "python" || full === "";
  if (isNameTelling && tests.name(frame.module || frame.function || "")) return true;
  return tests.library(forwardSlashes(frame.package));
}

function forwardSlashes(path: string | null | undefined): string {
  if (!path) return "";
  return path.includes("\\") ? path.replaceAll("\\", "/") : path;
}
