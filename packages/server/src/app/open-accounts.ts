import { createHmac } from "node:crypto";
import { bootstrap } from "../actions/bootstrap.js";
import type { BootstrapResult } from "../actions/bootstrap.js";
import { accountsOf, createAuth, migrateAuth } from "../api/auth/create-auth.js";
import type { Auth } from "../api/auth/create-auth.js";
import type { Config } from "../config/config.js";
import type { MetaHandle } from "../store/meta/connect.js";

export interface AccountOptions {
  readonly config: Config;
  readonly meta: MetaHandle;
  /** The installation's key; cookies are signed with one derived from it. */
  readonly secretKey: Buffer;
  readonly port: number;
  readonly publicUrl: string;
}

/** Prepares signing in, and what a first start needs: an organisation, a project, an administrator. */
export async function openAccounts(
  options: AccountOptions,
): Promise<{ auth: Auth; firstStart: BootstrapResult }> {
  const { config, meta, port, publicUrl } = options;
  const auth = createAuth({
    meta: meta.db,
    dialect: meta.dialect,
    secret: createHmac("sha256", options.secretKey).update("sessions").digest("hex"),
    publicUrl,
    trustedOrigins: [config.host, "localhost", "127.0.0.1"].map((host) => `http://${host}:${port}`),
  });
  await migrateAuth(auth);
  const firstStart = await bootstrap(
    { meta: meta.db, accounts: accountsOf(auth, meta.db), now: Date.now },
    {
      adminEmail: config.adminEmail,
      adminPassword: config.adminPassword,
      publicKey: config.bootstrapKey,
      token: config.bootstrapToken,
    },
  );
  return { auth, firstStart };
}
