import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Selectable } from "kysely";
import type { AttachmentTable } from "../../../store/meta/schema.js";
import type { ApiPorts } from "../../http/ports.js";
import { isoTime } from "../json-time.js";
import { notFound, projectScope } from "../issue-scope.js";
import { firstOf, pathOf, queryOf } from "../request-params.js";

type AttachmentRow = Selectable<AttachmentTable>;

/** What a browser only ever shows as what it is; all else is sent as bytes, HTML and SVG above all. */
const harmlessTypes = new Set([
  "text/plain",
  "application/json",
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "video/mp4",
  "video/webm",
]);

/** The attachments of an event as its JSON lists them. */
export async function attachmentsOf(
  { meta }: Pick<ApiPorts, "meta">,
  event: { readonly projectId: number; readonly eventId: string },
) {
  const rows = await meta
    .selectFrom("attachment")
    .selectAll()
    .where("project_id", "=", event.projectId)
    .where("event_id", "=", event.eventId)
    .orderBy("id")
    .execute();
  return rows.map(attachmentJson);
}

function attachmentJson(row: AttachmentRow) {
  return {
    id: String(row.id),
    event_id: row.event_id,
    name: row.name,
    type: row.attachment_type,
    mimetype: row.content_type,
    size: row.size_bytes,
    dateCreated: isoTime(row.created_at),
    headers: { "Content-Type": row.content_type },
  };
}

/** `GET /projects/{o}/{p}/events/{id}/attachments/`. */
export function listAttachments(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { project } = await projectScope(ports, request, "event:read");
    const event = {
      projectId: project.id,
      eventId: pathOf(request, "event").replaceAll("-", "").toLowerCase(),
    };
    const listed = await attachmentsOf(ports, event);
    const result = [];
    // One after another: together they could be larger than the memory.
    for (const one of listed) result.push({ ...one, sha1: await sha1Of(ports, project.id, Number(one.id)) });
    return result;
  };
}

/** `GET …/attachments/{aid}/`: what is known of it, or its bytes with `?download=1`. */
export function readAttachment(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { project } = await projectScope(ports, request, "event:read");
    const row = await findAttachment(ports, request, project.id);
    if (firstOf(queryOf(request), "download") === undefined) {
      return { ...attachmentJson(row), sha1: await sha1Of(ports, project.id, row.id) };
    }
    const body = await ports.blobs.get(row.blob_key);
    if (!body) throw notFound();
    const type = row.content_type.split(";")[0]?.trim().toLowerCase() ?? "";
    return reply
      .header("Content-Type", harmlessTypes.has(type) ? type : "application/octet-stream")
      .header("Content-Disposition", dispositionOf(row.name))
      .header("X-Content-Type-Options", "nosniff")
      .header("Content-Security-Policy", "default-src 'none'; sandbox")
      .header("Cache-Control", "private, max-age=3600")
      .send(body);
  };
}

async function findAttachment(
  { meta }: ApiPorts,
  request: FastifyRequest,
  projectId: number,
): Promise<AttachmentRow> {
  const id = pathOf(request, "attachment");
  if (!/^\d{1,15}$/.test(id)) throw notFound();
  const row = await meta
    .selectFrom("attachment")
    .selectAll()
    .where("id", "=", Number(id))
    .where("project_id", "=", projectId)
    .where("event_id", "=", pathOf(request, "event").replaceAll("-", "").toLowerCase())
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Always a download, never a page. The name is the sender's: no path, and cut down to what a header can hold. */
function dispositionOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const short = last.replaceAll(/^\.+|[\u0000-\u001f\u007f]/g, "").slice(0, 200);
  // Cutting may leave half a character, which cannot be encoded.
  const file = short.toWellFormed() || "attachment";
  const plain = file.replaceAll(/[^\w. ()-]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file)}`;
}

/** Hex SHA-1 of the stored bytes, which a client insists on; null when the blob is gone. */
async function sha1Of({ meta, blobs }: ApiPorts, projectId: number, id: number): Promise<string | null> {
  const row = await meta
    .selectFrom("attachment")
    .select("blob_key")
    .where("id", "=", id)
    .where("project_id", "=", projectId)
    .executeTakeFirst();
  const body = row ? await blobs.get(row.blob_key) : null;
  return body ? createHash("sha1").update(body).digest("hex") : null;
}
