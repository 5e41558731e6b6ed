import type { Meta } from "../store/port.js";
import type { Actor } from "./actor.js";

export interface AuditEntry {
  /** `noun.verb`, as in `project.create`. */
  readonly action: string;
  /** What it was done to, in words a person recognises: a slug, an e-mail address, a name. */
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What changed. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Notes down who changed what. Call it within the transaction of the change, so that neither is without the other. */
export async function recordAudit(meta: Meta, actor: Actor, entry: AuditEntry): Promise<void> {
  await meta
    .insertInto("audit")
    .values({
      organization_id: actor.organizationId,
      at: entry.at,
      user_id: actor.userId,
      action: entry.action,
      target: entry.target,
      data: JSON.stringify(entry.data ?? {}),
    })
    .execute();
}
