import type { FastifyInstance } from "fastify";
import { resumeAlerts } from "../../actions/alerts/resume-alerts.js";
import { stopAlerts } from "../../actions/alerts/stop-alerts.js";
import type { AlertsStop } from "../../actions/alerts/stop-alerts.js";
import { isoTime } from "../http/iso-time.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { OrganizationPath } from "./alert-request.js";

/** `…/alerts/stop/`: the emergency stop (S0.15), and its end. */
export function registerStop(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;
  const url = `${alertsUrl}/stop/`;

  scope.post<OrganizationPath>(url, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    return stopJson(await stopAlerts(ports, caller));
  });

  scope.delete<OrganizationPath>(url, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    return stopJson(await resumeAlerts(ports, caller));
  });
}

function stopJson({ stoppedAt, stoppedBy }: AlertsStop) {
  return { alertsStoppedAt: isoTime(stoppedAt), alertsStoppedBy: stoppedBy };
}
