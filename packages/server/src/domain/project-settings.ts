import { z } from "zod";

/** Everything a project's owner can set that ingest and process obey. Unknown keys are refused by the API. */
export const projectSettingsSchema = z.strictObject({
  /** Data scrubbing (S2.12, ingest sheet 8). */
  scrubData: z.boolean().default(true),
  scrubDefaults: z.boolean().default(true),
  scrubIpAddresses: z.boolean().default(false),
  sensitiveFields: z.array(z.string().min(1).max(200)).max(200).default([]),
  safeFields: z.array(z.string().min(1).max(200)).max(200).default([]),
  maskStyle: z.enum(["filtered", "masked"]).default("filtered"),
  /** Origins allowed to send; `*` allows all. */
  allowedDomains: z.array(z.string()).default(["*"]),
  /** Inbound filters (ingest sheet 9). */
  filters: z
    .strictObject({
      browserExtensions: z.boolean().default(false),
      legacyBrowsers: z.boolean().default(false),
      localhost: z.boolean().default(false),
      webCrawlers: z.boolean().default(true),
      healthChecks: z.boolean().default(true),
      chunkLoadErrors: z.boolean().default(true),
      hydrationErrors: z.boolean().default(true),
      ipAddresses: z.array(z.string()).default([]),
      releases: z.array(z.string()).default([]),
      errorMessages: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Items accepted a minute over all keys; null means no limit. */
  rateLimitPerMinute: z.number().int().positive().nullable().default(null),
  retentionDays: z.number().int().min(1).max(3650).default(90),
  /** Grouping algorithm for new hashes. */
  groupingAlgorithm: z.string().default("v1"),
});
export type ProjectSettings = z.infer<typeof projectSettingsSchema>;

/** Settings of a new project, and what an empty object means. */
export const defaultProjectSettings: ProjectSettings = projectSettingsSchema.parse({});
