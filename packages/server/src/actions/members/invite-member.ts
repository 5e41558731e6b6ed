import { AppError } from "../../shared/app-error.js";
import { newSecret } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { MemberRole, RankedActor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { checkRank } from "./check-rank.js";

export interface InvitePorts {
  readonly meta: Meta;
  readonly accounts: {
    find(email: string): Promise<string | null>;
    create(person: { email: string; name: string; password: string; oneTime: boolean }): Promise<string>;
  };
  readonly now: () => number;
}

export interface Invitation {
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole;
}

export interface Invited {
  readonly memberId: number;
  /** To be handed to the person and changed at the first sign-in; null when they had an account already. */
  readonly oneTimePassword: string | null;
}

const passwordBytes = 12;

/**
 * Adds a person to the organisation, with an account where they have none.
 *
 * @throws AppError forbidden when the actor may not make an owner, conflict when the person is a member already
 */
export async function inviteMember(
  ports: InvitePorts,
  actor: RankedActor,
  invitation: Invitation,
): Promise<Invited> {
  const { accounts } = ports;
  checkRank(actor, invitation.role);
  const { email, name } = invitation;
  const known = await accounts.find(email);
  const password = known === null ? newSecret(passwordBytes) : null;
  // Outside the transaction, since accounts come by a connection of their own.
  const userId = known ?? (await accounts.create({ email, name, password: password ?? "", oneTime: true }));
  const memberId = await addMember(ports, actor, { ...invitation, userId });
  return { memberId, oneTimePassword: password };
}

function addMember(
  { meta, now }: InvitePorts,
  actor: RankedActor,
  { userId, role, email }: Invitation & { userId: string },
): Promise<number> {
  const at = now();
  return meta.transaction().execute(async (trx) => {
    const member = await trx
      .insertInto("member")
      .values({ organization_id: actor.organizationId, user_id: userId, role, created_at: at })
      .onConflict((conflict) => conflict.columns(["organization_id", "user_id"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!member) throw new AppError("conflict", "This person is a member already.");
    await recordAudit(trx, actor, { action: "member.invite", target: email, at, data: { role } });
    return member.id;
  });
}
