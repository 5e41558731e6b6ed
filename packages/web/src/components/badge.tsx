import type { ReactNode } from "react";
import { cx } from "./class-names.js";

export type Tone = "neutral" | "accent" | "good" | "info" | "warning" | "error" | "fatal";

const tones: Readonly<Record<Tone, string>> = {
  neutral: "bg-line/45 text-ink-2 ring-line",
  accent: "bg-accent-soft text-accent ring-accent/20",
  good: "bg-good-soft text-good ring-good/20",
  info: "bg-info-soft text-info ring-info/20",
  warning: "bg-warning-soft text-warning ring-warning/25 [[data-theme=light]_&]:text-[oklch(0.5_0.12_65)]",
  error: "bg-error-soft text-error ring-error/20",
  fatal: "bg-fatal-soft text-fatal ring-fatal/20",
};

/** A small label with a tone of its own. */
export function Badge(props: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span
      title={props.title}
      className={cx(
        "inline-flex h-[18px] shrink-0 items-center gap-1 rounded-[5px] px-1.5 text-2xs font-medium ring-1 ring-inset",
        tones[props.tone ?? "neutral"],
      )}
    >
      {props.children}
    </span>
  );
}
