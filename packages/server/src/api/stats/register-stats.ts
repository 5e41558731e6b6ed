import type { FastifyInstance } from "fastify";
import { parseDuration } from "../../domain/duration.js";
import { AppError } from "../../shared/app-error.js";
import { requireScope } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { allValues, firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { findOrganization, findProjects } from "../http/scope-lookup.js";
import { readTimeRange } from "../http/time-range.js";
import type { TimeRange } from "../http/time-range.js";
import { outcomeDimensions, readOutcomes } from "./read-outcomes.js";
import type { OutcomeDimension } from "./read-outcomes.js";
import { statsTable } from "./stats-table.js";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const mostIntervals = 1_000;
// Both are the same here: an outcome is kept as a sum, not as the rows that made it.
const knownFields = ["sum(quantity)", "sum(times_seen)"];

/** `stats_v2`: what became of everything that arrived, by outcome, category, reason and project. */
export function registerStats(scope: FastifyInstance, { meta, events, now }: ApiPorts): void {
  scope.get<{ Params: { organization: string }; Querystring: Query }>(
    "/organizations/:organization/stats_v2/",
    async (request) => {
      const caller = requireScope(request, "org:read");
      const { id } = await findOrganization(meta, caller, request.params.organization);
      const { query } = request;
      const projects = await findProjects(meta, id, allValues(query, "project"));
      const fields = readFields(query);
      const { range, stepMs } = readIntervals(query, now());
      const cells = await readOutcomes(events, {
        projectIds: projects.map((project) => project.id),
        range,
        stepMs,
        groupBy: readGroupBy(query),
        only: readOnly(query),
      });
      return statsTable(cells, { range, stepMs, fields });
    },
  );
}

function readFields(query: Query): readonly string[] {
  const fields = allValues(query, "field");
  const unknown = fields.find((field) => !knownFields.includes(field));
  if (unknown !== undefined || fields.length === 0) {
    throw new AppError("invalid", `Invalid field. Known fields are ${knownFields.join(" and ")}.`);
  }
  return fields;
}

function readGroupBy(query: Query): readonly OutcomeDimension[] {
  return [...new Set(allValues(query, "groupBy"))].map((name) => {
    const dimension = outcomeDimensions.find((each) => each === name);
    if (dimension) return dimension;
    throw new AppError("invalid", `Invalid groupBy. Choose from ${outcomeDimensions.join(", ")}.`);
  });
}

function readOnly(query: Query) {
  const names = (["outcome", "category", "reason"] as const).filter((name) => query[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, allValues(query, name)]));
}

/** The range widened to whole intervals. */
function readIntervals(query: Query, now: number): { range: TimeRange; stepMs: number } {
  const asked = readTimeRange(query, { now, fallback: "24h" });
  const stepMs = parseDuration(firstValue(query, "interval") ?? "1h") ?? 0;
  if (stepMs < minuteMs || dayMs % stepMs !== 0) {
    throw new AppError("invalid", "Invalid interval. It must divide a day and be at least a minute.");
  }
  const range = {
    from: Math.floor(asked.from / stepMs) * stepMs,
    to: Math.ceil(asked.to / stepMs) * stepMs,
  };
  const intervals = (range.to - range.from) / stepMs;
  if (intervals < 1 || intervals > mostIntervals) {
    throw new AppError("invalid", `These are ${intervals} intervals; 1 to ${mostIntervals} can be answered.`);
  }
  return { range, stepMs };
}
