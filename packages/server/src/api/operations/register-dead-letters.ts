import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { redriveDeadLetters } from "../../actions/dead-letters/redrive-dead-letters.js";
import { requireScope } from "../http/caller.js";
import type { Caller } from "../http/caller.js";
import { isoTime } from "../http/iso-time.js";
import type { ApiPorts } from "../http/ports.js";
import { findProjects } from "../http/scope-lookup.js";

const redriveSchema = z.object({ ids: z.array(z.coerce.number().int().positive()).max(10_000).optional() });
/** The queue holds poison only; a longer list than this means that everything fails. */
const mostDeadLetters = 10_000;

/** Records that could not be processed, for owners and managers: look, and try again. */
export function registerDeadLetters(scope: FastifyInstance, ports: ApiPorts): void {
  scope.get("/internal/dead-letters/", async (request) => {
    const caller = requireScope(request, "org:write");
    return (await readOwn(ports, caller)).map(({ letter, project }) => ({
      id: String(letter.id),
      at: isoTime(letter.at),
      reason: letter.reason,
      type: letter.item.type,
      project,
      eventId: letter.item.eventId || null,
      sizeBytes: letter.sizeBytes,
    }));
  });

  scope.post("/internal/dead-letters/redrive/", async (request) => {
    const caller = requireScope(request, "org:write");
    const { ids } = redriveSchema.parse(request.body ?? {});
    const own = (await readOwn(ports, caller)).map(({ letter }) => letter.id);
    const wanted = ids === undefined ? own : own.filter((id) => ids.includes(id));
    return { redriven: await redriveDeadLetters(ports, caller, wanted) };
  });
}

/** The queue serves every organisation; each sees what belongs to its projects. */
async function readOwn({ meta, queue }: ApiPorts, caller: Caller) {
  const projects = await findProjects(meta, caller.organizationId, []);
  const slugs = new Map(projects.map((project) => [project.id, project.slug]));
  const letters = await queue.dead(mostDeadLetters);
  return letters.flatMap((letter) => {
    const project = slugs.get(letter.item.projectId);
    return project === undefined ? [] : [{ letter, project }];
  });
}
