import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { RankedActor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { checkOtherOwner, checkRank } from "./check-rank.js";

/**
 * Takes a person out of the organisation, with their API tokens. The account stays, but opens nothing any more.
 *
 * @throws AppError not_found, forbidden when an owner is concerned and the actor is none, conflict for the last owner
 */
export async function removeMember(
  ports: { meta: Meta; now: () => number },
  actor: RankedActor,
  memberId: number,
): Promise<void> {
  const at = ports.now();
  const { organizationId } = actor;
  await ports.meta.transaction().execute(async (meta) => {
    const member = await meta
      .deleteFrom("member")
      .where("id", "=", memberId)
      .where("organization_id", "=", organizationId)
      .returningAll()
      .executeTakeFirst();
    if (!member) throw new AppError("not_found", "The requested resource does not exist");
    checkRank(actor, member.role);
    if (member.role === "owner") await checkOtherOwner(meta, { id: member.id, organizationId });
    await meta
      .deleteFrom("api_token")
      .where("organization_id", "=", organizationId)
      .where("user_id", "=", member.user_id)
      .execute();
    await recordAudit(meta, actor, { action: "member.remove", target: member.user_id, at });
  });
}
