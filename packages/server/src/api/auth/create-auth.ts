import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { createAuthMiddleware } from "better-auth/api";
import type { Meta } from "../../store/port.js";

export interface AuthOptions {
  readonly meta: Meta;
  readonly dialect: "sqlite" | "postgres";
  /** Signs cookies; at least 32 characters, the same over restarts. */
  readonly secret: string;
  /** Where people reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** Further origins from which people may sign in, for instance the address the server listens on. */
  readonly trustedOrigins: readonly string[];
}

const dayS = 24 * 3_600;

/**
 * Accounts and sessions: e-mail and password, tables `user`, `session`, `account`, `verification` in the meta store,
 * mounted at `/api/auth/*`. Nobody signs up: people are invited.
 */
export function createAuth(options: AuthOptions) {
  return betterAuth({
    baseURL: options.publicUrl,
    basePath: "/api/auth",
    secret: options.secret,
    database: { db: options.meta, type: options.dialect, transaction: true },
    trustedOrigins: (request) => [options.publicUrl, ...options.trustedOrigins, ...ownOrigins(request)],
    telemetry: { enabled: false },
    logger: { level: "error" },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    session: { expiresIn: 14 * dayS, updateAge: dayS },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      customRules: { "/sign-in/email": { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: "vedette",
      // Said outright, since the library turns the check off by itself under a test runner.
      disableOriginCheck: false,
      useSecureCookies: options.publicUrl.startsWith("https:"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
    },
    hooks: {
      after: createAuthMiddleware(async (context) => {
        const userId = context.context.session?.user.id;
        if (context.path === "/change-password" && userId) await passwordWasChanged(options.meta, userId);
      }),
    },
  });
}

/** A page that came from the host it asks is no other site, whatever name people reach that host by. */
function ownOrigins(request: Request | undefined): readonly string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

export type Auth = ReturnType<typeof createAuth>;

/** Makes or updates the account tables; safe at every start. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
}

const changeNeededKey = (userId: string) => `password-change-needed:${userId}`;

/** Whether the person still uses a password that somebody else has seen. */
export async function needsPasswordChange(meta: Meta, userId: string): Promise<boolean> {
  const row = await meta
    .selectFrom("setting")
    .select("key")
    .where("key", "=", changeNeededKey(userId))
    .executeTakeFirst();
  return row !== undefined;
}

async function passwordWasChanged(meta: Meta, userId: string): Promise<void> {
  await meta.deleteFrom("setting").where("key", "=", changeNeededKey(userId)).execute();
}

/** What actions need of accounts. */
export interface Accounts {
  /** @returns the id of the person with this e-mail; null when there is none */
  find(email: string): Promise<string | null>;
  /** Makes an account. A one-time password must be changed after the first sign-in. @returns its id */
  create(person: { email: string; name: string; password: string; oneTime: boolean }): Promise<string>;
}

/** Accounts over better-auth's own tables and password hash. */
export function accountsOf(auth: Auth, meta: Meta): Accounts {
  return {
    async find(email) {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      return found?.user.id ?? null;
    },
    async create({ email, name, password, oneTime }) {
      const { internalAdapter, password: hasher } = await auth.$context;
      const user = await internalAdapter.createUser(
        { email: email.toLowerCase(), name, emailVerified: true },
        { method: "email-password" },
      );
      const hash = await hasher.hash(password);
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: "credential",
        accountId: user.id,
        password: hash,
      });
      if (oneTime) {
        await meta
          .insertInto("setting")
          .values({ key: changeNeededKey(user.id), value: "1" })
          .onConflict((conflict) => conflict.column("key").doNothing())
          .execute();
      }
      return user.id;
    },
  };
}
