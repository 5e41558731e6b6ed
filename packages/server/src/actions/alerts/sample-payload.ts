import type { NotificationPayload } from "../../domain/notification.js";
import type { NotifyTarget } from "../../domain/rule.js";

/** Made-up values of the tags people choose most, so that a test message looks like a real one. */
const sampleTags: Readonly<Record<string, string>> = {
  environment: "production",
  level: "error",
  transaction: "GET /api/test-notification",
  url: "https://example.com/api/test-notification",
  release: "example@1.0.0",
  correlation_id: "test-0123456789abcdef",
  agent_name: "example-agent",
  customer_id: "example-customer",
  server_name: "example-host",
};

export interface SampleOf {
  readonly rule: NotificationPayload["rule"];
  readonly project: NotificationPayload["project"];
  readonly organization: NotificationPayload["organization"];
  readonly target: Pick<NotifyTarget, "tags" | "mention">;
  /** The rule's first environment; absent: production. */
  readonly environment?: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What a test message says: the rule's own name, runbook, tags and mention around an event that never was. There is no
 * issue behind it, and its kind makes the channel mark it as a test.
 */
export function samplePayload(sample: SampleOf): NotificationPayload {
  const { rule, project, organization, target, reason, now } = sample;
  const environment = sample.environment ?? "production";
  const tags = Object.fromEntries(target.tags.map((key) => [key, sampleTags[key] ?? `example ${key}`]));
  return {
    kind: "test",
    reason,
    rule,
    project,
    organization,
    issue: null,
    event: {
      id: "0".repeat(32),
      timestamp: now,
      receivedAt: now,
      environment,
      release: "example@1.0.0",
      level: "error",
      tags: { ...tags, ...(Object.hasOwn(tags, "environment") ? { environment } : {}) },
    },
    tagKeys: target.tags,
    ...(target.mention === undefined ? {} : { mention: target.mention }),
    firedAt: now,
  };
}
