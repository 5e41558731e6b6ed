import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../shared/app-error.js";
import { sha256Hex } from "../../shared/ids.js";
import type { Meta } from "../../store/port.js";
import type { Caller } from "../http/caller.js";
import type { Auth } from "./create-auth.js";
import { toWebHeaders } from "./mount-auth.js";
import { readPeople } from "./people.js";
import { scopesOfRole, scopesOfToken } from "./roles.js";

const unsafeMethods = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const lastUsedStepMs = 60_000;

/**
 * Finds out who asks: a bearer token, else the session cookie.
 *
 * @returns null when neither is there or valid
 * @throws AppError forbidden when a cookie is used for a change without the header that other sites cannot set
 */
export async function authenticate(
  request: FastifyRequest,
  reply: FastifyReply,
  { auth, meta, now }: { auth: Auth; meta: Meta; now: () => number },
): Promise<Caller | null> {
  const header = request.headers.authorization;
  if (header && /^bearer /i.test(header)) return tokenCaller(meta, header.slice(7).trim(), now());
  const caller = await sessionCaller(request, reply, { auth, meta });
  if (caller && unsafeMethods.has(request.method) && request.headers["x-requested-with"] === undefined) {
    throw new AppError("forbidden", "CSRF check failed: send the header X-Requested-With with changes.");
  }
  return caller;
}

async function tokenCaller(meta: Meta, token: string, now: number): Promise<Caller | null> {
  const row = await meta
    .selectFrom("api_token")
    .innerJoin("organization", "organization.id", "api_token.organization_id")
    .select([
      "api_token.id",
      "api_token.user_id",
      "api_token.scopes",
      "api_token.expires_at",
      "api_token.last_used_at",
    ])
    .select(["api_token.organization_id", "organization.slug"])
    .where("token_hash", "=", sha256Hex(token))
    .executeTakeFirst();
  if (!row || (row.expires_at !== null && row.expires_at <= now)) return null;
  if (now - (row.last_used_at ?? 0) > lastUsedStepMs) {
    await meta.updateTable("api_token").set({ last_used_at: now }).where("id", "=", row.id).execute();
  }
  const granted = scopesOfToken(row.scopes);
  const member = row.user_id === null ? null : await memberOf(meta, row.user_id, row.organization_id);
  // A person who left the organisation takes the tokens along.
  if (row.user_id !== null && !member) return null;
  const person = row.user_id === null ? null : (await readPeople(meta, [row.user_id])).get(row.user_id);
  const allowed = member ? scopesOfRole(member.role) : granted;
  return {
    kind: "token",
    userId: row.user_id,
    email: person?.email ?? null,
    name: person?.name ?? null,
    organizationId: row.organization_id,
    organizationSlug: row.slug,
    role: member?.role ?? (granted.has("org:admin") ? "owner" : "member"),
    scopes: new Set([...granted].filter((scope) => allowed.has(scope))),
  };
}

async function sessionCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  { auth, meta }: { auth: Auth; meta: Meta },
): Promise<Caller | null> {
  if (!request.headers.cookie) return null;
  const { response: session, headers } = await auth.api.getSession({
    headers: toWebHeaders(request),
    returnHeaders: true,
  });
  // A session in use is prolonged once a day, and its cookie with it.
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) void reply.header("set-cookie", cookies);
  const member = session && (await memberOf(meta, session.user.id));
  if (!session || !member) return null;
  return {
    kind: "session",
    userId: session.user.id,
    email: session.user.email,
    name: session.user.name,
    organizationId: member.organization_id,
    organizationSlug: member.slug,
    role: member.role,
    scopes: scopesOfRole(member.role),
  };
}

/** The person's place in the organisation; of a person with several, in the first, when none is named. */
function memberOf(meta: Meta, userId: string, organizationId?: number) {
  let query = meta
    .selectFrom("member")
    .innerJoin("organization", "organization.id", "member.organization_id")
    .select(["member.role", "member.organization_id", "organization.slug"])
    .where("member.user_id", "=", userId);
  if (organizationId !== undefined) query = query.where("member.organization_id", "=", organizationId);
  return query.orderBy("member.id").executeTakeFirst();
}
