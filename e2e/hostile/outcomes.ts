import type { Server } from "../support/server.js";

/** What the project's owner sees counted in the last hour, by `category outcome reason`. */
export async function readOutcomes(server: Server): Promise<ReadonlyMap<string, number>> {
  const { groups } = await server.api<{
    groups: { by: { category: string; outcome: string; reason: string }; totals: Record<string, number> }[];
  }>(
    "/organizations/default/stats_v2/?field=sum(quantity)&groupBy=category&groupBy=outcome&groupBy=reason&statsPeriod=1d&interval=1h",
  );
  return new Map(
    groups.map(({ by, totals }) => [
      `${by.category} ${by.outcome} ${by.reason}`,
      totals["sum(quantity)"] ?? 0,
    ]),
  );
}

/** Everything that was counted, added up. */
export function totalOf(outcomes: ReadonlyMap<string, number>): number {
  return [...outcomes.values()].reduce((sum, count) => sum + count, 0);
}
