import type { MemberTable } from "../store/meta/schema.js";

/** Who does it, as the audit log needs to know. */
export interface Actor {
  readonly organizationId: number;
  /** Null for a token of the organisation. */
  readonly userId: string | null;
}

export type MemberRole = MemberTable["role"];

/** An actor whose rank decides what may be done to others. */
export interface RankedActor extends Actor {
  readonly role: MemberRole;
}
