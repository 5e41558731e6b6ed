import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";

/** Tells ingest and process to read the project and its keys anew. @throws AppError not_found */
export async function raiseRevision(meta: Meta, projectId: number): Promise<void> {
  const row = await meta
    .updateTable("project")
    .set((eb) => ({ revision: eb("revision", "+", 1) }))
    .where("id", "=", projectId)
    .returning("id")
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "The requested resource does not exist");
}
