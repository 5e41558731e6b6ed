import { z } from "zod";
import { createProject } from "../../actions/projects/create-project.js";
import type { Caller } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { findProject } from "../http/scope-lookup.js";
import { readProjectDetail } from "./read-project-detail.js";

const newProjectSchema = z.object({
  name: z.string().trim().min(1).max(200),
  slug: z.string().nullish(),
  platform: z.string().max(64).nullish(),
});

/** Makes a project as the body says. @returns its JSON @throws ZodError, AppError */
export async function createProjectFor(ports: ApiPorts, caller: Caller, body: unknown) {
  const { name, slug, platform } = newProjectSchema.parse(body);
  const id = await createProject(ports, caller, { name, slug: slug ?? undefined, platform });
  const row = await findProject(ports.meta, caller, {
    organization: String(caller.organizationId),
    project: String(id),
  });
  return readProjectDetail(ports, caller, row);
}
