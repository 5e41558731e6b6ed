import type { EventDetail } from "../../../api/events.js";
import type { IssueDetail } from "../../../api/issue.js";
import { SideSection } from "../../../components/card.js";
import { visibleText } from "../../../components/visible-text.js";

/** Why this event is in this issue, in the words of the grouping algorithm. */
export function GroupingReason({
  issue,
  event,
}: {
  readonly issue: IssueDetail;
  readonly event: EventDetail | undefined;
}) {
  const hashes = issue.grouping?.hashes ?? [];
  const reason = event?.groupingExplanation ?? hashes[0]?.explanation;
  if (!reason && hashes.length === 0) return null;
  return (
    <SideSection title="Why is this here?">
      {reason && <p className="[overflow-wrap:anywhere] text-ink-2">{reason}</p>}
      {hashes.length > 0 && (
        <details className="mt-2 text-xs text-ink-3">
          <summary className="hover:text-ink">
            {hashes.length === 1 ? "One grouping hash" : `${hashes.length} grouping hashes`}, algorithm{" "}
            {issue.grouping?.algorithm}
          </summary>
          <ul className="mt-1.5 space-y-1.5">
            {hashes.map((one) => (
              <li key={one.hash}>
                <code className="font-mono text-[11px] break-all text-ink-2">{one.hash}</code>
                <br />
                <span className="[overflow-wrap:anywhere]">{one.explanation}</span>
                <ol className="mt-1 border-l border-line pl-2.5">
                  {one.components?.map((part, index) => (
                    <li key={index} className="[overflow-wrap:anywhere]">
                      {part.label}{" "}
                      <span className="font-mono text-[11px] text-ink-2">{visibleText(part.value)}</span>
                    </li>
                  ))}
                </ol>
              </li>
            ))}
          </ul>
        </details>
      )}
    </SideSection>
  );
}
