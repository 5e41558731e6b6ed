import { useState } from "react";
import type { Series } from "../../../api/projects.js";
import { BarChart } from "../../../components/bar-chart.js";
import { SideSection } from "../../../components/card.js";
import { Segmented } from "../../../components/segmented.js";

/** How often it happens: by the hour over a day, or by the day over a month. */
export function Frequency({ stats }: { readonly stats: Readonly<Record<string, Series>> }) {
  const [period, setPeriod] = useState<"24h" | "30d">("24h");
  const points = stats[period] ?? [];
  return (
    <SideSection
      title="Frequency"
      aside={
        <Segmented
          label="Period"
          value={period}
          onChange={setPeriod}
          options={[
            ["24h", "24 h"],
            ["30d", "30 d"],
          ]}
        />
      }
    >
      <BarChart
        bars={points.map(([at, value]) => ({ at, value }))}
        height={64}
        unit="events"
        byDay={period === "30d"}
      />
    </SideSection>
  );
}
