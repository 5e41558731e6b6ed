import type { Caller } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization, findProjects } from "../http/scope-lookup.js";
import { projectJson } from "./project-json.js";
import { readProjectFigures } from "./read-project-figures.js";

/** All projects of the caller's organisation with their figures, by slug; `search` is part of slug or name. */
export async function listProjects(ports: ApiPorts, caller: Caller, search = "") {
  const organization = await findOrganization(ports.meta, caller, String(caller.organizationId));
  const all = await findProjects(ports.meta, organization.id, []);
  const wanted = search.toLowerCase();
  const rows = all.filter(({ slug, name }) => slug.includes(wanted) || name.toLowerCase().includes(wanted));
  const figures = await readProjectFigures(
    ports,
    rows.map((row) => row.id),
  );
  return rows.map((row) => projectJson(row, { organization, caller, figures: figures.get(row.id) }));
}
