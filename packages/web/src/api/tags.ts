import { queryOptions } from "@tanstack/react-query";
import { request } from "./client.js";

/** A tag of an issue with its most frequent values. */
export interface IssueTag {
  readonly key: string;
  readonly name?: string;
  readonly totalValues: number;
  readonly uniqueValues?: number;
  readonly topValues: readonly {
    readonly value: string | null;
    readonly name?: string | null;
    readonly count: number;
  }[];
}

/** How an issue's events spread over their tags. */
export function issueTagsQuery(org: string, issue: string) {
  return queryOptions({
    queryKey: ["issue-tags", org, issue],
    queryFn: ({ signal }) =>
      request<IssueTag[]>(`/organizations/${org}/issues/${encodeURIComponent(issue)}/tags/`, { signal }),
    staleTime: 30_000,
  });
}

/** Tag keys seen in the organisation, for completion. */
export function tagKeysQuery(org: string) {
  return queryOptions({
    queryKey: ["tags", org],
    queryFn: ({ signal }) =>
      request<{ key: string; name?: string }[]>(`/organizations/${org}/tags/`, { signal }),
    staleTime: 60_000,
  });
}

/** Values of one tag in one project, for completion. */
export function tagValuesQuery(where: { org: string; project: string; key: string; query: string }) {
  const { org, project, key, query } = where;
  return queryOptions({
    queryKey: ["tag-values", org, project, key, query],
    queryFn: ({ signal }) =>
      request<{ value: string; count?: number }[]>(
        `/projects/${org}/${project}/tags/${encodeURIComponent(key)}/values/`,
        { signal, query: { query } },
      ),
    staleTime: 60_000,
  });
}
