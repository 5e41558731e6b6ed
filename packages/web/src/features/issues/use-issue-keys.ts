import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Issue } from "../../api/issue.js";
import { useHotKeys } from "../../components/hot-keys.js";
import type { ListActions } from "./use-list-actions.js";

/** The list's keys. Answers the index of the current row, -1 before the first key. */
export function useIssueKeys(list: {
  readonly org: string;
  readonly issues: readonly Issue[];
  readonly actions: ListActions;
}): number {
  const { org, issues, actions } = list;
  const [position, setPosition] = useState(-1);
  const navigate = useNavigate();
  const current = Math.min(position, issues.length - 1);
  const issue = issues[current];
  const move = (step: number) => setPosition(Math.max(0, Math.min(current + step, issues.length - 1)));
  const open = () =>
    issue &&
    void navigate({ to: "/organizations/$org/issues/$issueId/", params: { org, issueId: issue.id } });
  const ids = actions.selected.size > 0 ? [...actions.selected] : issue ? [issue.id] : [];
  const change = (what: Parameters<ListActions["change"]>[1]) => {
    if (ids.length === 0) return;
    actions.change(ids, what);
    actions.clear();
  };
  useHotKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: (event) => {
      if (event.target === document.body) open();
      else if (event.target instanceof HTMLElement) event.target.click();
    },
    o: open,
    x: () => issue && actions.row.onToggle(issue.id),
    e: () => change({ status: "resolved" }),
    i: () => change({ status: "ignored", substatus: "archived_until_escalating" }),
    a: () => issue && actions.row.onAssignOpen(issue.id),
    Escape: actions.clear,
  });
  return current;
}
