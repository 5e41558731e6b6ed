import type { Server } from "../../support/server.js";
import { waitFor } from "../../support/wait-for.js";

interface Outcomes {
  readonly groups: readonly {
    readonly by: { readonly outcome: string; readonly reason: string };
    readonly totals: { readonly "sum(quantity)": number };
  }[];
}

const path =
  "/organizations/default/stats_v2/?field=sum(quantity)&groupBy=outcome&groupBy=reason&interval=1h&statsPeriod=24h";

/** Waits until the statistics know of items with this outcome. @returns how many over the last day */
export function quantityOf(
  server: Server,
  wanted: { readonly outcome: string; readonly reason: string },
): Promise<number> {
  return waitFor(`outcome ${wanted.outcome} for ${wanted.reason}`, async () => {
    const { groups } = await server.api<Outcomes>(path);
    const group = groups.find(({ by }) => by.outcome === wanted.outcome && by.reason === wanted.reason);
    return group?.totals["sum(quantity)"];
  });
}
