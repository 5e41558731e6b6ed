import { lazy, Suspense } from "react";
import type { BulkProps } from "./bulk-actions.js";
import { rowGrid } from "./issue-row.js";

const BulkActions = lazy(() =>
  import("./bulk-actions.js").then((module) => ({ default: module.BulkActions })),
);

/** Names of the columns; while issues are selected, what can be done with them. */
export function ListHeader(
  props: BulkProps & {
    readonly period: string;
    readonly shown: number;
    readonly hits: number | null;
    readonly onSelectAll: () => void;
  },
) {
  const { selected } = props;
  return (
    <div className="sticky top-0 z-20 h-10 rounded-t-lg border-b border-line bg-surface">
      {selected > 0 ? (
        <Suspense>
          <BulkActions {...props} />
        </Suspense>
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
