import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { MemberRole, RankedActor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { checkOtherOwner, checkRank } from "./check-rank.js";

/**
 * Gives a member another role.
 *
 * @throws AppError not_found, forbidden when an owner is concerned and the actor is none, conflict for the last owner
 */
export async function changeMemberRole(
  ports: { meta: Meta; now: () => number },
  actor: RankedActor,
  change: { memberId: number; role: MemberRole },
): Promise<void> {
  const at = ports.now();
  const { organizationId } = actor;
  await ports.meta.transaction().execute(async (meta) => {
    const member = await meta
      .selectFrom("member")
      .selectAll()
      .where("id", "=", change.memberId)
      .where("organization_id", "=", organizationId)
      .executeTakeFirst();
    if (!member) throw new AppError("not_found", "The requested resource does not exist");
    checkRank(actor, member.role, change.role);
    if (member.role === "owner" && change.role !== "owner") {
      await checkOtherOwner(meta, { id: member.id, organizationId });
    }
    await meta.updateTable("member").set({ role: change.role }).where("id", "=", member.id).execute();
    const data = { from: member.role, to: change.role };
    await recordAudit(meta, actor, { action: "member.role", target: member.user_id, at, data });
  });
}
