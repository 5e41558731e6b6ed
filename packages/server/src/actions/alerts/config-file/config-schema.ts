import { z } from "zod";
import { monitorDefinitionSchema } from "../../../domain/monitor.js";
import { ruleDefinitionSchema } from "../../../domain/rule.js";
import { channelInputSchema } from "../channel-input.js";
import { ruleNameSchema } from "../rule-input.js";

const projectSchema = z.strictObject({
  slug: z.string().regex(/^(?=.*[a-z])[a-z0-9][a-z0-9_-]{0,49}$/, {
    message: "is not a slug: small letters, digits, - and _, at least one letter, at most 50 characters",
  }),
  name: z.string().trim().min(1).max(200).optional(),
  platform: z.string().trim().min(1).max(64).optional(),
});

const ruleSchema = ruleDefinitionSchema.extend({
  name: ruleNameSchema,
  /** Absent: on when created, later as people left it. */
  enabled: z.boolean().optional(),
});

const monitorSchema = monitorDefinitionSchema.safeExtend({ name: ruleNameSchema });

/**
 * The file for alerts as code, vedette.yaml (design 3). It is the whole truth about what came from it: an object that
 * leaves the file is removed, also when its whole section leaves. Projects are never removed.
 */
export const configFileSchema = z.strictObject({
  version: z.literal(1),
  projects: z.array(projectSchema).nullish(),
  channels: z.array(channelInputSchema).nullish(),
  rules: z.array(ruleSchema).nullish(),
  monitors: z.array(monitorSchema).nullish(),
});

export type FileProject = z.infer<typeof projectSchema>;
export type FileRule = z.infer<typeof ruleSchema>;
export type FileMonitor = z.infer<typeof monitorSchema>;
