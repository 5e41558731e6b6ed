import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "./client.js";
import type { Series } from "./projects.js";

/** `ignored` is what people know as archived. */
export type IssueStatus = "unresolved" | "resolved" | "ignored";
export type IssuePriority = "high" | "medium" | "low";

/** Who an issue is assigned to. */
export interface Assignee {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/** What ends a resolution or an archive. */
export interface StatusDetails {
  readonly inRelease?: string;
  readonly inNextRelease?: boolean;
  readonly ignoreDuration?: number;
  readonly ignoreUntil?: string;
  readonly ignoreCount?: number;
  readonly ignoreWindow?: number;
  readonly ignoreUserCount?: number;
  readonly ignoreUserWindow?: number;
}

/** An issue as lists show it. `count` is a decimal string, `stats` is keyed by the period asked for. */
export interface Issue {
  readonly id: string;
  readonly shortId: string;
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string;
  readonly status: IssueStatus;
  readonly statusDetails: StatusDetails;
  readonly substatus: string | null;
  readonly priority: IssuePriority | null;
  readonly platform: string | null;
  readonly project: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly platform?: string | null;
  };
  readonly metadata: {
    readonly type?: string;
    readonly value?: string;
    readonly filename?: string;
    readonly function?: string;
  };
  readonly assignedTo: Assignee | null;
  readonly isUnhandled: boolean;
  readonly count: string;
  readonly userCount: number;
  readonly numComments?: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly stats?: Readonly<Record<string, Series>>;
}

/** One line of an issue's history. */
export interface Activity {
  readonly id: string;
  readonly type: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly dateCreated: string;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** Where and when an issue was seen. */
export interface Sighting {
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
}

/** An alert that this issue set off, or that was held back. */
export interface IssueAlert {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly outcome: string;
  readonly reason: string;
  readonly dateCreated: string;
}

/** Everything the issue page shows beside the event. */
export interface IssueDetail extends Issue {
  readonly firstRelease: { readonly version: string } | null;
  readonly lastRelease: { readonly version: string } | null;
  readonly activity?: readonly Activity[];
  readonly environments?: readonly (Sighting & { readonly name: string })[];
  readonly releases?: readonly (Sighting & { readonly version: string; readonly environment?: string })[];
  readonly grouping?: {
    readonly algorithm: string;
    readonly hashes: readonly {
      readonly hash: string;
      readonly explanation: string;
      /** What went into the hash, in order. */
      readonly components?: readonly { readonly label: string; readonly value: string }[];
    }[];
  };
  readonly alerts?: readonly IssueAlert[];
}

/** A grouping hash of an issue. */
export interface IssueHash {
  readonly id: string;
  readonly explanation?: string | null;
  readonly latestEvent?: {
    readonly eventID?: string;
    readonly title?: string;
    readonly dateCreated?: string;
  } | null;
}

const issuePath = (org: string, id: string) => `/organizations/${org}/issues/${encodeURIComponent(id)}/`;

/** One issue, by number or short id. */
export function issueQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["issue", org, id],
    queryFn: ({ signal }) => request<IssueDetail>(issuePath(org, id), { signal }),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });
}

/** An issue's history, newest first. */
export function activityQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["activity", org, id],
    queryFn: ({ signal }) =>
      request<{ activity: Activity[] }>(`${issuePath(org, id)}activities/`, { signal }),
  });
}

/** The grouping hashes merged into an issue. */
export function hashesQuery(org: string, id: string) {
  return queryOptions({
    queryKey: ["hashes", org, id],
    queryFn: ({ signal }) => request<IssueHash[]>(`${issuePath(org, id)}hashes/`, { signal }),
  });
}

/** Adds a comment (`text`), or removes one (`remove` is its id). */
export function useComment(org: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { text: string } | { remove: string }) =>
      "text" in input
        ? request(`${issuePath(org, id)}notes/`, { method: "POST", body: input })
        : request(`${issuePath(org, id)}notes/${input.remove}/`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["activity", org, id] }),
  });
}

/** Moves grouping hashes out of an issue into a new one. */
export function useSplitIssue(org: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hashes: readonly string[]) =>
      request(`${issuePath(org, id)}hashes/`, { method: "PUT", query: { id: hashes } }),
    onSuccess: () => client.invalidateQueries(),
  });
}
