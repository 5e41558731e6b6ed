import type { FastifyRequest } from "fastify";
import { AppError } from "../../shared/app-error.js";

/** Scopes of Sentry's tokens that Vedette knows (web API sheet 1.1). */
export const scopes = [
  "org:read",
  "org:write",
  "org:admin",
  "org:ci",
  "member:read",
  "member:admin",
  "project:read",
  "project:write",
  "project:admin",
  "project:releases",
  "team:read",
  "team:write",
  "event:read",
  "event:write",
  "event:admin",
  "alerts:read",
  "alerts:write",
] as const;
export type Scope = (typeof scopes)[number];

export type Role = "owner" | "manager" | "admin" | "member";

/** Who asks. Every API request has one; there is no anonymous access. */
export interface Caller {
  readonly kind: "session" | "token";
  /** better-auth's user id; null for an organisation token. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly organizationId: number;
  readonly organizationSlug: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the authentication hook before any API handler runs. */
    caller: Caller | null;
  }
}

/** The caller. @throws AppError unauthenticated */
export function requireCaller(request: FastifyRequest): Caller {
  if (!request.caller) throw new AppError("unauthenticated", "Authentication credentials were not provided.");
  return request.caller;
}

/**
 * The caller, when it may do what the scope stands for; of a list, one scope is enough.
 *
 * @throws AppError unauthenticated or forbidden
 */
export function requireScope(request: FastifyRequest, scope: Scope | readonly Scope[]): Caller {
  const caller = requireCaller(request);
  const wanted = typeof scope === "string" ? [scope] : scope;
  if (wanted.some((each) => caller.scopes.has(each))) return caller;
  throw new AppError(
    "forbidden",
    `You do not have permission to perform this action: it needs the scope ${wanted.join(" or ")}.`,
  );
}
