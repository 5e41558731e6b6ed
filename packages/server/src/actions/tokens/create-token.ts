import { AppError } from "../../shared/app-error.js";
import { sha256Hex } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whose token it is; null for one of the organisation. */
  readonly userId: string | null;
  /** The whole token (web API sheet 1.1). Only its hash is kept. */
  readonly token: string;
}

/**
 * Keeps an API token.
 *
 * @returns its id
 * @throws AppError forbidden when it would allow more than its maker may do
 */
export async function createToken(
  ports: { meta: Meta; now: () => number },
  actor: Actor & { readonly scopes: ReadonlySet<string> },
  { name, scopes, userId, token }: NewToken,
): Promise<number> {
  const beyond = scopes.filter((scope) => !actor.scopes.has(scope));
  if (beyond.length > 0) {
    throw new AppError("forbidden", `You do not have these scopes yourself: ${beyond.join(", ")}.`);
  }
  const at = ports.now();
  return ports.meta.transaction().execute(async (meta) => {
    const row = await meta
      .insertInto("api_token")
      .values({
        organization_id: actor.organizationId,
        user_id: userId,
        name,
        token_hash: sha256Hex(token),
        hint: token.slice(-4),
        scopes: JSON.stringify(scopes),
        created_at: at,
        last_used_at: null,
        expires_at: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await recordAudit(meta, actor, {
      action: "token.create",
      target: name,
      at,
      data: { id: row.id, scopes },
    });
    return row.id;
  });
}
