import type { z } from "zod";

/** The settings cannot be used; the message is for the operator and lists every fault on a line of its own. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /** Makes the message from what zod found; each of its messages already tells fault and example. */
  static from(issues: readonly z.core.$ZodIssue[]): ConfigError {
    return new ConfigError(issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("\n"));
  }
}
