import type { Issue } from "../../api/issue.js";
import { Badge, type Tone } from "../badge.js";
import { preciseTime } from "../relative-time.js";

const substatuses: Readonly<Record<string, readonly [Tone, string]>> = {
  new: ["accent", "New"],
  escalating: ["error", "Escalating"],
  regressed: ["warning", "Regressed"],
  archived_until_escalating: ["neutral", "Archived"],
  archived_until_condition_met: ["neutral", "Archived"],
  archived_forever: ["neutral", "Archived"],
};

/** How an issue stands, when that is worth saying: ongoing issues get no badge in lists. */
export function StatusBadge({ issue, full }: { readonly issue: Issue; readonly full?: boolean }) {
  if (issue.status === "resolved")
    return (
      <Badge tone="good" title={statusSentence(issue)}>
        Resolved
      </Badge>
    );
  const known = issue.substatus ? substatuses[issue.substatus] : undefined;
  if (known)
    return (
      <Badge tone={known[0]} title={statusSentence(issue)}>
        {known[1]}
      </Badge>
    );
  if (issue.status === "ignored") return <Badge title={statusSentence(issue)}>Archived</Badge>;
  return full ? <Badge>Ongoing</Badge> : null;
}

/** Why an issue stands as it does, as one sentence. */
export function statusSentence(issue: Issue): string {
  const { status, substatus, statusDetails: details } = issue;
  if (status === "resolved") {
    if (details.inRelease) return `Resolved in ${details.inRelease}; an event of a later release reopens it.`;
    if (details.inNextRelease) return "Resolved in the next release.";
    return "Resolved; the next event reopens it.";
  }
  if (status === "ignored") {
    if (details.ignoreUntil) return `Archived until ${preciseTime(details.ignoreUntil)}.`;
    if (details.ignoreCount) return `Archived until ${details.ignoreCount} more events.`;
    if (details.ignoreUserCount) return `Archived until ${details.ignoreUserCount} more users are affected.`;
    return substatus === "archived_until_escalating" ? "Archived until it escalates." : "Archived for good.";
  }
  if (substatus === "regressed") return "It was resolved and came back.";
  if (substatus === "escalating") return "It happens far more often than it used to.";
  return substatus === "new" ? "First seen within the last week." : "Known and still happening.";
}
