import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { addComment, deleteComment, editComment } from "../../../actions/issues/comments.js";
import type { CommentRef } from "../../../actions/issues/comments.js";
import type { ApiPorts } from "../../http/ports.js";
import { issueScope, notFound } from "../issue-scope.js";
import type { IssueScope } from "../issue-scope.js";
import { pathOf } from "../request-params.js";
import { actionContext } from "../update/apply-change.js";
import { readActivity, readActivityLine } from "./activity.js";

const noteSchema = z.looseObject({ text: z.string().trim().min(1, "must not be empty").max(20_000) });

/** `GET …/issues/{i}/activities/`. */
export function listActivities(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { issue } = await issueScope(ports, request, "event:read");
    return { activity: await readActivity(ports.meta, issue.id) };
  };
}

/** `GET …/issues/{i}/notes/`. */
export function listNotes(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const { issue } = await issueScope(ports, request, "event:read");
    return readActivity(ports.meta, issue.id, "note");
  };
}

/** `POST …/issues/{i}/notes/`. */
export function createNote(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const { issue, caller } = await issueScope(ports, request, "event:write");
    const { text } = noteSchema.parse(request.body);
    const id = await addComment(actionContext(ports, caller), issue, text);
    return reply.code(201).send(await readActivityLine(ports.meta, id));
  };
}

/** `PUT …/issues/{i}/notes/{id}/`. */
export function updateNote(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    const scope = await issueScope(ports, request, "event:write");
    const { text } = noteSchema.parse(request.body);
    const ref = refOf(request, scope);
    await editComment(actionContext(ports, scope.caller), ref, text);
    return readActivityLine(ports.meta, ref.commentId);
  };
}

/** `DELETE …/issues/{i}/notes/{id}/`. */
export function removeNote(ports: ApiPorts) {
  return async function handle(request: FastifyRequest, reply: FastifyReply) {
    const scope = await issueScope(ports, request, "event:write");
    await deleteComment(actionContext(ports, scope.caller), refOf(request, scope));
    return reply.code(204).send();
  };
}

function refOf(request: FastifyRequest, { issue, caller }: IssueScope): CommentRef {
  const id = pathOf(request, "note");
  if (!/^\d{1,15}$/.test(id)) throw notFound();
  return { issueId: issue.id, commentId: Number(id), mayChangeOthers: caller.scopes.has("event:admin") };
}
