import { readPeople } from "../api/auth/people.js";
import type { Meta } from "../store/port.js";

/** How alert learns who an assignee is: it knows ids only, accounts belong to the API. */
export function emailOfPerson(meta: Meta): (userId: string) => Promise<string | null> {
  return async (userId) => (await readPeople(meta, [userId])).get(userId)?.email ?? null;
}
