import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query";
import { request, requestPage, type Page } from "./client.js";
import type { Assignee, Issue, IssueDetail, IssuePriority, IssueStatus, StatusDetails } from "./issue.js";

/** What the issue list asks for; empty lists mean all. */
export interface IssueListFilter {
  readonly query: string;
  readonly project: readonly string[];
  readonly environment: readonly string[];
  readonly statsPeriod: string;
  readonly sort: string;
}

/** A change of one or many issues, as the server takes it. */
export interface IssueChange {
  readonly status?: IssueStatus;
  readonly statusDetails?: StatusDetails;
  readonly substatus?: string;
  readonly assignedTo?: string;
  readonly priority?: IssuePriority;
  readonly merge?: 1;
}

/** A change and whom it touches; `assignee` is shown at once, before the server has answered. */
export interface IssueUpdate {
  readonly ids: readonly string[];
  readonly change: IssueChange;
  readonly assignee?: Assignee | null;
}

const pageSize = 50;

/** The issue list, page by page. */
export function issuesQuery(org: string, filter: IssueListFilter) {
  return infiniteQueryOptions({
    queryKey: ["issues", org, filter],
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      requestPage<Issue>(`/organizations/${org}/issues/`, {
        signal,
        query: { ...filter, limit: pageSize, cursor: pageParam || undefined },
      }),
    getNextPageParam: (page) => page.next,
    staleTime: 10_000,
    refetchInterval: 30_000,
  });
}

/** Changes issues. The lists and the issue page show the change at once and are put back when it fails. */
export function useUpdateIssues(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, change }: IssueUpdate) =>
      request(`/organizations/${org}/issues/`, { method: "PUT", query: { id: ids }, body: change }),
    onMutate: async (update: IssueUpdate) => {
      await client.cancelQueries({ queryKey: ["issues", org] });
      const before = [
        ...client.getQueriesData({ queryKey: ["issues", org] }),
        ...client.getQueriesData({ queryKey: ["issue", org] }),
      ];
      showAtOnce(client, org, update);
      return { before };
    },
    onError: (_error, _update, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled: () =>
      Promise.all(
        ["issues", "issue", "activity"].map((key) => client.invalidateQueries({ queryKey: [key, org] })),
      ),
  });
}

/** Deletes issues and their events. */
export function useDeleteIssues(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) =>
      request(`/organizations/${org}/issues/`, { method: "DELETE", query: { id: ids } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["issues", org] }),
  });
}

function showAtOnce(client: QueryClient, org: string, update: IssueUpdate): void {
  const touched = new Set(update.ids);
  for (const query of client.getQueryCache().findAll({ queryKey: ["issues", org] })) {
    const filter = query.queryKey[2] as IssueListFilter;
    client.setQueryData<InfiniteData<Page<Issue>, string>>(query.queryKey, (data) =>
      data ? { ...data, pages: data.pages.map((page) => changePage(page, update, filter)) } : data,
    );
  }
  client.setQueriesData<IssueDetail>({ queryKey: ["issue", org] }, (issue) =>
    issue && (touched.has(issue.id) || touched.has(issue.shortId)) ? applyChange(issue, update) : issue,
  );
}

function changePage(page: Page<Issue>, update: IssueUpdate, filter: IssueListFilter): Page<Issue> {
  const touched = new Set(update.ids);
  const items = page.items.map((issue) => (touched.has(issue.id) ? applyChange(issue, update) : issue));
  const kept = items.filter((issue) => !touched.has(issue.id) || staysIn(filter.query, issue));
  const gone = items.length - kept.length;
  return { ...page, items: kept, hits: page.hits === null ? null : Math.max(0, page.hits - gone) };
}

/** Applies a change to one issue the way the server will. */
function applyChange<T extends Issue>(issue: T, { change, assignee }: IssueUpdate): T {
  return {
    ...issue,
    ...(change.status ? { status: change.status, statusDetails: change.statusDetails ?? {} } : {}),
    ...(change.status ? { substatus: change.substatus ?? null } : {}),
    ...(change.priority ? { priority: change.priority } : {}),
    ...(assignee === undefined ? {} : { assignedTo: assignee }),
  };
}

const statusWords: Readonly<Record<string, IssueStatus>> = {
  "is:unresolved": "unresolved",
  "is:resolved": "resolved",
  "is:ignored": "ignored",
  "is:archived": "ignored",
};

function staysIn(query: string, issue: Issue): boolean {
  return query.split(/\s+/).every((word) => {
    const wanted = statusWords[word];
    return wanted === undefined || wanted === issue.status;
  });
}
