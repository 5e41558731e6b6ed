import { z } from "zod";
import type { Archive } from "../../../actions/issues/archive-issues.js";
import type { Resolution } from "../../../actions/issues/resolve-issues.js";
import { priorities } from "../../../domain/issue.js";
import { AppError } from "../../../shared/app-error.js";

const minutes = z.number().int().min(1).max(5_256_000);
const count = z.number().int().min(1).max(1_000_000_000);

const archiveFields = {
  ignoreDuration: minutes.nullish(),
  ignoreUntil: z.iso.datetime({ offset: true }).nullish(),
  ignoreCount: count.nullish(),
  ignoreWindow: minutes.nullish(),
  ignoreUserCount: count.nullish(),
  ignoreUserWindow: minutes.nullish(),
};

/** The body of a PUT on issues; what Vedette keeps nothing of (`hasSeen`, `isBookmarked` …) is accepted and left. */
export const issueChangeSchema = z.looseObject({
  status: z
    .enum(["resolved", "unresolved", "ignored", "archived", "muted", "resolvedInNextRelease"])
    .nullish(),
  substatus: z
    .enum([
      "archived_forever",
      "archived_until_escalating",
      "archived_until_condition_met",
      "ongoing",
      "new",
      "escalating",
      "regressed",
    ])
    .nullish(),
  statusDetails: z
    .looseObject({
      ...archiveFields,
      inRelease: z.string().trim().min(1).max(250).nullish(),
      inNextRelease: z.boolean().nullish(),
      inCommit: z.unknown().optional(),
    })
    .nullish(),
  ...archiveFields,
  /** Minutes; sent by the command line along with `muted`. */
  snoozeDuration: minutes.nullish(),
  assignedTo: z.string().max(300).nullish(),
  priority: z.enum([...priorities, "auto"]).nullish(),
  merge: z.union([z.literal(1), z.literal("1"), z.boolean()]).nullish(),
  discard: z.boolean().nullish(),
});
export type IssueChange = z.infer<typeof issueChangeSchema>;

/** The status a body asks for. */
export type StatusWish =
  | { readonly kind: "resolve"; readonly resolution: Resolution }
  | { readonly kind: "unresolve" }
  | { readonly kind: "archive"; readonly archive: Archive };

/** Reads which status a body asks for; null when it asks for none. @throws AppError invalid */
export function statusWishOf(change: IssueChange, now: number): StatusWish | null {
  const status = change.status ?? statusOfSubstatus(change.substatus);
  switch (status) {
    case null:
      return null;
    case "unresolved":
      return { kind: "unresolve" };
    case "resolvedInNextRelease":
      return { kind: "resolve", resolution: { kind: "in-next-release" } };
    case "resolved":
      return { kind: "resolve", resolution: resolutionOf(change) };
    default:
      return { kind: "archive", archive: archiveOf(change, now) };
  }
}

function statusOfSubstatus(substatus: IssueChange["substatus"]): NonNullable<IssueChange["status"]> | null {
  if (!substatus) return null;
  return substatus.startsWith("archived") ? "ignored" : "unresolved";
}

function resolutionOf({ statusDetails }: IssueChange): Resolution {
  if (statusDetails?.inCommit) {
    throw new AppError("invalid", "Resolving in a commit is not supported: name a release.");
  }
  if (statusDetails?.inNextRelease) return { kind: "in-next-release" };
  return statusDetails?.inRelease
    ? { kind: "in-release", release: statusDetails.inRelease }
    : { kind: "now" };
}

/** Conditions stand in `statusDetails` or, from some clients, beside it. */
function archiveOf(change: IssueChange, now: number): Archive {
  const asked = { ...change, ...change.statusDetails };
  const duration = asked.ignoreDuration ?? asked.snoozeDuration;
  if (duration) return { kind: "until-time", untilMs: now + duration * 60_000 };
  if (asked.ignoreUntil) return { kind: "until-time", untilMs: Date.parse(asked.ignoreUntil) };
  if (asked.ignoreCount) {
    return { kind: "until-events", count: asked.ignoreCount, windowMinutes: asked.ignoreWindow ?? null };
  }
  if (asked.ignoreUserCount) {
    return {
      kind: "until-users",
      count: asked.ignoreUserCount,
      windowMinutes: asked.ignoreUserWindow ?? null,
    };
  }
  if (change.substatus === "archived_until_condition_met") {
    throw new AppError("invalid", "archived_until_condition_met needs a condition such as ignoreDuration.");
  }
  // `muted` is the command line's word for silence; `ignored` alone means until it gets worse.
  const isForever =
    change.substatus === "archived_forever" || (!change.substatus && change.status === "muted");
  return { kind: isForever ? "forever" : "until-escalating" };
}
