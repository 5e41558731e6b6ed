import { escalationThreshold } from "../../domain/escalation.js";
import type { IssueSubstatus, StatusDetails } from "../../domain/issue.js";
import type { ActionContext } from "./action-context.js";
import { changeStatus } from "./change-status.js";
import { busiestHours } from "./busiest-hours.js";
import { countUsers } from "./count-users.js";

/** What brings an archived issue back. */
export type Archive =
  | { readonly kind: "forever" }
  | { readonly kind: "until-escalating" }
  | { readonly kind: "until-time"; readonly untilMs: number }
  | {
      readonly kind: "until-events";
      readonly count: number;
      /** Minutes in which the events have to come; null for any time. */
      readonly windowMinutes: number | null;
    }
  | { readonly kind: "until-users"; readonly count: number; readonly windowMinutes: number | null };

const substatusOf: Readonly<Record<Archive["kind"], IssueSubstatus>> = {
  forever: "archived_forever",
  "until-escalating": "archived_until_escalating",
  "until-time": "archived_until_condition_met",
  "until-events": "archived_until_condition_met",
  "until-users": "archived_until_condition_met",
};

/** Archives issues, whatever their status. @returns the ids that changed */
export async function archiveIssues(
  context: ActionContext,
  issueIds: readonly number[],
  archive: Archive,
): Promise<readonly number[]> {
  const baselines = await readBaselines(context, issueIds, archive);
  return changeStatus(context, issueIds, (issue) => {
    const details = detailsOf(archive, {
      timesSeen: issue.times_seen,
      measured: baselines.get(issue.id) ?? 0,
    });
    return {
      status: "archived",
      substatus: substatusOf[archive.kind],
      details,
      activity: "set_ignored",
      activityData: activityDataOf(archive),
      change: "archived",
    };
  });
}

/** The figure the archive's end is measured against: busiest hours' limit, or users so far. */
async function readBaselines(
  context: ActionContext,
  issueIds: readonly number[],
  { kind }: Archive,
): Promise<ReadonlyMap<number, number>> {
  if (kind === "until-users") return countUsers(context, issueIds);
  if (kind !== "until-escalating") return new Map();
  const hours = await busiestHours(context, issueIds, context.now());
  return new Map(issueIds.map((id) => [id, escalationThreshold([hours.get(id) ?? 0])]));
}

function detailsOf(
  archive: Archive,
  { timesSeen, measured }: { timesSeen: number; measured: number },
): StatusDetails {
  switch (archive.kind) {
    case "forever":
      return {};
    case "until-escalating":
      return { escalatesAbovePerHour: measured };
    case "until-time":
      return { ignoreUntil: archive.untilMs };
    case "until-events":
      return {
        ignoreCount: archive.count,
        baselineTimesSeen: timesSeen,
        ...(archive.windowMinutes === null ? {} : { ignoreWindow: archive.windowMinutes }),
      };
    case "until-users":
      return {
        ignoreUserCount: archive.count,
        baselineUsers: measured,
        ...(archive.windowMinutes === null ? {} : { ignoreUserWindow: archive.windowMinutes }),
      };
    default:
      return archive satisfies never;
  }
}

function activityDataOf(archive: Archive): Readonly<Record<string, unknown>> {
  switch (archive.kind) {
    case "forever":
      return {};
    case "until-escalating":
      return { ignoreUntilEscalating: true };
    case "until-time":
      return { ignoreUntil: new Date(archive.untilMs).toISOString() };
    case "until-events":
      return { ignoreCount: archive.count, ignoreWindow: archive.windowMinutes };
    case "until-users":
      return { ignoreUserCount: archive.count, ignoreUserWindow: archive.windowMinutes };
    default:
      return archive satisfies never;
  }
}
