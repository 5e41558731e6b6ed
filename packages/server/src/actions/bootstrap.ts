import { newHexId, newSecret, sha256Hex } from "../shared/ids.js";
import { scopes } from "../domain/scope.js";
import type { Meta } from "../store/port.js";
import { insertKey } from "./keys/create-key.js";

export interface BootstrapPorts {
  readonly meta: Meta;
  readonly accounts: {
    find(email: string): Promise<string | null>;
    create(person: { email: string; name: string; password: string; oneTime: boolean }): Promise<string>;
  };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Presets from the environment (design 3). Null where nothing was set. */
export interface BootstrapPresets {
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  /** 32 hex characters. */
  readonly publicKey: string | null;
  /** Bearer token with owner rights. */
  readonly token: string | null;
}

export interface BootstrapResult {
  /** True at the first start of an empty database. */
  readonly created: boolean;
  readonly email: string;
  /** Set when it was made up just now: print it once. */
  readonly oneTimePassword: string | null;
  /** Key and project of the DSN to show. */
  readonly publicKey: string;
  readonly projectId: number;
}

const defaultEmail = "admin@vedette.local";
const ownerScopes = JSON.stringify(scopes);

/**
 * Makes what a first start needs: an organisation, a project with its key, an administrator. Later starts make
 * nothing twice; a key or token newly preset is added.
 */
export async function bootstrap(ports: BootstrapPorts, presets: BootstrapPresets): Promise<BootstrapResult> {
  const { meta } = ports;
  const existing = await meta.selectFrom("organization").select("id").orderBy("id").executeTakeFirst();
  const organizationId = existing?.id ?? (await createOrganization(ports));
  const projectId = await ensureProject(ports, organizationId);
  const key = await ensureKey(ports, projectId, presets.publicKey);
  const admin = await ensureAdministrator(ports, organizationId, presets);
  if (presets.token) await ensureToken(ports, { organizationId, token: presets.token });
  return { created: !existing, ...admin, ...key };
}

async function createOrganization({ meta, now }: BootstrapPorts): Promise<number> {
  const row = await meta
    .insertInto("organization")
    .values({
      slug: "default",
      name: "Default",
      created_at: now(),
      alerts_stopped_at: null,
      alerts_stopped_by: null,
      settings: "{}",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

async function ensureProject({ meta, now }: BootstrapPorts, organizationId: number): Promise<number> {
  const existing = await meta
    .selectFrom("project")
    .select("id")
    .where("organization_id", "=", organizationId)
    .orderBy("id")
    .executeTakeFirst();
  if (existing) return existing.id;
  const row = await meta
    .insertInto("project")
    .values({
      organization_id: organizationId,
      slug: "default",
      name: "Default",
      platform: null,
      status: "active",
      created_at: now(),
      first_event_at: null,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A preset key may belong to another project by now; then that one's DSN is shown. */
async function ensureKey(
  { meta, now }: BootstrapPorts,
  projectId: number,
  preset: string | null,
): Promise<{ publicKey: string; projectId: number }> {
  const existing = await meta
    .selectFrom("project_key")
    .select(["public_key", "project_id"])
    .where((eb) => (preset === null ? eb("project_id", "=", projectId) : eb("public_key", "=", preset)))
    .orderBy("created_at")
    .executeTakeFirst();
  if (existing) return { publicKey: existing.public_key, projectId: existing.project_id };
  const publicKey = preset ?? newHexId();
  await insertKey(meta, { projectId, publicKey, label: "Default", at: now() });
  return { publicKey, projectId };
}

async function ensureAdministrator(
  { meta, accounts, now }: BootstrapPorts,
  organizationId: number,
  presets: BootstrapPresets,
): Promise<{ email: string; oneTimePassword: string | null }> {
  const email = presets.adminEmail ?? defaultEmail;
  const owner = await meta
    .selectFrom("member")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("role", "=", "owner")
    .executeTakeFirst();
  if (owner) return { email, oneTimePassword: null };
  const password = presets.adminPassword ?? newSecret(12);
  const userId =
    (await accounts.find(email)) ??
    (await accounts.create({
      email,
      name: "Administrator",
      password,
      oneTime: presets.adminPassword === null,
    }));
  await meta
    .insertInto("member")
    .values({ organization_id: organizationId, user_id: userId, role: "owner", created_at: now() })
    .execute();
  return { email, oneTimePassword: presets.adminPassword === null ? password : null };
}

async function ensureToken(
  { meta, now }: BootstrapPorts,
  { organizationId, token }: { organizationId: number; token: string },
): Promise<void> {
  const hash = sha256Hex(token);
  const known = await meta
    .selectFrom("api_token")
    .select("id")
    .where("token_hash", "=", hash)
    .executeTakeFirst();
  if (known) return;
  await meta
    .insertInto("api_token")
    .values({
      organization_id: organizationId,
      user_id: null,
      name: "bootstrap",
      token_hash: hash,
      hint: token.slice(-4),
      scopes: ownerScopes,
      created_at: now(),
      last_used_at: null,
      expires_at: null,
    })
    .execute();
}
