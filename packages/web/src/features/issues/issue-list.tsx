import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Issue } from "../../api/issue.js";
import { IssueRow, rowGrid, type RowActions } from "./issue-row.js";

/** Height of every row, loaded or not: nothing moves when data arrives. Narrow screens give titles two lines. */
const rowHeight = { wide: 66, narrow: 88 } as const;
const wide = window.matchMedia("(min-width: 64rem)");

function useRowHeight(): number {
  const isWide = useSyncExternalStore(
    (listener) => {
      wide.addEventListener("change", listener);
      return () => wide.removeEventListener("change", listener);
    },
    () => wide.matches,
  );
  return isWide ? rowHeight.wide : rowHeight.narrow;
}
const fetchAheadRows = 15;

/** The rows of the issue list. Only those near the window exist in the page. */
export function IssueList(props: {
  readonly org: string;
  readonly issues: readonly Issue[];
  readonly current: number;
  readonly selected: ReadonlySet<string>;
  readonly assigning: string | null;
  readonly actions: RowActions;
  readonly hasMore: boolean;
  readonly onNeedMore: () => void;
}) {
  const { issues, current, hasMore, onNeedMore } = props;
  const height = useRowHeight();
  const container = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = container.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: issues.length + (hasMore ? 3 : 0),
    estimateSize: () => height,
    overscan: 8,
    scrollMargin,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 80,
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= issues.length - fetchAheadRows) onNeedMore();
  }, [hasMore, last, issues.length, onNeedMore]);
  useEffect(() => {
    if (current >= 0) virtualizer.scrollToIndex(current, { align: "auto" });
  }, [current, virtualizer]);
  return (
    <div
      ref={container}
      role="list"
      aria-label="Issues"
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {rows.map((row) => {
        const issue = issues[row.index];
        return (
          <div
            key={issue?.id ?? `later-${row.index}`}
            role="listitem"
            className="absolute inset-x-0 top-0"
            style={{
              height: row.size,
              transform: `translateY(${row.start - virtualizer.options.scrollMargin}px)`,
            }}
          >
            {issue ? (
              <IssueRow
                org={props.org}
                issue={issue}
                current={row.index === current}
                selected={props.selected.has(issue.id)}
                assigning={props.assigning === issue.id}
                actions={props.actions}
              />
            ) : (
              <SkeletonRow />
            )}
          </div>
        );
      })}
    </div>
  );
}

function SkeletonRow() {
  return (
    <div className={`${rowGrid} h-full items-center border-b border-line px-4`} aria-hidden="true">
      <span />
      <span className="space-y-2">
        <span className="skeleton block h-3.5 w-3/5" />
        <span className="skeleton block h-3 w-2/5" />
      </span>
      <span className="skeleton hidden h-6 lg:block" />
      <span className="skeleton h-3.5 w-10 justify-self-end" />
    </div>
  );
}

/** As many empty rows as fit a window, while the first page loads. */
export function SkeletonRows() {
  const height = useRowHeight();
  return Array.from({ length: 9 }, (_, index) => (
    <div key={index} style={{ height }}>
      <SkeletonRow />
    </div>
  ));
}
