import { newHexId } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { Actor } from "../actor.js";
import { recordAudit } from "../audit.js";
import { raiseRevision } from "./raise-revision.js";

/** Events accepted per window, which is in seconds; null means no limit. */
export type KeyRateLimit = { readonly count: number; readonly window: number } | null;

export interface NewKey {
  readonly projectId: number;
  readonly label: string;
  readonly rateLimit: KeyRateLimit;
}

/** Makes a client key. @returns the public key, 32 hex */
export async function createKey(
  ports: { meta: Meta; now: () => number },
  actor: Actor,
  key: NewKey,
): Promise<string> {
  const at = ports.now();
  const publicKey = newHexId();
  await ports.meta.transaction().execute(async (meta) => {
    await raiseRevision(meta, key.projectId);
    await insertKey(meta, { ...key, publicKey, at });
    await recordAudit(meta, actor, { action: "key.create", target: publicKey, at });
  });
  return publicKey;
}

/** Adds the row of a key; part of making a project too. */
export async function insertKey(
  meta: Meta,
  key: { projectId: number; publicKey: string; label: string; rateLimit?: KeyRateLimit; at: number },
): Promise<void> {
  await meta
    .insertInto("project_key")
    .values({
      public_key: key.publicKey,
      project_id: key.projectId,
      label: key.label,
      is_active: 1,
      rate_limit_count: key.rateLimit?.count ?? null,
      rate_limit_window_s: key.rateLimit?.window ?? null,
      created_at: key.at,
    })
    .execute();
}
