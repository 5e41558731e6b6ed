import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";

/**
 * Revokes an API token at once.
 *
 * @param token `userId` whose it must be (null: the organisation's); absent for anybody's
 * @throws AppError not_found
 */
export async function revokeToken(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  token: { id: number; userId?: string | null },
): Promise<void> {
  const at = ports.now();
  await ports.meta.transaction().execute(async (meta) => {
    let query = meta
      .deleteFrom("api_token")
      .where("id", "=", token.id)
      .where("organization_id", "=", actor.organizationId);
    if (token.userId === null) query = query.where("user_id", "is", null);
    else if (token.userId !== undefined) query = query.where("user_id", "=", token.userId);
    const row = await query.returning("name").executeTakeFirst();
    if (!row) throw new AppError("not_found", "The requested resource does not exist");
    await recordAudit(meta, actor, { action: "token.revoke", target: row.name, at, data: { id: token.id } });
  });
}
