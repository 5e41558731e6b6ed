import type { FastifyRequest } from "fastify";
import type { ApiPorts } from "../../http/ports.js";
import { organizationScope } from "../issue-scope.js";
import { statusWords } from "./issue-conditions.js";
import { searchKeys } from "./search-keys.js";

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  is: statusWords,
  level: ["fatal", "error", "warning", "info", "debug"],
  assigned: ["me", "none"],
  "issue.priority": ["high", "medium", "low"],
  "error.handled": ["true", "false"],
  "error.unhandled": ["true", "false"],
};

/** `GET /organizations/{o}/issues/search-keys/` (ours): what the search language knows, for completion. */
export function listSearchKeys(ports: ApiPorts) {
  return async function handle(request: FastifyRequest) {
    await organizationScope(ports, request, "event:read");
    return searchKeys.map(({ key, description }) => ({
      key,
      name: description,
      values: valuesOf[key] ?? [],
    }));
  };
}
