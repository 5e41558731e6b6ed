import { useState } from "react";
import { cx } from "./class-names.js";
import { fullCount, shortCount } from "./numbers.js";

/** One bar: its time in epoch seconds, a main value, and a second one stacked on it. */
export interface Bar {
  readonly at: number;
  readonly value: number;
  readonly second?: number;
}

/** A bar chart which says the bar under the pointer in words. `unit` is the plural, such as `events`. */
export function BarChart(props: {
  readonly bars: readonly Bar[];
  readonly height: number;
  readonly unit: string;
  readonly secondUnit?: string;
  readonly byDay?: boolean;
}) {
  const { bars, height, unit } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const peak = Math.max(1, ...bars.map((bar) => bar.value + (bar.second ?? 0)));
  const total = bars.reduce((sum, bar) => sum + bar.value, 0);
  const shown = hovered === null ? undefined : bars[hovered];
  return (
    <figure className="min-w-0" onPointerLeave={() => setHovered(null)}>
      <figcaption className="nums mb-1 flex h-4 justify-between gap-2 text-2xs text-ink-3">
        {shown ? (
          <>
            <span className="truncate font-medium text-ink-2">
              {fullCount(shown.value)} {unit}
              {props.secondUnit && shown.second ? `, ${fullCount(shown.second)} ${props.secondUnit}` : ""}
            </span>
            <span className="shrink-0">{momentOf(shown.at, props.byDay)}</span>
          </>
        ) : (
          <>
            <span className="truncate">
              {fullCount(total)} {unit}
            </span>
            {total > 0 && <span className="shrink-0">peak {shortCount(peak)}</span>}
          </>
        )}
      </figcaption>
      <div
        className="flex items-end gap-px border-b border-line"
        style={{ height }}
        role="img"
        aria-label={`${fullCount(total)} ${unit}`}
      >
        {bars.map((bar, index) => (
          <div
            key={bar.at}
            onPointerEnter={() => setHovered(index)}
            className={cx("flex h-full min-w-0 flex-1 flex-col justify-end", hovered === index && "bg-hover")}
          >
            {bar.second ? (
              <div className="rounded-t-[2px] bg-line-strong" style={{ height: percent(bar.second, peak) }} />
            ) : null}
            {bar.value > 0 ? (
              <div
                className={cx(
                  "min-h-[2px] bg-accent",
                  !bar.second && "rounded-t-[2px]",
                  hovered !== null && hovered !== index && "opacity-60",
                )}
                style={{ height: percent(bar.value, peak) }}
              />
            ) : null}
          </div>
        ))}
      </div>
    </figure>
  );
}

const percent = (value: number, peak: number) => `${(value / peak) * 100}%`;

function momentOf(epochSeconds: number, byDay: boolean | undefined): string {
  const date = new Date(epochSeconds * 1_000);
  return byDay
    ? date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })
    : date.toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
