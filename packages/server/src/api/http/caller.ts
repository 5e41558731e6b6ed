import type { FastifyRequest } from "fastify";
import type { Scope } from "../../domain/scope.js";
import { AppError } from "../../shared/app-error.js";

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
