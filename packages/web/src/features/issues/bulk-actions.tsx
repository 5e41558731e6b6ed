import { Merge, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { IssueChange } from "../../api/issues.js";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { AssigneePicker, type Assignment } from "../../components/issue/assignee-picker.js";
import { ArchiveMenu, ResolveMenu } from "../../components/issue/status-menus.js";

/** What can be done with the selected issues. */
export interface BulkProps {
  readonly org: string;
  readonly selected: number;
  readonly onClear: () => void;
  readonly onChange: (change: IssueChange, assignment?: Assignment) => void;
  readonly onDelete: () => void;
}

/** The toolbar of a selection. Loaded when something is selected for the first time. */
export function BulkActions(props: BulkProps) {
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
