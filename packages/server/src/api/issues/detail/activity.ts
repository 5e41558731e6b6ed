import type { Selectable } from "kysely";
import type { IssueActivityTable } from "../../../store/meta/schema.js";
import type { Meta } from "../../../store/port.js";
import { isoTime } from "../json-time.js";
import { readPeople } from "../people.js";
import type { Person } from "../people.js";

type ActivityRow = Selectable<IssueActivityTable>;

const maxLines = 200;

/** Kinds written by other stages under names of their own. */
const typeNames: Readonly<Record<string, string>> = { set_archived: "set_ignored", split: "unmerge" };

/** An issue's history in the API's form, newest first; at most 200 lines. */
export async function readActivity(meta: Meta, issueId: number, kind?: "note") {
  let query = meta
    .selectFrom("issue_activity")
    .selectAll()
    .where("issue_id", "=", issueId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(maxLines);
  if (kind) query = query.where("kind", "=", kind);
  const rows = await query.execute();
  const lines = rows.map(parseLine);
  const people = await readPeople(meta, lines.flatMap(peopleOf));
  return lines.map((line) => activityJson(line, people));
}

/** One line of the history; null when there is none of this id. */
export async function readActivityLine(meta: Meta, activityId: number) {
  const row = await meta
    .selectFrom("issue_activity")
    .selectAll()
    .where("id", "=", activityId)
    .executeTakeFirst();
  if (!row) return null;
  const line = parseLine(row);
  return activityJson(line, await readPeople(meta, peopleOf(line)));
}

interface ActivityLine {
  readonly row: ActivityRow;
  readonly data: Readonly<Record<string, unknown>>;
}

function parseLine(row: ActivityRow): ActivityLine {
  return { row, data: JSON.parse(row.data) as ActivityLine["data"] };
}

/** Ids of everybody a line names: who did it, and to whom the issue was given. */
function peopleOf({ row, data }: ActivityLine): (string | null)[] {
  return [row.user_id, personAssigned(data)];
}

function personAssigned({ assignee, assigneeType }: ActivityLine["data"]): string | null {
  return assigneeType === "user" && typeof assignee === "string" ? assignee : null;
}

function activityJson({ row, data }: ActivityLine, people: ReadonlyMap<string, Person>) {
  const assignee = people.get(personAssigned(data) ?? "");
  return {
    id: String(row.id),
    type: typeNames[row.kind] ?? row.kind,
    user: row.user_id === null ? null : (people.get(row.user_id) ?? null),
    dateCreated: isoTime(row.at),
    data: assignee ? { ...data, assigneeName: assignee.name, assigneeEmail: assignee.email } : data,
  };
}
