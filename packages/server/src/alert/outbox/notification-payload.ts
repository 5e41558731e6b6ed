import type { NotificationPayload } from "../../domain/notification.js";
import type { NotifyTarget } from "../../domain/rule.js";
import type { Decision } from "../decide-batch.js";

/**
 * What a channel is to say about a firing.
 *
 * @param users distinct users of the issue; null when they could not be counted
 * @param now milliseconds since 1970
 */
export function notificationPayload(
  { rule, project, issue, verdict }: Decision,
  target: NotifyTarget,
  { users, now }: { users: number | null; now: number },
): NotificationPayload {
  const { runbook, owner } = rule.definition;
  return {
    kind: "issue_alert",
    reason: verdict.reason,
    rule: {
      id: rule.id,
      name: rule.name,
      ...(runbook === undefined ? {} : { runbook }),
      ...(owner === undefined ? {} : { owner }),
    },
    project: { id: project.id, slug: project.slug, name: project.name },
    organization: project.organization,
    issue: { ...issue.card, users },
    event: eventOf(verdict.event),
    tagKeys: target.tags,
    ...(target.mention === undefined ? {} : { mention: target.mention }),
    firedAt: now,
  };
}

function eventOf(event: Decision["verdict"]["event"]): NotificationPayload["event"] {
  if (event === null) return null;
  const { eventId, timestamp, receivedAt, environment, release, level, tags } = event;
  return { id: eventId, timestamp, receivedAt, environment, release, level, tags };
}
