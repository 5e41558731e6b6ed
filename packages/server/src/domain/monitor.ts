import { z } from "zod";
import { parseDuration } from "./duration.js";
import { notifyTargetSchema } from "./rule.js";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, { message: "is not a duration such as 30s, 5m, 1h or 7d" });

const measure = z
  .string()
  .regex(/^(p50|p75|p90|p95|p99|avg|min|max|sum|count|count_unique|failure_rate|apdex)\([\w.:, ]*\)$/, {
    message: "is not a measure such as p95(transaction.duration), count() or failure_rate()",
  });

const threshold = z.string().regex(/^(>=?|<=?)\s*\d+(\.\d+)?\s*(ms|s|m|h|%)?$/, {
  message: "is not a threshold such as '> 3000ms' or '> 5%'",
});

const oneOrMany = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/**
 * A metric monitor as written in vedette.yaml (S0.5): `measure` over the spans that match `where`, looked at in
 * windows; when a threshold is passed for as long as `for`, `notify` is sent.
 */
export const monitorDefinitionSchema = z
  .strictObject({
    /** Project slug, a list of slugs, or `*` for all. */
    project: oneOrMany.default("*"),
    /** Absent: every environment. */
    environment: oneOrMany.optional(),
    measure,
    /** Search over spans, e.g. `transaction.op:http.server`. */
    where: z.string().max(1_000).optional(),
    window: duration.default("5m"),
    /** How long the threshold has to be passed. Default: one window is enough. */
    for: duration.default("0s"),
    warning: threshold.optional(),
    critical: threshold.optional(),
    notify: z.array(notifyTargetSchema).min(1),
    /** At most one message per state in this time. */
    interval: duration.default("1h"),
    runbook: z.url({ protocol: /^https?$/ }).optional(),
    owner: z.string().max(200).optional(),
    description: z.string().max(2_000).optional(),
  })
  .refine((monitor) => monitor.warning !== undefined || monitor.critical !== undefined, {
    message: "needs a threshold: critical, warning or both",
  });
