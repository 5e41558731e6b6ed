import type { FastifyInstance } from "fastify";
import { applyConfigFile } from "../../actions/alerts/config-file/apply-config-file.js";
import { parseYaml } from "../../actions/alerts/config-file/read-config-file.js";
import type { ApiPorts } from "../http/ports.js";
import { firstValue } from "../http/query-values.js";
import type { Query } from "../http/query-values.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { OrganizationPath } from "./alert-request.js";

const yamlTypes = ["text/yaml", "text/x-yaml", "application/yaml", "application/x-yaml"];

/** `…/alerts/apply/`: alerts as code. The body is vedette.yaml as YAML or JSON, its secrets filled in. */
export function registerApply(app: FastifyInstance, ports: ApiPorts): void {
  void app.register(async (scope) => {
    scope.addContentTypeParser(yamlTypes, { parseAs: "string" }, async (_request: unknown, body: string) =>
      parseYaml(body),
    );
    scope.post<OrganizationPath & { Querystring: Query }>(`${alertsUrl}/apply/`, async (request) => {
      const caller = await requireAlerts(ports.meta, request, "write");
      const flag = firstValue(request.query, "dryRun");
      const result = await applyConfigFile(ports, caller, {
        document: request.body,
        dryRun: flag !== undefined && flag !== "0" && flag !== "false",
        mayChangeProjects: caller.scopes.has("project:write"),
      });
      if (result.applied) ports.wake("alert");
      return result;
    });
  });
}
