import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { issueTagsQuery, type IssueTag } from "../../../api/tags.js";
import { SideSection } from "../../../components/card.js";
import { shortCount } from "../../../components/numbers.js";
import { visibleText } from "../../../components/visible-text.js";
import { Skeleton } from "../../../components/skeleton.js";

const shownValues = 3;
const shownTags = 6;
const shades = ["bg-accent", "bg-accent/65", "bg-accent/40"] as const;

/** How the events spread over tag values: one bar a tag, its commonest values in words. */
export function TagSummary(props: {
  readonly org: string;
  readonly issueId: string;
  readonly onSearch: (query: string) => void;
}) {
  const tags = useQuery(issueTagsQuery(props.org, props.issueId));
  const [all, setAll] = useState(false);
  const known = (tags.data ?? []).filter((tag) => tag.topValues.length > 0);
  if (tags.isSuccess && known.length === 0) return null;
  return (
    <SideSection title="Tags">
      {tags.isPending && <Skeleton lines={6} />}
      <div className="space-y-3.5">
        {known.slice(0, all ? undefined : shownTags).map((tag) => (
          <TagBar key={tag.key} tag={tag} onSearch={props.onSearch} />
        ))}
      </div>
      {!all && known.length > shownTags && (
        <button type="button" className="mt-3 text-accent hover:underline" onClick={() => setAll(true)}>
          {known.length - shownTags} more tags
        </button>
      )}
    </SideSection>
  );
}

function TagBar({ tag, onSearch }: { readonly tag: IssueTag; readonly onSearch: (query: string) => void }) {
  const total = Math.max(1, tag.totalValues);
  const top = tag.topValues.slice(0, shownValues);
  const share = (count: number) => `${Math.round((count / total) * 100)}%`;
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-2 text-xs">
        <span className="truncate font-medium">{tag.key}</span>
        <span className="nums text-ink-3">
          {shortCount(tag.uniqueValues ?? tag.topValues.length)}{" "}
          {(tag.uniqueValues ?? tag.topValues.length) === 1 ? "value" : "values"}
        </span>
      </div>
      <div className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line" aria-hidden="true">
        {top.map((one, index) => (
          <span key={one.value ?? ""} className={shades[index]} style={{ width: share(one.count) }} />
        ))}
      </div>
      <ul className="mt-1">
        {top.map((one, index) => (
          <li key={one.value ?? ""} className="flex items-center gap-2 text-xs">
            <span className={`size-1.5 shrink-0 rounded-full ${shades[index]}`} aria-hidden="true" />
            <button
              type="button"
              onClick={() =>
                onSearch(
                  `${tag.key}:${/[\s",[\]]/.test(one.value ?? "") ? JSON.stringify(one.value) : one.value}`,
                )
              }
              className="min-w-0 flex-1 truncate py-px text-left font-mono text-[11.5px] text-ink-2 hover:text-accent"
              title={one.value ?? ""}
            >
              {visibleText(one.value ?? "") || "(empty)"}
            </button>
            <span className="nums text-ink-3">{share(one.count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
