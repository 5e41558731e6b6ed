import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client.js";

/** An organisation; `alertsStoppedAt` is set while the emergency stop is on. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly alertsStoppedAt: string | null;
  readonly alertsStoppedBy: string | { readonly name?: string; readonly email?: string } | null;
}

/** A person in the organisation. `id` is the membership's, `user.id` the user's. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly orgRole: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
}

/** A release, newest first in lists. */
export interface Release {
  readonly version: string;
  readonly shortVersion: string;
  readonly dateCreated: string;
  readonly newGroups: number;
}

/** An entry of the audit log. */
export interface AuditEntry {
  readonly id: string;
  readonly dateCreated: string;
  readonly user: { readonly name?: string; readonly email: string } | null;
  readonly action: string;
  readonly target: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

const slowlyChangingMs = 60_000;

/** One organisation. */
export function organizationQuery(org: string) {
  return queryOptions({
    queryKey: ["organization", org],
    queryFn: ({ signal }) => request<Organization>(`/organizations/${org}/`, { signal }),
    refetchInterval: 30_000,
  });
}

/** Names of the environments seen in the organisation. */
export function environmentsQuery(org: string) {
  return queryOptions({
    queryKey: ["environments", org],
    queryFn: ({ signal }) =>
      request<{ id: string; name: string }[]>(`/organizations/${org}/environments/`, { signal }),
    staleTime: slowlyChangingMs,
  });
}

/** Everybody in the organisation. */
export function membersQuery(org: string) {
  return queryOptions({
    queryKey: ["members", org],
    queryFn: ({ signal }) => request<Member[]>(`/organizations/${org}/members/`, { signal }),
    staleTime: slowlyChangingMs,
  });
}

/** Releases, newest first. */
export function releasesQuery(org: string) {
  return queryOptions({
    queryKey: ["releases", org],
    queryFn: ({ signal }) => request<Release[]>(`/organizations/${org}/releases/`, { signal }),
    staleTime: slowlyChangingMs,
  });
}

/** The audit log, newest first. */
export function auditQuery(org: string) {
  return queryOptions({
    queryKey: ["audit", org],
    queryFn: ({ signal }) => request<AuditEntry[]>(`/organizations/${org}/audit/`, { signal }),
  });
}

/** The organisation's current state. */
export function useOrganization(org: string) {
  return useQuery(organizationQuery(org));
}

/** Stops every alert of the organisation (true) or lets them go out again (false). */
export function useEmergencyStop(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (stop: boolean) =>
      request<Partial<Organization>>(`/organizations/${org}/alerts/stop/`, {
        method: stop ? "POST" : "DELETE",
      }),
    onSuccess: (answer, stop) => {
      client.setQueryData(organizationQuery(org).queryKey, (old) =>
        old
          ? {
              ...old,
              alertsStoppedAt: stop ? (answer?.alertsStoppedAt ?? new Date().toISOString()) : null,
              // The answer names the person by id only; the refetch below brings the name.
              alertsStoppedBy: null,
            }
          : old,
      );
      void client.invalidateQueries({ queryKey: ["organization", org] });
    },
  });
}
