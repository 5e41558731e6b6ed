import { sql } from "kysely";
import type { Meta } from "../../store/port.js";

/** A person as the API shows one. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Members of the organisation with this e-mail address or name, capitals aside. */
export async function findPeople(
  meta: Meta,
  organizationId: number,
  emailOrName: string,
): Promise<readonly Person[]> {
  // The accounts' tables are better-auth's and not part of our schema; they lie in the same database.
  const { rows } = await sql<Person>`
    select person.id, person.name, person.email from "user" person
    join member on member.user_id = person.id and member.organization_id = ${organizationId}
    where lower(person.email) = lower(${emailOrName}) or lower(person.name) = lower(${emailOrName})`.execute(
    meta,
  );
  return rows;
}

/** The people with these ids, for names in answers; those who are gone are absent. */
export async function readPeople(
  meta: Meta,
  ids: Iterable<string | null>,
): Promise<ReadonlyMap<string, Person>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<Person>`
    select id, name, email from "user" where id in (${sql.join(wanted)})`.execute(meta);
  return new Map(rows.map((row) => [row.id, row]));
}
