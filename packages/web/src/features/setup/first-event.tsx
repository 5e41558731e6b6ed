import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { requestPage } from "../../api/client.js";
import type { Issue } from "../../api/issue.js";
import { projectQuery } from "../../api/projects.js";
import { buttonClass } from "../../components/button.js";
import { visibleText } from "../../components/visible-text.js";
import { TimeAgo } from "../../components/time-ago.js";

const pollMs = 1_500;

/** Waits for a project's first event and says when it has come, with the way to it. */
export function FirstEvent({ org, project }: { readonly org: string; readonly project: string }) {
  const client = useQueryClient();
  const waiting = useQuery({
    ...projectQuery(org, project),
    refetchInterval: (query) => (query.state.data && !query.state.data.firstEvent ? pollMs : false),
  });
  const firstEvent = waiting.data?.firstEvent ?? null;
  const latest = useQuery({
    queryKey: ["first-issue", org, project],
    queryFn: ({ signal }) =>
      requestPage<Issue>(`/organizations/${org}/issues/`, {
        signal,
        query: { project: [project], query: "", limit: 1, sort: "date", statsPeriod: "14d" },
      }),
    enabled: firstEvent !== null,
  });
  useEffect(() => {
    if (firstEvent) void client.invalidateQueries({ queryKey: ["projects", org] });
  }, [client, org, firstEvent]);
  const issue = latest.data?.items[0];
  return (
    <div
      role="status"
      className={`flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-4 py-3 ${firstEvent ? "border-good/35 bg-good-soft" : "border-line bg-surface shadow-card"}`}
    >
      <span className="relative grid size-7 place-items-center" aria-hidden="true">
        {!firstEvent && (
          <span className="absolute size-3 animate-[beacon_1.8s_ease-out_infinite] rounded-full bg-lamp" />
        )}
        <span className={`size-3 rounded-full ${firstEvent ? "bg-good" : "bg-lamp"}`} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-base font-semibold">
          {firstEvent ? "The first event has arrived" : "Waiting for the first event"}
        </p>
        <p className="line-clamp-2 [overflow-wrap:anywhere] text-ink-2">
          {firstEvent ? (
            <>
              <TimeAgo at={firstEvent} />
              {issue && ` · ${visibleText(issue.title)}`}
            </>
          ) : (
            "This page looks every second and a half. Send something."
          )}
        </p>
      </div>
      {firstEvent && issue && (
        <Link
          to="/organizations/$org/issues/$issueId/"
          params={{ org, issueId: issue.id }}
          className={buttonClass("primary", "md")}
        >
          Open {issue.shortId}
        </Link>
      )}
    </div>
  );
}
