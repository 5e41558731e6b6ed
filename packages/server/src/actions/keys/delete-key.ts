import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { raiseRevision } from "./raise-revision.js";

/** Deletes a client key of the project; what is sent with it from then on is refused. @throws AppError not_found */
export async function deleteKey(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  key: { projectId: number; publicKey: string },
): Promise<void> {
  const at = ports.now();
  await ports.meta.transaction().execute(async (meta) => {
    await raiseRevision(meta, key.projectId);
    const { numDeletedRows } = await meta
      .deleteFrom("project_key")
      .where("project_id", "=", key.projectId)
      .where("public_key", "=", key.publicKey)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AppError("not_found", "The requested resource does not exist");
    await recordAudit(meta, actor, { action: "key.delete", target: key.publicKey, at });
  });
}
