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
  const people = await readPeople(
    meta,
    rows.map((row) => row.user_id),
  );
  return rows.map((row) => activityJson(row, people));
}

/** One line of the history; null when there is none of this id. */
export async function readActivityLine(meta: Meta, activityId: number) {
  const row = await meta
    .selectFrom("issue_activity")
    .selectAll()
    .where("id", "=", activityId)
    .executeTakeFirst();
  return row ? activityJson(row, await readPeople(meta, [row.user_id])) : null;
}

function activityJson(row: ActivityRow, people: ReadonlyMap<string, Person>) {
  return {
    id: String(row.id),
    type: typeNames[row.kind] ?? row.kind,
    user: row.user_id === null ? null : (people.get(row.user_id) ?? null),
    dateCreated: isoTime(row.at),
    data: JSON.parse(row.data) as Readonly<Record<string, unknown>>,
  };
}
