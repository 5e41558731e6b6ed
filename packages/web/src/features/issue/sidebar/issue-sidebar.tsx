import type { EventDetail } from "../../../api/events.js";
import type { IssueDetail, Sighting } from "../../../api/issue.js";
import { SideSection } from "../../../components/card.js";
import { fullCount, shortCount } from "../../../components/numbers.js";
import { TimeAgo } from "../../../components/time-ago.js";
import { AlertsFired } from "./alerts-fired.js";
import { Frequency } from "./frequency.js";
import { GroupingReason } from "./grouping-reason.js";
import { TagSummary } from "./tag-summary.js";

/** What is known about the issue as a whole, beside the event that is shown. */
export function IssueSidebar(props: {
  readonly org: string;
  readonly issue: IssueDetail;
  readonly event: EventDetail | undefined;
  readonly onSearch: (query: string) => void;
}) {
  const { org, issue } = props;
  return (
    <aside aria-label="About this issue" className="min-w-0">
      <dl className="mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line">
        <Figure name="Events" value={shortCount(issue.count)} title={fullCount(issue.count)} />
        <Figure name="Users" value={shortCount(issue.userCount)} title={fullCount(issue.userCount)} />
      </dl>
      <Frequency stats={issue.stats ?? {}} />
      <SideSection title="Seen">
        <dl className="space-y-1.5">
          <Seen name="Last" at={issue.lastSeen} release={issue.lastRelease?.version} />
          <Seen name="First" at={issue.firstSeen} release={issue.firstRelease?.version} />
        </dl>
        <Sightings
          name="Environment"
          rows={(issue.environments ?? []).map((one) => ({ ...one, label: one.name || "(none)" }))}
        />
        <Sightings
          name="Release"
          rows={(issue.releases ?? []).map((one) => ({
            ...one,
            label: one.version,
            key: `${one.version} ${one.environment ?? ""}`,
          }))}
        />
      </SideSection>
      <TagSummary org={org} issueId={issue.id} onSearch={props.onSearch} />
      <AlertsFired org={org} alerts={issue.alerts ?? []} />
      <GroupingReason issue={issue} event={props.event} />
    </aside>
  );
}

function Figure(props: { readonly name: string; readonly value: string; readonly title: string }) {
  return (
    <div className="bg-surface px-3.5 py-2.5" title={props.title}>
      <dt className="text-xs text-ink-3">{props.name}</dt>
      <dd className="nums text-xl font-semibold tracking-[-0.02em]">{props.value}</dd>
    </div>
  );
}

function Seen(props: { readonly name: string; readonly at: string; readonly release: string | undefined }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-ink-3">{props.name}</dt>
      <dd className="min-w-0 text-right">
        <TimeAgo at={props.at} />
        {props.release && (
          <span
            className="ml-2 inline-block max-w-32 truncate align-bottom font-mono text-[11.5px] text-ink-3"
            title={props.release}
          >
            {props.release}
          </span>
        )}
      </dd>
    </div>
  );
}

const maxSightings = 5;

function Sightings(props: {
  readonly name: string;
  readonly rows: readonly (Sighting & { label: string; key?: string })[];
}) {
  if (props.rows.length === 0) return null;
  return (
    <table className="mt-3 w-full text-xs">
      <thead>
        <tr className="text-left text-2xs text-ink-3 [&>th]:pb-0.5 [&>th]:font-medium [&>th:not(:first-child)]:pl-2.5">
          <th>{props.name}</th>
          <th className="text-right">First</th>
          <th className="text-right">Last</th>
          <th className="text-right">Events</th>
        </tr>
      </thead>
      <tbody className="nums [&_td]:py-[2px] [&_td:not(:first-child)]:pl-2.5 [&_td:not(:first-child)]:text-right">
        {props.rows.slice(0, maxSightings).map((row) => (
          <tr key={row.key ?? row.label}>
            <td className="max-w-0 truncate font-mono text-[11.5px]" title={row.key ?? row.label}>
              {row.label}
            </td>
            <td className="w-10 text-ink-3">
              <TimeAgo short at={row.firstSeen} />
            </td>
            <td className="w-10 text-ink-3">
              <TimeAgo short at={row.lastSeen} />
            </td>
            <td className="w-12">{shortCount(row.count)}</td>
          </tr>
        ))}
      </tbody>
      {props.rows.length > maxSightings && (
        <caption className="caption-bottom pt-1 text-left text-2xs text-ink-3">
          and {props.rows.length - maxSightings} more
        </caption>
      )}
    </table>
  );
}
