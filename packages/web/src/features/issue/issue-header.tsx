import { Link } from "@tanstack/react-router";
import { ChevronRight, RotateCcw, Split } from "lucide-react";
import type { IssueDetail } from "../../api/issue.js";
import type { IssueChange } from "../../api/issues.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { CopyButton } from "../../components/copy-button.js";
import { AssigneePicker, type Assignment } from "../../components/issue/assignee-picker.js";
import { titleParts } from "../../components/issue/issue-title.js";
import { LevelMark } from "../../components/issue/level-mark.js";
import { listAddress } from "../../components/issue/list-address.js";
import { PriorityMenu } from "../../components/issue/priority.js";
import { StatusBadge, statusSentence } from "../../components/issue/status-badge.js";
import { ArchiveMenu, ResolveMenu } from "../../components/issue/status-menus.js";
import { visibleText } from "../../components/visible-text.js";
import { PlatformMark } from "../../components/platform-mark.js";

/** What the issue is and what can be done about it. */
export function IssueHeader(props: {
  readonly org: string;
  readonly issue: IssueDetail;
  readonly assigning: boolean;
  readonly onAssignOpen: (open: boolean) => void;
  readonly onChange: (change: IssueChange, assignment?: Assignment) => void;
  readonly onSplit: () => void;
}) {
  const { org, issue, onChange } = props;
  const { type, value } = titleParts(issue);
  return (
    <header className="pb-4">
      <nav
        aria-label="Breadcrumb"
        className="flex min-w-0 items-center gap-1.5 pt-4 pb-2.5 text-xs text-ink-3"
      >
        <Link
          to="/organizations/$org/issues/"
          params={{ org }}
          search={listAddress()}
          className="hover:text-ink"
        >
          Issues
        </Link>
        <ChevronRight size={12} aria-hidden="true" />
        <PlatformMark platform={issue.project.platform ?? issue.platform} size={17} />
        <span className="truncate text-ink-2">{issue.project.slug}</span>
        <ChevronRight size={12} aria-hidden="true" />
        <span className="shrink-0 font-medium text-ink">{issue.shortId}</span>
        <CopyButton text={issue.shortId} />
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <div className="min-w-0 flex-[1_1_480px]">
          <h1 className="line-clamp-3 text-xl font-semibold tracking-[-0.018em] [overflow-wrap:anywhere]">
            {type}
          </h1>
          {value && (
            <p className="mt-0.5 line-clamp-3 text-base [overflow-wrap:anywhere] text-ink-2">{value}</p>
          )}
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <LevelMark level={issue.level} named />
            <StatusBadge issue={issue} full />
            {issue.isUnhandled && <Badge tone="error">Unhandled</Badge>}
            {issue.culprit && (
              <code className="font-mono text-[12px] [overflow-wrap:anywhere] text-ink-3">
                {visibleText(issue.culprit)}
              </code>
            )}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-1.5 pt-0.5">
          {issue.status === "unresolved" ? (
            <>
              <ResolveMenu onChange={onChange} currentRelease={issue.lastRelease?.version} />
              <ArchiveMenu onChange={onChange} />
            </>
          ) : (
            <Button onClick={() => onChange({ status: "unresolved" })}>
              <RotateCcw size={14} />
              {issue.status === "resolved" ? "Reopen" : "Unarchive"}
            </Button>
          )}
          <AssigneePicker
            org={org}
            assignee={issue.assignedTo}
            label="Assign"
            open={props.assigning}
            onOpenChange={props.onAssignOpen}
            onChange={(assignment) => onChange({ assignedTo: assignment.assignedTo }, assignment)}
          />
          <PriorityMenu priority={issue.priority} onChange={(priority) => onChange({ priority })} />
          <Button
            variant="ghost"
            size="icon"
            aria-label="Merged hashes and splitting"
            title="Merged hashes and splitting"
            onClick={props.onSplit}
          >
            <Split size={15} />
          </Button>
        </div>
      </div>
      {issue.status !== "unresolved" && (
        <p className="mt-3 rounded-md border border-line bg-sunken px-3 py-1.5 text-ink-2">
          {statusSentence(issue)}
        </p>
      )}
    </header>
  );
}
