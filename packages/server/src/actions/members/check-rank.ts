import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { MemberRole, RankedActor } from "../actor.js";

/** Only owners make, change or remove owners. @throws AppError forbidden */
export function checkRank(actor: RankedActor, ...roles: readonly MemberRole[]): void {
  if (actor.role !== "owner" && roles.includes("owner")) {
    throw new AppError("forbidden", "Only an owner can add, change or remove owners.");
  }
}

/** An organisation without an owner could not be administered any more. @throws AppError conflict */
export async function checkOtherOwner(
  meta: Meta,
  member: { id: number; organizationId: number },
): Promise<void> {
  const other = await meta
    .selectFrom("member")
    .select("id")
    .where("organization_id", "=", member.organizationId)
    .where("role", "=", "owner")
    .where("id", "!=", member.id)
    .executeTakeFirst();
  if (!other) throw new AppError("conflict", "The organisation needs at least one owner.");
}
