import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import type { KeyRateLimit } from "./create-key.js";
import { raiseRevision } from "./raise-revision.js";

export interface KeyChanges {
  readonly label?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly rateLimit?: KeyRateLimit | undefined;
}

/** Changes a client key of the project. @throws AppError not_found */
export async function updateKey(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  key: { projectId: number; publicKey: string; changes: KeyChanges },
): Promise<void> {
  const at = ports.now();
  const { label, isActive, rateLimit } = key.changes;
  await ports.meta.transaction().execute(async (meta) => {
    await raiseRevision(meta, key.projectId);
    const before = await meta
      .selectFrom("project_key")
      .selectAll()
      .where("project_id", "=", key.projectId)
      .where("public_key", "=", key.publicKey)
      .executeTakeFirst();
    if (!before) throw new AppError("not_found", "The requested resource does not exist");
    await meta
      .updateTable("project_key")
      .set({
        label: label ?? before.label,
        is_active: isActive === undefined ? before.is_active : Number(isActive),
        rate_limit_count: rateLimit === undefined ? before.rate_limit_count : (rateLimit?.count ?? null),
        rate_limit_window_s:
          rateLimit === undefined ? before.rate_limit_window_s : (rateLimit?.window ?? null),
      })
      .where("public_key", "=", key.publicKey)
      .execute();
    const data = { label, isActive, rateLimit };
    await recordAudit(meta, actor, { action: "key.update", target: key.publicKey, at, data });
  });
}
