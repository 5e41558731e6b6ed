import type { FastifyRequest } from "fastify";

/** Query and path parameters as texts. */
export type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The query parameters of a request; repeated ones are lists. */
export function queryOf(request: FastifyRequest): Params {
  return (request.query ?? {}) as Params;
}

/** A path parameter; empty when the route has none of this name. */
export function pathOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? "";
}

/** The first value of a parameter; undefined when it is absent. */
export function firstOf(params: Params, name: string): string | undefined {
  return allOf(params, name)[0];
}

/** Every value of a parameter, repeated or not. */
export function allOf(params: Params, name: string): readonly string[] {
  const value = params[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
