import { cx } from "../class-names.js";

const colours: Readonly<Record<string, string>> = {
  fatal: "bg-fatal",
  error: "bg-error",
  warning: "bg-warning",
  info: "bg-info",
};

/** A level as a coloured dot, with its name beside it when `named`. */
export function LevelMark({ level, named }: { readonly level: string; readonly named?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5" title={`Level: ${level}`}>
      <span className={cx("size-2 rounded-full", colours[level] ?? "bg-ink-3")} aria-hidden="true" />
      <span className={named ? "text-xs text-ink-2 capitalize" : "sr-only"}>{level}</span>
    </span>
  );
}

/** The colour of a level as a background class. */
export function levelColour(level: string | null | undefined): string {
  return colours[level ?? ""] ?? "bg-line-strong";
}
