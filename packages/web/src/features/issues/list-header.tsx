import { Merge, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { IssueChange } from "../../api/issues.js";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { AssigneePicker, type Assignment } from "../../components/issue/assignee-picker.js";
import { ArchiveMenu, ResolveMenu } from "../../components/issue/status-menus.js";
import { rowGrid } from "./issue-row.js";

/** Names of the columns; while issues are selected, what can be done with them. */
export function ListHeader(props: {
  readonly org: string;
  readonly period: string;
  readonly shown: number;
  readonly hits: number | null;
  readonly selected: number;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onChange: (change: IssueChange, assignment?: Assignment) => void;
  readonly onDelete: () => void;
}) {
  const { selected } = props;
  return (
    <div className="sticky top-0 z-20 h-10 rounded-t-lg border-b border-line bg-surface">
      {selected > 0 ? (
        <BulkActions {...props} />
      ) : (
        <div className={`${rowGrid} h-full items-center px-3 text-xs text-ink-3 lg:px-4`}>
          <input
            type="checkbox"
            checked={false}
            onChange={props.onSelectAll}
            aria-label="Select every loaded issue"
            className="size-[15px] justify-self-center accent-(--accent)"
          />
          <span className="nums truncate">
            {props.hits === null
              ? `${props.shown} issues`
              : `${props.hits.toLocaleString("en")} ${props.hits === 1 ? "issue" : "issues"}`}
          </span>
          <span className="hidden lg:block">Last {props.period}</span>
          <span className="hidden text-right lg:block">Events</span>
          <span className="hidden text-right lg:block">Users</span>
          <span className="text-right">Last seen</span>
          <span className="hidden lg:block" />
          <span className="hidden lg:block" />
        </div>
      )}
    </div>
  );
}

type BulkProps = Parameters<typeof ListHeader>[0];

function BulkActions(props: BulkProps) {
  const { selected, onChange } = props;
  const [deleting, setDeleting] = useState(false);
  return (
    <div
      className="flex h-full items-center gap-1.5 overflow-x-auto px-3 lg:px-4"
      role="toolbar"
      aria-label="Selected issues"
    >
      <IconButton label="Clear the selection" onClick={props.onClear}>
        <X size={15} />
      </IconButton>
      <span className="nums mr-2 font-medium whitespace-nowrap">{selected} selected</span>
      <ResolveMenu variant="secondary" onChange={onChange} />
      <ArchiveMenu onChange={onChange} />
      <AssigneePicker
        org={props.org}
        assignee={null}
        label="Assign"
        onChange={(assignment) => onChange({ assignedTo: assignment.assignedTo }, assignment)}
      />
      <Button
        disabled={selected < 2}
        title="Select two or more to merge"
        onClick={() => onChange({ merge: 1 })}
      >
        <Merge size={14} />
        Merge
      </Button>
      <Button variant="ghost" onClick={() => setDeleting(true)}>
        <Trash2 size={14} />
        Delete
      </Button>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${selected === 1 ? "this issue" : `these ${selected} issues`}?`}
        description="Their events are deleted with them. If the same error happens again, it starts as a new issue."
        confirm="Delete"
        onConfirm={props.onDelete}
      />
    </div>
  );
}
