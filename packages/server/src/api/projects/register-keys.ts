import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { createKey } from "../../actions/keys/create-key.js";
import { deleteKey } from "../../actions/keys/delete-key.js";
import { updateKey } from "../../actions/keys/update-key.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import { requireScope } from "../http/caller.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { findProject } from "../http/scope-lookup.js";
import { keyJson } from "./key-json.js";

interface KeysPath {
  Params: { organization: string; project: string };
  Querystring: Query;
}
interface KeyPath {
  Params: { organization: string; project: string; key: string };
}

const keySchema = z.object({
  name: z.string().trim().min(1).max(64).nullish(),
  label: z.string().trim().min(1).max(64).nullish(),
  isActive: z.boolean().optional(),
  rateLimit: z
    .object({ window: z.number().int().min(0).max(86_400), count: z.number().int().min(0) })
    .nullish()
    // Sentry's clients send zeros to say that there is no limit.
    .transform((limit) => (limit && (limit.window === 0 || limit.count === 0) ? null : limit)),
});

/** Client keys of a project, the user part of its DSNs. */
export function registerKeys(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, publicUrl } = ports;
  const url = "/projects/:organization/:project/keys/";

  scope.get<KeysPath>(url, async (request) => {
    const caller = requireScope(request, "project:read");
    const project = await findProject(meta, caller, request.params);
    const status = firstValue(request.query, "status");
    let query = meta.selectFrom("project_key").selectAll().where("project_id", "=", project.id);
    if (status === "active" || status === "inactive")
      query = query.where("is_active", "=", status === "active" ? 1 : 0);
    const rows = await query.orderBy("created_at").orderBy("public_key").execute();
    return rows.map((row) => keyJson(row, publicUrl));
  });

  scope.post<KeysPath>(url, async (request, reply) => {
    const caller = requireScope(request, "project:write");
    const { id: projectId } = await findProject(meta, caller, request.params);
    const { name, label, rateLimit } = keySchema.parse(request.body ?? {});
    const key = { projectId, label: name ?? label ?? "Key", rateLimit: rateLimit ?? null };
    const publicKey = await createKey(ports, caller, key);
    return reply.code(201).send(keyJson(await findKey(meta, { projectId, publicKey }), publicUrl));
  });

  registerKey(scope, ports);
}

function registerKey(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta, publicUrl } = ports;
  const url = "/projects/:organization/:project/keys/:key/";

  scope.get<KeyPath>(url, async (request) => {
    const caller = requireScope(request, "project:read");
    const project = await findProject(meta, caller, request.params);
    const which = { projectId: project.id, publicKey: request.params.key };
    return keyJson(await findKey(meta, which), publicUrl);
  });

  scope.put<KeyPath>(url, async (request) => {
    const caller = requireScope(request, "project:write");
    const project = await findProject(meta, caller, request.params);
    const { name, label, isActive, rateLimit } = keySchema.parse(request.body);
    const which = { projectId: project.id, publicKey: request.params.key };
    const changes = { label: name ?? label ?? undefined, isActive, rateLimit };
    await updateKey(ports, caller, { ...which, changes });
    return keyJson(await findKey(meta, which), publicUrl);
  });

  scope.delete<KeyPath>(url, async (request, reply) => {
    const caller = requireScope(request, "project:write");
    const project = await findProject(meta, caller, request.params);
    await deleteKey(ports, caller, { projectId: project.id, publicKey: request.params.key });
    return noContent(reply);
  });
}

async function findKey(meta: Meta, which: { projectId: number; publicKey: string }) {
  const row = await meta
    .selectFrom("project_key")
    .selectAll()
    .where("project_id", "=", which.projectId)
    .where("public_key", "=", which.publicKey)
    .executeTakeFirst();
  if (!row) throw new AppError("not_found", "The requested resource does not exist");
  return row;
}
