import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { ApiError } from "../../api/client.js";
import { eventQuery } from "../../api/events.js";
import { issueQuery, type IssueDetail } from "../../api/issue.js";
import { useUpdateIssues, type IssueChange } from "../../api/issues.js";
import { buttonClass } from "../../components/button.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { useHotKeys } from "../../components/hot-keys.js";
import type { Assignment } from "../../components/issue/assignee-picker.js";
import { listAddress } from "../../components/issue/list-address.js";
import { useTitle } from "../../components/page.js";
import { toast } from "../../components/toast.js";
import { ActivitySection } from "./activity-section.js";
import { EventBody } from "./event-body.js";
import { EventNav } from "./event-nav.js";
import { IssueHeader } from "./issue-header.js";
import { IssueSkeleton } from "./issue-skeleton.js";
import { IssueSidebar } from "./sidebar/issue-sidebar.js";

const EventsDialog = lazy(() =>
  import("./events-dialog.js").then((module) => ({ default: module.EventsDialog })),
);
const SplitDialog = lazy(() =>
  import("./split-dialog.js").then((module) => ({ default: module.SplitDialog })),
);

/** An issue, seen through one of its events: the latest, or the one in the address. */
export function IssuePage() {
  const { org = "", issueId = "", eventId = "latest" } = useParams({ strict: false });
  const issue = useQuery(issueQuery(org, issueId));
  if (issue.isPending) return <IssueSkeleton />;
  if (issue.isError && !issue.data) {
    if (issue.error instanceof ApiError && issue.error.status === 404) {
      return (
        <EmptyState
          icon={SearchX}
          title="This issue is gone"
          action={
            <Link
              to="/organizations/$org/issues/"
              params={{ org }}
              search={{}}
              className={buttonClass("secondary", "md")}
            >
              All issues
            </Link>
          }
        >
          It was deleted, merged into another one, or never existed under this address.
        </EmptyState>
      );
    }
    return <LoadError error={issue.error} retry={() => void issue.refetch()} />;
  }
  return <LoadedIssue org={org} issue={issue.data} address={issueId} eventId={eventId} />;
}

function LoadedIssue(props: {
  readonly org: string;
  readonly issue: IssueDetail;
  /** How the address names the issue: its number or its short id. */
  readonly address: string;
  readonly eventId: string;
}) {
  const { org, issue, address, eventId } = props;
  useTitle(`${issue.shortId} ${issue.title.slice(0, 80)}`);
  const navigate = useNavigate();
  const event = useQuery({
    ...eventQuery({ org, issue: address, event: eventId }),
    placeholderData: (previous) => (previous?.eventID ? previous : undefined),
  });
  const update = useUpdateIssues(org);
  const [dialog, setDialog] = useState<"split" | "events" | null>(null);
  const [assigning, setAssigning] = useState(false);
  const change = (what: IssueChange, assignment?: Assignment) => {
    const undo = () => update.mutate({ ids: [issue.id], change: { status: "unresolved" } });
    update.mutate(
      { ids: [issue.id], change: what, ...(assignment ? { assignee: assignment.assignee } : {}) },
      {
        onSuccess: () => {
          if (what.status === "resolved")
            toast(`${issue.shortId} resolved.`, { action: { label: "Undo", run: undo } });
          if (what.status === "ignored")
            toast(`${issue.shortId} archived.`, { action: { label: "Undo", run: undo } });
        },
      },
    );
  };
  const search = (query: string) =>
    void navigate({ to: "/organizations/$org/issues/", params: { org }, search: { query } });
  const openEvent = (id: string | null | undefined) => {
    if (!id) return;
    void navigate({
      to: "/organizations/$org/issues/$issueId/events/$eventId/",
      params: { org, issueId: issue.id, eventId: id },
      resetScroll: false,
    });
  };
  useHotKeys({
    e: () => issue.status === "unresolved" && change({ status: "resolved" }),
    i: () =>
      issue.status === "unresolved" && change({ status: "ignored", substatus: "archived_until_escalating" }),
    a: () => setAssigning(true),
    j: () => openEvent(event.data?.previousEventID),
    k: () => openEvent(event.data?.nextEventID),
    u: () => void navigate({ to: "/organizations/$org/issues/", params: { org }, search: listAddress() }),
  });
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pb-24 sm:px-6">
      <IssueHeader
        org={org}
        issue={issue}
        assigning={assigning}
        onAssignOpen={setAssigning}
        onChange={change}
        onSplit={() => setDialog("split")}
      />
      <div className="grid gap-x-8 gap-y-6 border-t border-line pt-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_304px]">
        <div className="min-w-0">
          <EventNav
            org={org}
            issueId={issue.id}
            project={issue.project.slug}
            event={event.data}
            onShowAll={() => setDialog("events")}
          />
          {event.isError && <LoadError error={event.error} retry={() => void event.refetch()} />}
          {event.data && (
            <EventBody
              key={event.data.eventID}
              event={event.data}
              org={org}
              project={issue.project.slug}
              onSearch={search}
            />
          )}
          <div className="mt-4">
            <ActivitySection org={org} issueId={issue.id} />
          </div>
        </div>
        <div className="pt-3">
          <IssueSidebar org={org} issue={issue} event={event.data} onSearch={search} />
        </div>
      </div>
      <Suspense>
        {dialog === "split" && (
          <SplitDialog org={org} issueId={issue.id} onOpenChange={() => setDialog(null)} />
        )}
        {dialog === "events" && (
          <EventsDialog org={org} issueId={issue.id} onOpenChange={() => setDialog(null)} />
        )}
      </Suspense>
    </div>
  );
}
