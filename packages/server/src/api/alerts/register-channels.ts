import type { FastifyInstance } from "fastify";
import { createChannel } from "../../actions/alerts/create-channel.js";
import { deleteChannel } from "../../actions/alerts/delete-channel.js";
import { enableChannel } from "../../actions/alerts/enable-channel.js";
import { findChannel } from "../../actions/alerts/find-channel.js";
import { testChannel } from "../../actions/alerts/test-channel.js";
import { updateChannel } from "../../actions/alerts/update-channel.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { alertsUrl, requireAlerts } from "./alert-request.js";
import type { ItemPath, OrganizationPath } from "./alert-request.js";
import { channelsJson } from "./channel-json.js";
import { queuedTestJson } from "./notification-json.js";

const url = `${alertsUrl}/channels/`;

/** `…/alerts/channels/` and `…/alerts/channels/{id or name}/`. */
export function registerChannels(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;

  scope.get<OrganizationPath>(url, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const rows = await meta
      .selectFrom("channel")
      .selectAll()
      .where("organization_id", "=", organizationId)
      .orderBy("name")
      .execute();
    return channelsJson(meta, rows);
  });

  scope.post<OrganizationPath>(url, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    const row = await createChannel(ports, caller, request.body);
    const [channel] = await channelsJson(meta, [row]);
    return reply.code(201).send(channel);
  });

  scope.get<ItemPath>(`${url}:item/`, async (request) => {
    const { organizationId } = await requireAlerts(meta, request, "read");
    const [channel] = await channelsJson(meta, [
      await findChannel(meta, organizationId, request.params.item),
    ]);
    return channel;
  });

  scope.put<ItemPath>(`${url}:item/`, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    const change = { idOrName: request.params.item, input: request.body };
    const row = await updateChannel(ports, caller, change);
    ports.wake("notify");
    const [channel] = await channelsJson(meta, [row]);
    return channel;
  });

  scope.delete<ItemPath>(`${url}:item/`, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    await deleteChannel(ports, caller, request.params.item);
    return noContent(reply);
  });

  registerChannelDeeds(scope, ports);
}

function registerChannelDeeds(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;

  scope.post<ItemPath>(`${url}:item/enable/`, async (request) => {
    const caller = await requireAlerts(meta, request, "write");
    const row = await enableChannel(ports, caller, request.params.item);
    ports.wake("notify");
    const [channel] = await channelsJson(meta, [row]);
    return channel;
  });

  scope.post<ItemPath>(`${url}:item/test/`, async (request, reply) => {
    const caller = await requireAlerts(meta, request, "write");
    const queued = await testChannel(ports, caller, request.params.item);
    ports.wake("notify");
    return reply.code(202).send({ notification: queuedTestJson(queued) });
  });
}
