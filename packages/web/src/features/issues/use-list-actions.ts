import { useEffect, useMemo, useRef, useState } from "react";
import type { Issue } from "../../api/issue.js";
import { useDeleteIssues, useUpdateIssues, type IssueChange } from "../../api/issues.js";
import type { Assignment } from "../../components/issue/assignee-picker.js";
import { toast } from "../../components/toast.js";
import type { RowActions } from "./issue-row.js";

/** Selection and changes of the list. Every change of status can be undone from the message that confirms it. */
export function useListActions(org: string, issues: readonly Issue[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [assigning, setAssigning] = useState<string | null>(null);
  const update = useUpdateIssues(org);
  const remove = useDeleteIssues(org);
  const latest = useRef({ issues, update });
  useEffect(() => {
    latest.current = { issues, update };
  });

  const change = useMemo(
    () => (ids: readonly string[], what: IssueChange, assignment?: Assignment) => {
      const { issues: all, update: mutation } = latest.current;
      const first = all.find((issue) => issue.id === ids[0]);
      const undo = () => mutation.mutate({ ids, change: { status: "unresolved" } });
      mutation.mutate(
        { ids, change: what, ...(assignment ? { assignee: assignment.assignee } : {}) },
        {
          onSuccess: () => {
            const text = sentence(
              what,
              ids.length === 1 ? (first?.shortId ?? "1 issue") : `${ids.length} issues`,
            );
            if (text) toast(text, what.status ? { action: { label: "Undo", run: undo } } : {});
          },
        },
      );
    },
    [],
  );
  const row: RowActions = useMemo(
    () => ({
      onToggle: (id) =>
        setSelected((old) => {
          const next = new Set(old);
          if (!next.delete(id)) next.add(id);
          return next;
        }),
      onChange: (id, what, assignment) => change([id], what, assignment),
      onAssignOpen: setAssigning,
    }),
    [change],
  );
  const clear = () => setSelected(new Set());
  return {
    selected,
    assigning,
    row,
    change,
    clear,
    selectAll: () => setSelected(new Set(issues.map((issue) => issue.id))),
    changeSelected: (what: IssueChange, assignment?: Assignment) => {
      change([...selected], what, assignment);
      clear();
    },
    deleteSelected: () => {
      remove.mutate([...selected], { onSuccess: () => toast(`${selected.size} deleted.`) });
      clear();
    },
  };
}

/** What the list can do, as `useListActions` answers it. */
export type ListActions = ReturnType<typeof useListActions>;

function sentence(change: IssueChange, what: string): string | null {
  if (change.merge) return `${what} merged into one.`;
  if (change.status === "resolved") return `${what} resolved.`;
  if (change.status === "ignored") return `${what} archived.`;
  return null;
}
