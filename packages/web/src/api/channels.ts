import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "./client.js";
import type { NotificationState } from "./rules.js";

/** A place messages go. Its secret never leaves the server; `secretHint` shows enough to recognise it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: "discord" | "discord_bot";
  readonly status: "active" | "disabled";
  readonly statusReason: string | null;
  readonly statusAt: string | null;
  readonly secretHint: string | null;
  readonly config: { readonly channelId?: string; readonly guildId?: string; readonly username?: string };
  readonly origin: string;
  readonly dateCreated: string;
  readonly lastDelivery: {
    readonly at: string;
    readonly outcome: string;
    readonly reason: string | null;
  } | null;
}

/** A channel to create, or new secrets for one. */
export interface ChannelInput {
  readonly name?: string;
  readonly type?: Channel["type"];
  readonly webhookUrl?: string;
  readonly botToken?: string;
  readonly channelId?: string;
}

/** A message on its way, with every attempt to deliver it. */
export interface Notification {
  readonly id: string;
  readonly state: NotificationState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: string;
  readonly deliveredAt: string | null;
  readonly channel: { readonly id: string; readonly name: string };
  readonly deliveries: readonly {
    readonly attempt: number;
    readonly at: string;
    readonly outcome: string;
    readonly httpStatus: number | null;
    readonly reason: string | null;
    readonly durationMs: number;
  }[];
}

const channelsPath = (org: string, id?: string) =>
  `/organizations/${org}/alerts/channels/${id ? `${id}/` : ""}`;

/** Every channel. */
export function channelsQuery(org: string) {
  return queryOptions({
    queryKey: ["channels", org],
    queryFn: ({ signal }) => request<Channel[]>(channelsPath(org), { signal }),
    refetchInterval: 15_000,
  });
}

/** One notification, asked again every half second until it has come to an end. */
export function notificationQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["notification", org, id],
    queryFn: ({ signal }) =>
      request<Notification>(`/organizations/${org}/alerts/notifications/${id}/`, { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state === undefined || state === "pending" || state === "sending" ? 500 : false;
    },
  });
}

/** Creates a channel (without `id`), or changes its name or secret. */
export function useSaveChannel(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ChannelInput & { id?: string }) =>
      request<Channel>(channelsPath(org, id), { method: id ? "PUT" : "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["channels", org] }),
  });
}

/** Removes a channel. */
export function useDeleteChannel(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(channelsPath(org, id), { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["channels", org] }),
  });
}

/** Switches a channel on again after the server has disabled it. */
export function useEnableChannel(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`${channelsPath(org, id)}enable/`, { method: "POST", body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["channels", org] }),
  });
}

/** Sends a test message to one channel. */
export function useTestChannel(org: string) {
  return useMutation({
    mutationFn: (id: string) =>
      request<{ notification: { id: string; state: string } }>(`${channelsPath(org, id)}test/`, {
        method: "POST",
        body: {},
      }),
  });
}

/** Puts a failed notification back in line. */
export function useRetryNotification(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(`/organizations/${org}/alerts/notifications/${id}/retry/`, { method: "POST", body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["history", org] }),
  });
}
