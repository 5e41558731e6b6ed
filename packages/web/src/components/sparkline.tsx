import { memo } from "react";
import { fullCount } from "./numbers.js";

/** Pairs of epoch seconds and a count, oldest first. */
type Points = readonly (readonly [number, number])[];

/** A row of small bars: how a count went over time. Tells its peak to those who cannot see it. */
export const Sparkline = memo(function Sparkline(props: {
  readonly points: Points;
  readonly width: number;
  readonly height: number;
}) {
  const { points, width, height } = props;
  if (points.length === 0) return <span style={{ width, height }} className="inline-block" />;
  const peak = Math.max(1, ...points.map((point) => point[1]));
  const step = width / points.length;
  const barWidth = Math.max(1, step - 1);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      height={height}
      role="img"
      aria-label={`Peak of ${fullCount(peak)}`}
      className="block w-full"
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
      {points.map(([time, count], index) => {
        if (count === 0) return null;
        const bar = Math.max(2, (count / peak) * (height - 2));
        const last = index === points.length - 1;
        return (
          <rect
            key={time}
            x={index * step}
            y={height - bar}
            width={barWidth}
            height={bar}
            rx={Math.min(1, barWidth / 2)}
            className={last ? "fill-accent" : "fill-accent/55"}
          />
        );
      })}
    </svg>
  );
});
