import type { FastifyInstance } from "fastify";
import { resumeAlerts } from "../../actions/alerts/resume-alerts.js";
import { stopAlerts } from "../../actions/alerts/stop-alerts.js";
import type { AlertsStop } from "../../actions/alerts/stop-alerts.js";
import { readPeople } from "../auth/people.js";
import { isoTime } from "../http/iso-time.js";
import type { Meta } from "../../store/port.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { OrganizationPath } from "./alert-request.js";

/** `…/alerts/stop/`: the emergency stop (S0.15), and its end. */
export function registerStop(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;
  const url = `${alertsUrl}/stop/`;

  scope.post<OrganizationPath>(url, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    return stopJson(meta, await stopAlerts(ports, caller));
  });

  scope.delete<OrganizationPath>(url, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    return stopJson(meta, await resumeAlerts(ports, caller));
  });
}

async function stopJson(meta: Meta, { stoppedAt, stoppedBy }: AlertsStop) {
  const people = await readPeople(meta, [stoppedBy]);
  const person = stoppedBy === null ? null : (people.get(stoppedBy) ?? stoppedBy);
  return { alertsStoppedAt: isoTime(stoppedAt), alertsStoppedBy: person };
}
