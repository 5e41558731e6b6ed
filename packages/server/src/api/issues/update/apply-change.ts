import type { ActionContext } from "../../../actions/issues/action-context.js";
import { archiveIssues } from "../../../actions/issues/archive-issues.js";
import { assignIssues } from "../../../actions/issues/assign-issues.js";
import type { IssueRow } from "../../../actions/issues/issue-row.js";
import { resolveIssues } from "../../../actions/issues/resolve-issues.js";
import { setPriority } from "../../../actions/issues/set-priority.js";
import { unresolveIssues } from "../../../actions/issues/unresolve-issues.js";
import { AppError } from "../../../shared/app-error.js";
import type { Meta } from "../../../store/port.js";
import type { Caller } from "../../http/caller.js";
import type { ApiPorts } from "../../http/ports.js";
import type { OrganizationRow } from "../../http/scope-lookup.js";
import { findPeople } from "../people.js";
import { statusWishOf } from "./issue-change.js";
import type { IssueChange, StatusWish } from "./issue-change.js";

/** The ports with the acting person, as actions take them. */
export function actionContext(ports: ApiPorts, caller: Caller): ActionContext {
  return { ...ports, userId: caller.userId };
}

/** Does everything a body asks for, merging aside, to the given issues. @throws AppError invalid */
export async function applyChange(
  ports: ApiPorts,
  change: IssueChange,
  {
    issues,
    caller,
    organization,
  }: { issues: readonly IssueRow[]; caller: Caller; organization: OrganizationRow },
): Promise<void> {
  const context = actionContext(ports, caller);
  const ids = issues.map(({ id }) => id);
  if (change.discard)
    throw new AppError("invalid", "Discarding is not supported: archive the issue for ever.");
  const assignee =
    change.assignedTo === undefined
      ? undefined
      : await assigneeOf(ports, change.assignedTo, { caller, organization });
  const wish = statusWishOf(change, ports.now());
  if (wish) await applyStatus(context, issues, wish);
  if (assignee !== undefined) await assignIssues(context, ids, assignee);
  if (change.priority) await setPriority(context, ids, change.priority);
}

async function applyStatus(
  context: ActionContext,
  issues: readonly IssueRow[],
  wish: StatusWish,
): Promise<void> {
  const ids = issues.map(({ id }) => id);
  if (wish.kind === "resolve") await resolveIssues(context, issues, wish.resolution);
  else if (wish.kind === "archive") await archiveIssues(context, ids, wish.archive);
  else await unresolveIssues(context, ids);
}

/** `user:ID`, `team:ID`, an e-mail address, a name, `me`, or nothing, as kept with the issue. @throws AppError invalid */
async function assigneeOf(
  { meta }: ApiPorts,
  written: string | null,
  { caller, organization }: { caller: Caller; organization: OrganizationRow },
): Promise<string | null> {
  if (written === null || written === "" || written === "none") return null;
  // There is one team, the organisation itself.
  if (written === `team:${organization.id}` || written === `#${organization.slug}`)
    return `team:${organization.id}`;
  if (written === "me") {
    if (caller.userId === null)
      throw new AppError("invalid", "assignedTo: a token of the organisation is nobody.");
    return `user:${caller.userId}`;
  }
  const id = /^user:(.+)$/.exec(written)?.[1];
  const userId =
    id === undefined
      ? (await findPeople(meta, organization.id, written))[0]?.id
      : await memberId(meta, organization.id, id);
  if (userId === undefined)
    throw new AppError("invalid", "assignedTo: nobody of the organisation has this name.");
  return `user:${userId}`;
}

async function memberId(meta: Meta, organizationId: number, userId: string): Promise<string | undefined> {
  const row = await meta
    .selectFrom("member")
    .select("user_id")
    .where("organization_id", "=", organizationId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.user_id;
}
