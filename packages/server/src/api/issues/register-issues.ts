import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiPorts } from "../http/ports.js";
import { listHashes, splitHashes } from "./detail/hash-endpoints.js";
import { readIssue, updateIssue } from "./detail/issue-detail.js";
import { createNote, listActivities, listNotes, removeNote, updateNote } from "./detail/note-endpoints.js";
import { listIssueTags, listIssueTagValues, readIssueTag } from "./detail/tag-endpoints.js";
import { listAttachments, readAttachment } from "./event/attachments.js";
import {
  readEventPayload,
  readIssueEvent,
  readProjectEvent,
  resolveEventId,
  resolveShortId,
} from "./event/event-endpoints.js";
import { listIssueEvents, listProjectEvents } from "./event/event-list.js";
import { issueScope } from "./issue-scope.js";
import { listOrganizationIssues, listProjectIssues } from "./list/list-endpoint.js";
import { listSearchKeys } from "./search/search-keys-endpoint.js";
import { removeIssue, removeIssues, updateIssues } from "./update/bulk-endpoints.js";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
type Method = "GET" | "PUT" | "POST" | "DELETE";

/**
 * Issues of the web API, below `/api/0`. What concerns one issue is answered under `/organizations/{o}/issues/{i}/` and
 * under `/issues/{i}/`, which older clients use.
 */
export async function registerIssues(app: FastifyInstance, ports: ApiPorts): Promise<void> {
  const add = (method: Method, url: string, handler: Handler) => {
    app.route({ method, url, handler });
  };
  addLists(add, ports);
  addIssue((method, path, handler) => {
    add(method, `/organizations/:organization/issues/:issue${path}`, handler);
    add(method, `/issues/:issue${path}`, handler);
  }, ports);
  addEvents(add, ports);
}

type Add = (method: Method, path: string, handler: Handler) => void;

function addLists(add: Add, ports: ApiPorts): void {
  add("GET", "/organizations/:organization/issues/search-keys/", listSearchKeys(ports));
  add("GET", "/organizations/:organization/issues/", listOrganizationIssues(ports));
  add("GET", "/projects/:organization/:project/issues/", listProjectIssues(ports));
  for (const place of ["/organizations/:organization/issues/", "/projects/:organization/:project/issues/"]) {
    add("PUT", place, updateIssues(ports));
    add("DELETE", place, removeIssues(ports));
  }
  add("GET", "/organizations/:organization/shortids/:issue/", resolveShortId(ports));
  add("GET", "/organizations/:organization/eventids/:event/", resolveEventId(ports));
}

function addIssue(add: Add, ports: ApiPorts): void {
  add("GET", "/", readIssue(ports));
  add("PUT", "/", updateIssue(ports));
  add("DELETE", "/", removeIssue(ports));
  add("GET", "/events/", listIssueEvents(ports));
  add("GET", "/events/:event/", readIssueEvent(ports));
  add("GET", "/tags/", listIssueTags(ports));
  add("GET", "/tags/:key/", readIssueTag(ports));
  add("GET", "/tags/:key/values/", listIssueTagValues(ports));
  add("GET", "/activities/", listActivities(ports));
  add("GET", "/notes/", listNotes(ports));
  add("GET", "/comments/", listNotes(ports));
  add("POST", "/notes/", createNote(ports));
  add("POST", "/comments/", createNote(ports));
  add("PUT", "/notes/:note/", updateNote(ports));
  add("DELETE", "/notes/:note/", removeNote(ports));
  add("GET", "/hashes/", listHashes(ports));
  add("PUT", "/hashes/", splitHashes(ports));
  add("GET", "/external-issues/", listNothing(ports));
  add("GET", "/user-reports/", listNothing(ports));
}

/** What Vedette does not keep of an issue: links to other trackers, reports of users. Clients ask and expect a list. */
function listNothing(ports: ApiPorts): Handler {
  return async function handle(request) {
    await issueScope(ports, request, "event:read");
    return [];
  };
}

function addEvents(add: Add, ports: ApiPorts): void {
  const events = "/projects/:organization/:project/events/";
  add("GET", events, listProjectEvents(ports));
  add("GET", `${events}:event/`, readProjectEvent(ports));
  add("GET", `${events}:event/json/`, readEventPayload(ports));
  add("GET", `${events}:event/attachments/`, listAttachments(ports));
  add("GET", `${events}:event/attachments/:attachment/`, readAttachment(ports));
}
