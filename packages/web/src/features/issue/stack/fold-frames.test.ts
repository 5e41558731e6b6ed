import { describe, expect, it } from "vitest";
import type { Frame } from "../../../api/events.js";
import { foldFrames, frameToOpen } from "./fold-frames.js";

const own: Frame = { function: "own", inApp: true, context: [[1, "x"]] };
const library: Frame = { function: "library", inApp: false };
const shape = (frames: Frame[]) =>
  foldFrames(frames).map((group) =>
    group.kind === "folded" ? `${group.frames.length}@${group.index}` : group.index,
  );

describe("foldFrames", () => {
  it("folds runs of library frames between own ones", () => {
    expect(shape([library, library, library, own, library, library, own])).toEqual(["3@0", 3, "2@4", 6]);
  });

  it("keeps the innermost frame visible although it is a library's", () => {
    expect(shape([own, library, library, library])).toEqual([0, "2@1", 3]);
  });

  it("shows a library frame that stands alone", () => {
    expect(shape([own, library, own])).toEqual([0, 1, 2]);
  });

  it("folds nothing when no frame is the team's own", () => {
    expect(shape([library, library, library])).toEqual([0, 1, 2]);
  });

  it("answers nothing for an empty stack", () => {
    expect(foldFrames([])).toEqual([]);
  });
});

describe("frameToOpen", () => {
  it("prefers the innermost own frame with source", () => {
    expect(frameToOpen([own, own, { ...library, context: [[1, "y"]] }])).toBe(1);
  });

  it("takes a library frame when there is nothing better, and none without source", () => {
    expect(frameToOpen([library, { ...library, context: [[1, "y"]] }])).toBe(1);
    expect(frameToOpen([library])).toBe(-1);
  });
});
