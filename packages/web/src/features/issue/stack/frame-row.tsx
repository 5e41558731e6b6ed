import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Frame } from "../../../api/events.js";
import { cx } from "../../../components/class-names.js";
import { visibleText } from "../../../components/visible-text.js";
import { KeyValues } from "../key-values.js";
import { frameLocation } from "./raw-stack.js";
import { SourceLines } from "./source-lines.js";

/** One frame: where, in what function, and on request its source and variables. */
export function FrameRow({ frame, startOpen }: { readonly frame: Frame; readonly startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const lines = frame.context ?? [];
  const vars = frame.vars ?? {};
  const hasVars = Object.keys(vars).length > 0;
  const canOpen = lines.length > 0 || hasVars;
  const content = (
    <>
      <ChevronRight
        size={14}
        aria-hidden="true"
        className={cx(
          "mt-[3px] shrink-0 text-ink-3 transition-transform duration-100",
          open && "rotate-90",
          !canOpen && "invisible",
        )}
      />
      <span className="min-w-0 flex-1 text-left">
        <span
          className={cx(
            "font-mono text-[12.5px] break-all",
            frame.inApp ? "font-semibold text-ink" : "text-ink-2",
          )}
        >
          {visibleText(frame.function ?? "<anonymous>")}
        </span>
        <span className="ml-2 font-mono text-[12px] break-all text-ink-3">
          {visibleText(frameLocation(frame))}
        </span>
      </span>
      {frame.inApp && (
        <span className="mt-[3px] shrink-0 rounded-[4px] bg-accent-soft px-1.5 text-2xs font-medium text-accent">
          In app
        </span>
      )}
    </>
  );
  const rowClass = "flex w-full items-start gap-2 px-3 py-[7px]";
  return (
    <li className="border-b border-line last:border-0">
      {canOpen ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className={cx(rowClass, "hover:bg-hover")}
        >
          {content}
        </button>
      ) : (
        <div className={rowClass}>{content}</div>
      )}
      {open && canOpen && (
        <div className="border-t border-line bg-sunken">
          {lines.length > 0 && <SourceLines lines={lines} current={frame.lineNo} />}
          {hasVars && (
            <div className={cx("px-4 py-2", lines.length > 0 && "border-t border-line")}>
              <h4 className="mb-1 text-2xs font-semibold text-ink-3">Variables</h4>
              <KeyValues entries={Object.entries(vars)} />
            </div>
          )}
        </div>
      )}
    </li>
  );
}
