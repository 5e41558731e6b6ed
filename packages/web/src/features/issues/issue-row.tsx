import { Link } from "@tanstack/react-router";
import { MessageSquare } from "lucide-react";
import { memo } from "react";
import type { Issue } from "../../api/issue.js";
import type { IssueChange } from "../../api/issues.js";
import { Badge } from "../../components/badge.js";
import { cx } from "../../components/class-names.js";
import { AssigneePicker, type Assignment } from "../../components/issue/assignee-picker.js";
import { titleParts } from "../../components/issue/issue-title.js";
import { LevelMark } from "../../components/issue/level-mark.js";
import { PriorityMenu } from "../../components/issue/priority.js";
import { StatusBadge } from "../../components/issue/status-badge.js";
import { fullCount, shortCount } from "../../components/numbers.js";
import { Sparkline } from "../../components/sparkline.js";
import { visibleText } from "../../components/visible-text.js";
import { TimeAgo } from "../../components/time-ago.js";

/** Columns of the list; the header uses the same ones. */
export const rowGrid =
  "grid grid-cols-[30px_minmax(0,1fr)_auto] lg:grid-cols-[30px_minmax(0,1fr)_152px_58px_58px_92px_30px_34px] gap-x-3 lg:gap-x-4";

const sparkline = { width: 152, height: 30 } as const;

/** What a row can ask for. All of them are stable, so that rows are drawn again only when their issue changes. */
export interface RowActions {
  readonly onToggle: (id: string) => void;
  readonly onChange: (id: string, change: IssueChange, assignment?: Assignment) => void;
  readonly onAssignOpen: (id: string | null) => void;
}

/** One issue of the list. The whole row is a link; hovering it loads the issue. */
export const IssueRow = memo(function IssueRow(props: {
  readonly org: string;
  readonly issue: Issue;
  readonly current: boolean;
  readonly selected: boolean;
  readonly assigning: boolean;
  readonly actions: RowActions;
}) {
  const { org, issue, actions } = props;
  const points = Object.values(issue.stats ?? {})[0] ?? [];
  return (
    <div
      className={cx(
        rowGrid,
        "group relative h-full items-center border-b border-line px-3 hover:bg-hover lg:px-4",
        props.selected && "bg-accent-soft/60",
        props.current && "before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent",
      )}
    >
      <label className="relative z-10 -m-2 flex items-center justify-center p-2">
        <input
          type="checkbox"
          checked={props.selected}
          onChange={() => actions.onToggle(issue.id)}
          aria-label={`Select ${issue.shortId}`}
          className={cx(
            "peer size-[15px] accent-(--accent) group-hover:opacity-100 focus-visible:opacity-100",
            !props.selected && "opacity-0",
          )}
        />
        <span
          className={cx(
            "absolute group-hover:invisible peer-focus-visible:invisible",
            props.selected && "invisible",
          )}
        >
          <LevelMark level={issue.level} />
        </span>
      </label>
      <RowTitle org={org} issue={issue} />
      <div className="hidden lg:block">
        <Sparkline points={points} {...sparkline} />
      </div>
      <Count value={issue.count} unit="events" className="hidden lg:block" />
      <Count value={issue.userCount} unit="users" className="hidden lg:block" />
      <div className="text-right text-xs text-ink-2 max-lg:self-start max-lg:pt-3">
        <TimeAgo at={issue.lastSeen} />
        <div className="nums text-ink-3 max-lg:hidden">
          <TimeAgo at={issue.firstSeen} short /> old
        </div>
        <div className="nums mt-1 text-ink-3 lg:hidden">
          {shortCount(issue.count)}× · {shortCount(issue.userCount)} users
        </div>
      </div>
      <div className="relative z-10 hidden lg:block">
        <PriorityMenu
          compact
          priority={issue.priority}
          onChange={(priority) => actions.onChange(issue.id, { priority })}
        />
      </div>
      <div className="relative z-10 hidden lg:block">
        <AssigneePicker
          org={org}
          assignee={issue.assignedTo}
          open={props.assigning}
          onOpenChange={(open) => actions.onAssignOpen(open ? issue.id : null)}
          onChange={(assignment) =>
            actions.onChange(issue.id, { assignedTo: assignment.assignedTo }, assignment)
          }
        />
      </div>
    </div>
  );
});

function RowTitle({ org, issue }: { readonly org: string; readonly issue: Issue }) {
  const { type, value } = titleParts(issue);
  return (
    <div className="min-w-0">
      <Link
        to="/organizations/$org/issues/$issueId/"
        params={{ org, issueId: issue.id }}
        className="text-[13.5px] outline-none max-lg:line-clamp-2 lg:block lg:truncate after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        <span className="font-semibold tracking-[-0.006em]">{type}</span>
        {value && <span className="ml-2 text-ink-2">{value}</span>}
      </Link>
      <div className="mt-0.5 flex min-w-0 items-center gap-2 text-xs text-ink-3">
        <StatusBadge issue={issue} />
        {issue.isUnhandled && <Badge tone="error">Unhandled</Badge>}
        <span className="shrink-0 font-medium text-ink-2">{issue.shortId}</span>
        {issue.culprit && (
          <span className="truncate font-mono text-[11.5px] max-sm:hidden">{visibleText(issue.culprit)}</span>
        )}
        {(issue.numComments ?? 0) > 0 && (
          <span className="nums inline-flex shrink-0 items-center gap-1">
            <MessageSquare size={12} aria-label="Comments" />
            {issue.numComments}
          </span>
        )}
      </div>
    </div>
  );
}

function Count(props: {
  readonly value: string | number;
  readonly unit: string;
  readonly className: string;
}) {
  return (
    <div
      className={cx("nums text-right font-medium", props.className)}
      title={`${fullCount(props.value)} ${props.unit}`}
    >
      {shortCount(props.value)}
      <span className="sr-only"> {props.unit}</span>
    </div>
  );
}
