import type { FastifyInstance } from "fastify";
import { retryNotification } from "../../actions/alerts/retry-notification.js";
import { AppError } from "../../shared/app-error.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { ItemPath } from "./alert-request.js";
import { notificationJson } from "./notification-json.js";

/** `…/alerts/notifications/{id}/`: what became of a message, and sending it once more. */
export function registerNotifications(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;
  const url = `${alertsUrl}/notifications/:item/`;

  scope.get<ItemPath>(url, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    return notificationJson(meta, organizationId, readId(request.params.item));
  });

  scope.post<ItemPath>(`${url}retry/`, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    const id = readId(request.params.item);
    await retryNotification(ports, caller, id);
    ports.wake("notify");
    return reply.code(202).send(await notificationJson(meta, caller.organizationId, id));
  });
}

function readId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new AppError("not_found", "There is no such notification.");
  return Number(text);
}
