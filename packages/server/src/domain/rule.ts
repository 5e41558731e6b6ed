import { z } from "zod";
import { parseDuration } from "./duration.js";

/**
 * An issue rule as written in vedette.yaml, sent by the API and kept in `rule.definition`.
 * When one of `when` happens and all of `if`, one of `any` and none of `none` hold, `notify` is sent,
 * at most once per `interval` and issue.
 */
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, { message: "is not a duration such as 30s, 5m, 1h or 7d" });

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

export const matchOperators = [
  "is",
  "is_not",
  "contains",
  "not_contains",
  "starts",
  "not_starts",
  "ends",
  "not_ends",
  "in",
  "not_in",
  "regex",
  "not_regex",
  "is_set",
  "not_set",
  "gt",
  "gte",
  "lt",
  "lte",
] as const;
export type MatchOperator = (typeof matchOperators)[number];

const match = z.strictObject({
  key: z.string().min(1).max(200),
  op: z.enum(matchOperators).default("is"),
  value: z.union([z.string(), z.number(), z.array(z.string()).min(1)]).optional(),
});

const levelName = z.enum(["debug", "info", "warning", "error", "fatal"]);

const triggerSchema = z.union([
  z.enum(["first_seen", "regression", "reappeared", "escalating", "every_event", "resolved"]),
  z.strictObject({
    event_frequency: z.strictObject({ count: z.number().int().nonnegative(), per: duration }),
  }),
  z.strictObject({
    event_frequency_percent: z.strictObject({
      percent: z.number().positive(),
      per: duration,
      against: duration,
    }),
  }),
  z.strictObject({
    user_frequency: z.strictObject({ count: z.number().int().nonnegative(), per: duration }),
  }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

export const filterSchema = z.union([
  z.strictObject({
    level: z.union([
      oneOrMany(levelName),
      z.strictObject({ gte: levelName }),
      z.strictObject({ lte: levelName }),
    ]),
  }),
  z.strictObject({ tag: match }),
  z.strictObject({ attribute: match }),
  z.strictObject({ priority: oneOrMany(z.enum(["high", "medium", "low"])) }),
  z.strictObject({ environment: oneOrMany(z.string()) }),
  z.strictObject({
    age: z.union([z.strictObject({ older: duration }), z.strictObject({ newer: duration })]),
  }),
  z.strictObject({ times_seen: z.number().int().positive() }),
  z.strictObject({ release: z.literal("latest") }),
  z.strictObject({ category: oneOrMany(z.string()) }),
  /** `none`, `any`, an e-mail address or `team:<slug>`. */
  z.strictObject({ assignee: z.string() }),
]);
export type Filter = z.infer<typeof filterSchema>;

export const notifyTargetSchema = z.strictObject({
  channel: z.string().min(1),
  /** Tags shown in the message, in this order (S0.6). */
  tags: z.array(z.string().min(1).max(200)).max(20).default([]),
  /** `@here`, `@everyone`, `<@&role>` or `<@user>`; set by an administrator, never by an event. */
  mention: z
    .string()
    .regex(/^(@here|@everyone|<@&?\d{5,20}>)(\s(@here|@everyone|<@&?\d{5,20}>))*$/)
    .optional(),
});
export type NotifyTarget = z.infer<typeof notifyTargetSchema>;

export const ruleDefinitionSchema = z.strictObject({
  /** Project slug, a list of slugs, or `*` for all. */
  project: oneOrMany(z.string().min(1)).default("*"),
  /** Absent: every environment. */
  environment: oneOrMany(z.string().min(1)).optional(),
  when: z.array(triggerSchema).min(1),
  if: z.array(filterSchema).optional(),
  any: z.array(filterSchema).optional(),
  none: z.array(filterSchema).optional(),
  notify: z.array(notifyTargetSchema).min(1),
  /** At most one firing per issue in this time. Default 30m; `0s` means every time. */
  interval: duration.default("30m"),
  runbook: z.url({ protocol: /^https?$/ }).optional(),
  owner: z.string().max(200).optional(),
  description: z.string().max(2_000).optional(),
});
export type RuleDefinition = z.infer<typeof ruleDefinitionSchema>;
