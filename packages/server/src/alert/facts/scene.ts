import type { Meta } from "../../store/port.js";
import { shortIdOf } from "../../domain/issue.js";
import type { NotificationPayload } from "../../domain/notification.js";
import type { IssueFacts } from "../rule/compile-filter.js";

/** A project and its organisation, as of now. */
export interface ProjectScene {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly organization: { readonly id: number; readonly slug: string };
  /** Whether the organisation's emergency stop holds. */
  readonly isStopped: boolean;
}

/** What a message says about the issue; the users are counted only when it is sent. */
type IssueCard = Omit<NonNullable<NotificationPayload["issue"]>, "users">;

/** An issue as filters and messages see it. */
export interface IssueScene {
  readonly facts: IssueFacts;
  readonly card: IssueCard;
}

/** Finds the e-mail address of a user by better-auth's id; null when there is none. */
export type EmailOf = (userId: string) => Promise<string | null>;

/** Reads projects with their organisations. @returns by project id */
export async function readProjects(
  meta: Meta,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ProjectScene>> {
  if (ids.length === 0) return new Map();
  const rows = await meta
    .selectFrom("project")
    .innerJoin("organization", "organization.id", "project.organization_id")
    .select(["project.id", "project.slug", "project.name", "project.organization_id"])
    .select(["organization.slug as organization_slug", "organization.alerts_stopped_at"])
    .where("project.id", "in", ids)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        slug: row.slug,
        name: row.name,
        organization: { id: row.organization_id, slug: row.organization_slug },
        isStopped: row.alerts_stopped_at !== null,
      },
    ]),
  );
}

/** Reads issues of known projects. @returns by issue id; an issue that was deleted is absent */
export async function readIssues(
  { meta, emailOf }: { meta: Meta; emailOf?: EmailOf | undefined },
  ids: readonly number[],
  projects: ReadonlyMap<number, ProjectScene>,
): Promise<ReadonlyMap<number, IssueScene>> {
  if (ids.length === 0) return new Map();
  const rows = await meta.selectFrom("issue").selectAll().where("id", "in", ids).execute();
  const issues = new Map<number, IssueScene>();
  for (const row of rows) {
    const project = projects.get(row.project_id);
    if (!project) continue;
    const assignees = await namesOf(row.assignee, emailOf);
    const card = {
      id: row.id,
      shortId: shortIdOf(project.slug, row.short_id),
      title: row.title,
      culprit: row.culprit,
      level: row.level,
      priority: row.priority,
      substatus: row.substatus,
      firstSeen: row.first_seen,
      lastSeen: row.last_seen,
      timesSeen: row.times_seen,
      firstRelease: row.first_release,
      assignee: assignees.at(-1) ?? null,
    };
    const facts = {
      id: row.id,
      status: row.status,
      level: row.level,
      priority: row.priority,
      category: row.category,
      firstSeen: row.first_seen,
      timesSeen: row.times_seen,
      assignees,
    };
    issues.set(row.id, { facts, card });
  }
  return issues;
}

/** The stored name first, the one a person would use last. */
async function namesOf(assignee: string | null, emailOf: EmailOf | undefined): Promise<readonly string[]> {
  if (assignee === null || assignee === "") return [];
  const userId = /^user:(.+)$/.exec(assignee)?.[1];
  const email = userId === undefined ? null : ((await emailOf?.(userId)) ?? null);
  return email === null ? [assignee] : [assignee, email];
}
