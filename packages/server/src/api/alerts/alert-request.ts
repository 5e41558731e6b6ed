import type { FastifyRequest } from "fastify";
import { requireScope } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import { findOrganization } from "../http/scope-lookup.js";
import type { Meta } from "../../store/port.js";

/** Base path of everything about alerts. */
export const alertsUrl = "/organizations/:organization/alerts";

/** Paths of an organisation, and of one thing in it by id, slug or name. */
export interface OrganizationPath {
  Params: { organization: string };
}
export interface ItemPath {
  Params: { organization: string; item: string };
}

/** The caller, when it may read or write alerts of the organisation in the path. @throws AppError */
export async function requireAlerts(
  meta: Meta,
  request: FastifyRequest,
  access: "read" | "write",
): Promise<Caller> {
  const caller = requireScope(request, `alerts:${access}`);
  const { organization } = request.params as OrganizationPath["Params"];
  await findOrganization(meta, caller, organization);
  return caller;
}
