import type { FastifyInstance } from "fastify";
import type { Selectable } from "kysely";
import { z } from "zod";
import { createToken } from "../../actions/tokens/create-token.js";
import { revokeToken } from "../../actions/tokens/revoke-token.js";
import { newOrganizationToken, newUserToken } from "../../actions/tokens/token-text.js";
import { AppError } from "../../shared/app-error.js";
import type { ApiTokenTable } from "../../store/meta/schema.js";
import type { Meta } from "../../store/port.js";
import { requireCaller, requireScope } from "../http/caller.js";
import { scopes } from "../../domain/scope.js";
import type { Caller } from "../http/caller.js";
import type { FastifyRequest } from "fastify";
import { isoTime } from "../http/iso-time.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization } from "../http/scope-lookup.js";

interface TokenPath {
  Params: { token: string };
}
interface OrganizationPath {
  Params: { organization: string };
}
interface OrganizationTokenPath {
  Params: { organization: string; token: string };
}

const userTokenSchema = z.object({
  name: z.string().trim().min(1).max(100).default("API token"),
  scopes: z.array(z.enum(scopes)).min(1),
});
const organizationTokenSchema = z.object({ name: z.string().trim().min(1).max(100) });
const organizationScopes = ["org:ci"] as const;

/** API tokens: one's own, and those of the organisation, which sentry-cli and build plugins use (web API sheet 1.1). */
export function registerTokens(scope: FastifyInstance, ports: ApiPorts): void {
  registerUserTokens(scope, ports);
  registerOrganizationTokens(scope, ports);
}

function registerUserTokens(scope: FastifyInstance, ports: ApiPorts): void {
  scope.get("/api-tokens/", async (request) => {
    const caller = requireTokenKeeper(request);
    return (await readTokens(ports.meta, caller, caller.userId)).map(tokenJson);
  });

  scope.post("/api-tokens/", async (request, reply) => {
    const caller = requireTokenKeeper(request);
    const wanted = userTokenSchema.parse(request.body);
    const token = newUserToken();
    const id = await createToken(ports, caller, { ...wanted, token, userId: caller.userId });
    return reply.code(201).send({ ...(await readToken(ports.meta, caller, id)), token });
  });

  scope.delete<TokenPath>("/api-tokens/:token/", async (request, reply) => {
    const caller = requireTokenKeeper(request);
    // Who administers the organisation may revoke anybody's.
    const owner = caller.scopes.has("org:admin") ? {} : { userId: caller.userId };
    await revokeToken(ports, caller, { id: readTokenId(request.params.token), ...owner });
    return noContent(reply);
  });
}

function registerOrganizationTokens(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, publicUrl, now } = ports;
  const url = "/organizations/:organization/org-auth-tokens/";

  scope.get<OrganizationPath>(url, async (request) => {
    const caller = requireScope(request, "org:write");
    await findOrganization(meta, caller, request.params.organization);
    return (await readTokens(meta, caller, null)).map(tokenJson);
  });

  scope.post<OrganizationPath>(url, async (request, reply) => {
    const caller = requireScope(request, "org:write");
    const { slug } = await findOrganization(meta, caller, request.params.organization);
    const { name } = organizationTokenSchema.parse(request.body);
    const token = newOrganizationToken({ publicUrl, organization: slug, now: now() });
    const id = await createToken(ports, caller, { name, scopes: organizationScopes, token, userId: null });
    return reply.code(201).send({ ...(await readToken(meta, caller, id)), token });
  });

  scope.delete<OrganizationTokenPath>(`${url}:token/`, async (request, reply) => {
    const caller = requireScope(request, "org:write");
    await findOrganization(meta, caller, request.params.organization);
    await revokeToken(ports, caller, { id: readTokenId(request.params.token), userId: null });
    return noContent(reply);
  });
}

/** A token may only make tokens when it has every right anyway: a leaked one could otherwise outlive its revocation. */
function requireTokenKeeper(request: FastifyRequest): Caller {
  const caller = requireCaller(request);
  if (caller.kind === "session" || caller.scopes.has("org:admin")) return caller;
  throw new AppError("forbidden", "API tokens are managed by a person who is signed in.");
}

function readTokenId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError("not_found", "The requested resource does not exist");
}

function readTokens(meta: Meta, caller: Caller, userId: string | null) {
  const query = meta.selectFrom("api_token").selectAll().where("organization_id", "=", caller.organizationId);
  const owned = userId === null ? query.where("user_id", "is", null) : query.where("user_id", "=", userId);
  return owned.orderBy("id").execute();
}

async function readToken(meta: Meta, caller: Caller, id: number) {
  const row = await meta
    .selectFrom("api_token")
    .selectAll()
    .where("organization_id", "=", caller.organizationId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return tokenJson(row);
}

function tokenJson(row: Selectable<ApiTokenTable>) {
  return {
    id: String(row.id),
    name: row.name,
    scopes: JSON.parse(row.scopes) as unknown,
    tokenLastCharacters: row.hint,
    dateCreated: isoTime(row.created_at),
    dateLastUsed: isoTime(row.last_used_at),
    expiresAt: isoTime(row.expires_at),
  };
}
