import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { issueFilterDefaults, readIssueFilter } from "../../api/issue-filter.js";
import { issuesQuery, type IssueListFilter } from "../../api/issues.js";
import { useProjects } from "../../api/projects.js";
import { rememberListAddress } from "../../components/issue/list-address.js";
import { LoadError } from "../../components/empty-state.js";
import { useTitle } from "../../components/page.js";
import { FilterBar } from "./filter-bar.js";
import { IssueList, SkeletonRows } from "./issue-list.js";
import { ListHeader } from "./list-header.js";
import { NoEventsYet, NothingFound } from "./no-issues.js";
import { SearchBox } from "./search-box.js";
import { SearchTabs } from "./search-tabs.js";
import { useIssueKeys } from "./use-issue-keys.js";
import { useListActions } from "./use-list-actions.js";

const route = "/signed-in/organizations/$org/issues";

/** The issue list: search, pickers, rows, and everything that can be done with several issues at once. */
export function IssuesPage() {
  useTitle("Issues");
  const { org } = useParams({ from: route });
  const search = useSearch({ from: route });
  const navigate = useNavigate({ from: "/organizations/$org/issues" });
  const filter: IssueListFilter = useMemo(() => ({ ...issueFilterDefaults, ...search }), [search]);
  const setFilter = (change: Partial<IssueListFilter>) => {
    void navigate({ search: readIssueFilter({ ...filter, ...change }), replace: true });
  };
  useEffect(() => rememberListAddress(search), [search]);
  const list = useInfiniteQuery({ ...issuesQuery(org, filter), placeholderData: (previous) => previous });
  const projects = useProjects(org);
  const issues = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const actions = useListActions(org, issues);
  const current = useIssueKeys({ org, issues, actions });
  const neverAnEvent =
    projects.data !== undefined && projects.data.every((project) => project.firstEvent === null);
  const onlyProject = filter.project[0] ?? (projects.data?.length === 1 ? projects.data[0]?.slug : undefined);

  return (
    <div className="mx-auto w-full max-w-[1440px] px-3 pt-4 pb-16 sm:px-6 sm:pt-5">
      <h1 className="sr-only">Issues</h1>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <SearchTabs query={filter.query} onChoose={(query) => setFilter({ query })} />
        <FilterBar org={org} filter={filter} onChange={setFilter} />
      </div>
      <div className="mb-3 flex">
        <SearchBox
          key={filter.query}
          org={org}
          project={onlyProject}
          value={filter.query}
          onSearch={(query) => setFilter({ query })}
        />
      </div>
      <div
        aria-busy={list.isPlaceholderData}
        className={`rounded-lg border border-line bg-surface shadow-card transition-opacity delay-150 ${list.isPlaceholderData ? "opacity-60" : ""}`}
      >
        {issues.length > 0 && (
          <ListHeader
            org={org}
            period={filter.statsPeriod}
            shown={issues.length}
            hits={list.data?.pages[0]?.hits ?? null}
            selected={actions.selected.size}
            onSelectAll={actions.selectAll}
            onClear={actions.clear}
            onChange={actions.changeSelected}
            onDelete={actions.deleteSelected}
          />
        )}
        {list.isPending && <SkeletonRows />}
        {list.isError && <LoadError error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && issues.length > 0 && (
          <IssueList
            org={org}
            issues={issues}
            current={current}
            selected={actions.selected}
            assigning={actions.assigning}
            actions={actions.row}
            hasMore={list.hasNextPage}
            onNeedMore={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
        {list.isSuccess && issues.length === 0 && neverAnEvent && (
          <NoEventsYet org={org} projects={projects.data ?? []} />
        )}
        {list.isSuccess && issues.length === 0 && !neverAnEvent && projects.data && (
          <NothingFound filter={filter} onChange={setFilter} />
        )}
      </div>
    </div>
  );
}
