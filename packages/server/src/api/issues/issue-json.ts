import { shortIdOf } from "../../domain/issue.js";
import type { StatusDetails } from "../../domain/issue.js";
import type { IssueRow } from "../../actions/issues/issue-row.js";
import { isoTime, isoTimeOrNull } from "./json-time.js";
import type { Person } from "./people.js";

/** What an issue's JSON needs beside its row. */
export interface IssueSurroundings {
  readonly project: {
    readonly id: number;
    readonly slug: string;
    readonly name: string;
    readonly platform: string | null;
  };
  readonly organizationSlug: string;
  readonly organizationId: number;
  readonly people: ReadonlyMap<string, Person>;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

/** Figures of the period asked for. */
export interface ShownFigures {
  readonly events: number;
  readonly users: number;
  /** Series by the name of their period. */
  readonly stats: Readonly<Record<string, readonly (readonly [number, number])[]>> | null;
}

const statusNames = { unresolved: "unresolved", resolved: "resolved", archived: "ignored" } as const;

/** An issue as web API v0 shows one (web API sheet 7.3): `count` is text, times end in `Z`. */
export function issueJson(row: IssueRow, around: IssueSurroundings, figures: ShownFigures) {
  const { project } = around;
  return {
    id: String(row.id),
    shareId: null,
    shortId: shortIdOf(project.slug, row.short_id),
    title: row.title,
    culprit: row.culprit === "" ? null : row.culprit,
    permalink: permalinkOf(row.id, around),
    logger: null,
    level: row.level,
    status: statusNames[row.status],
    statusDetails: statusDetailsJson(JSON.parse(row.status_details) as StatusDetails, around.people),
    substatus: row.substatus,
    isPublic: false,
    platform: row.platform,
    priority: row.priority,
    priorityLockedAt: isoTimeOrNull(row.priority_locked_at),
    project: { id: String(project.id), slug: project.slug, name: project.name, platform: project.platform },
    type: row.type,
    issueType: row.type === "feedback" ? "feedback" : "error",
    issueCategory: row.category,
    metadata: metadataJson(row),
    numComments: row.num_comments,
    assignedTo: assigneeJson(row.assignee, around),
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: true,
    annotations: [],
    isUnhandled: row.handled === 0,
    count: String(figures.events),
    userCount: figures.users,
    firstSeen: isoTime(row.first_seen),
    lastSeen: isoTime(row.last_seen),
    ...(figures.stats ? { stats: figures.stats } : {}),
    lifetime: {
      count: String(row.times_seen),
      firstSeen: isoTime(row.first_seen),
      lastSeen: isoTime(row.last_seen),
    },
    filtered: null,
    inbox: null,
    owners: null,
  };
}

/** Where people read the issue. */
function permalinkOf(issueId: number, around: { publicUrl: string; organizationSlug: string }): string {
  return `${around.publicUrl}/organizations/${around.organizationSlug}/issues/${issueId}/`;
}

/** Metadata holds texts only: a Go client fails over anything else (web API sheet 4). */
function metadataJson(row: IssueRow): Record<string, string> {
  const stored = JSON.parse(row.metadata) as Record<string, unknown>;
  const texts = Object.entries(stored).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { title: row.title, ...Object.fromEntries(texts) };
}

/** `user:42` as an object with a name; a person who is gone keeps the id. */
export function assigneeJson(
  assignee: string | null,
  { people, organizationSlug }: Pick<IssueSurroundings, "people" | "organizationSlug">,
) {
  const match = /^(user|team):(.+)$/.exec(assignee ?? "");
  if (!match?.[2]) return null;
  const id = match[2];
  if (match[1] === "team") return { type: "team", id, name: organizationSlug };
  const person = people.get(id);
  return { type: "user", id, name: person?.name ?? id, ...(person ? { email: person.email } : {}) };
}

function statusDetailsJson(details: StatusDetails, people: ReadonlyMap<string, Person>) {
  const { inRelease, inNextRelease, ignoreUntil, ignoreCount, ignoreWindow } = details;
  const { ignoreUserCount, ignoreUserWindow, actor } = details;
  const person = actor === undefined ? undefined : people.get(actor);
  return {
    ...(inRelease === undefined ? {} : { inRelease }),
    ...(inNextRelease === undefined ? {} : { inNextRelease }),
    ...(ignoreUntil === undefined ? {} : { ignoreUntil: isoTime(ignoreUntil) }),
    ...(ignoreCount === undefined ? {} : { ignoreCount }),
    ...(ignoreWindow === undefined ? {} : { ignoreWindow }),
    ...(ignoreUserCount === undefined ? {} : { ignoreUserCount }),
    ...(ignoreUserWindow === undefined ? {} : { ignoreUserWindow }),
    ...(person ? { actor: person } : {}),
  };
}

/** Ids of the people an issue's JSON names. */
export function peopleOf(row: IssueRow): readonly (string | null)[] {
  const { actor } = JSON.parse(row.status_details) as StatusDetails;
  const assignee = /^user:(.+)$/.exec(row.assignee ?? "")?.[1];
  return [actor ?? null, assignee ?? null];
}
