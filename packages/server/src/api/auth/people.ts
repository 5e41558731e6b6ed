import type { Meta } from "../../store/port.js";

/** Somebody with an account, as answers name them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The account table as far as it is read here; better-auth makes and writes it. */
type AccountTables = {
  user: Person;
};

/** The accounts with these ids, by id; ids without an account (people who were removed) are left out. */
export async function readPeople(
  meta: Meta,
  userIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Person>> {
  const wanted = [...new Set(userIds)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const people = await meta
    .withTables<AccountTables>()
    .selectFrom("user")
    .select(["id", "name", "email"])
    .where("id", "in", wanted)
    .execute();
  return new Map(people.map((person) => [person.id, person]));
}
