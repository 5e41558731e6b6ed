import { useState } from "react";
import type { Frame } from "../../../api/events.js";
import { foldFrames, frameToOpen, type FrameGroup } from "./fold-frames.js";
import { FrameRow } from "./frame-row.js";

/** A stack. Runs of library frames are folded into one line each until asked for. */
export function FrameList(props: {
  readonly frames: readonly Frame[];
  readonly newestFirst: boolean;
  readonly full: boolean;
}) {
  const { frames, newestFirst, full } = props;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const groups: FrameGroup[] = full
    ? frames.map((frame, index) => ({ kind: "frame", frame, index }))
    : foldFrames(frames);
  const toOpen = frameToOpen(frames);
  const visible = groups.flatMap((group): FrameGroup[] =>
    group.kind === "folded" && opened.has(group.index)
      ? group.frames.map((frame, offset) => ({ kind: "frame", frame, index: group.index + offset }))
      : [group],
  );
  return (
    <ol>
      {(newestFirst ? visible.toReversed() : visible).map((group) =>
        group.kind === "frame" ? (
          <FrameRow key={group.index} frame={group.frame} startOpen={group.index === toOpen} />
        ) : (
          <li key={`fold-${group.index}`} className="border-b border-line last:border-0">
            <button
              type="button"
              onClick={() => setOpened(new Set([...opened, group.index]))}
              className="flex w-full items-center gap-2 bg-sunken/60 px-3 py-1 pl-[34px] text-xs text-ink-3 hover:bg-hover hover:text-ink"
            >
              Show {group.frames.length} library frames
              <span className="min-w-0 truncate text-ink-3/80">{librariesOf(group.frames)}</span>
            </button>
          </li>
        ),
      )}
    </ol>
  );
}

/** Up to three names that say whose frames are folded. */
function librariesOf(frames: readonly Frame[]): string {
  const names = frames.map((frame) => {
    const path = frame.filename ?? frame.module ?? "";
    return (
      /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
      /site-packages\/([^/]+)/.exec(path)?.[1] ??
      frame.module?.split(/[./]/)[0]
    );
  });
  const distinct = [...new Set(names)].filter(Boolean);
  return distinct.slice(0, 3).join(", ") + (distinct.length > 3 ? " …" : "");
}
