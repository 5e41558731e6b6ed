import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useRetryNotification } from "../../api/channels.js";
import { historyQuery, type HistoryEntry, type NotificationState } from "../../api/rules.js";
import { Badge, type Tone } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { LoadError } from "../../components/empty-state.js";
import { Skeleton } from "../../components/skeleton.js";
import { TimeAgo } from "../../components/time-ago.js";
import { visibleText } from "../../components/visible-text.js";
import { toast } from "../../components/toast.js";

const outcomes: Readonly<Record<HistoryEntry["outcome"], Tone>> = {
  fired: "accent",
  throttled: "neutral",
  muted: "warning",
  stopped: "error",
  test: "info",
};
const states: Readonly<Record<NotificationState, Tone>> = {
  pending: "neutral",
  sending: "neutral",
  delivered: "good",
  failed: "error",
  dropped: "warning",
};

/** What rules did and why, newest first; of one rule, or of all when `rule` is null. */
export function HistoryList({ org, rule }: { readonly org: string; readonly rule: string | null }) {
  const history = useInfiniteQuery(historyQuery(org, rule));
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  if (history.isPending) {
    return (
      <div className="p-5">
        <Skeleton lines={7} />
      </div>
    );
  }
  if (history.isError) return <LoadError error={history.error} retry={() => void history.refetch()} />;
  if (entries.length === 0) {
    return (
      <p className="px-4 py-10 text-center text-ink-3">
        Nothing yet. Every firing appears here, with what became of each message.
      </p>
    );
  }
  return (
    <>
      <ol className="divide-y divide-line">
        {entries.map((entry) => (
          <HistoryRow key={entry.id} org={org} entry={entry} withRule={rule === null} />
        ))}
      </ol>
      {history.hasNextPage && (
        <div className="border-t border-line p-2 text-center">
          <Button
            variant="ghost"
            disabled={history.isFetchingNextPage}
            onClick={() => void history.fetchNextPage()}
          >
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function HistoryRow({
  org,
  entry,
  withRule,
}: {
  readonly org: string;
  readonly entry: HistoryEntry;
  readonly withRule: boolean;
}) {
  return (
    <li className="grid grid-cols-[74px_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 py-2.5 md:grid-cols-[74px_minmax(0,1fr)_minmax(180px,34%)_70px]">
      <div>
        <Badge tone={outcomes[entry.outcome]}>{entry.outcome}</Badge>
      </div>
      <div className="min-w-0">
        <p className="truncate">
          {entry.issue ? (
            <Link
              to="/organizations/$org/issues/$issueId/"
              params={{ org, issueId: entry.issue.id }}
              className="font-medium hover:text-accent"
              title={entry.issue.title}
            >
              <span className="mr-1.5 text-ink-3">{entry.issue.shortId}</span>
              {visibleText(entry.issue.title)}
            </Link>
          ) : (
            <span className="font-medium">Test message</span>
          )}
        </p>
        <p className="truncate text-xs text-ink-3" title={entry.reason}>
          {withRule && entry.rule && (
            <>
              <Link
                to="/organizations/$org/alerts/rules/$ruleId/"
                params={{ org, ruleId: entry.rule.id }}
                className="text-ink-2 hover:text-accent"
              >
                {entry.rule.name}
              </Link>
              {" · "}
            </>
          )}
          {entry.reason}
          {entry.count !== undefined && entry.count > 1 && ` · ${entry.count} times`}
        </p>
      </div>
      <ul className="col-start-2 min-w-0 space-y-1 md:col-start-auto">
        {entry.notifications.map((one) => (
          <Delivery key={one.id} org={org} delivery={one} />
        ))}
      </ul>
      <span className="col-start-2 text-xs text-ink-3 md:col-start-auto md:text-right">
        <TimeAgo at={entry.dateCreated} />
      </span>
    </li>
  );
}

function Delivery({
  org,
  delivery,
}: {
  readonly org: string;
  readonly delivery: HistoryEntry["notifications"][number];
}) {
  const retry = useRetryNotification(org);
  return (
    <li className="min-w-0">
      <span className="flex items-center gap-2">
        <Badge tone={states[delivery.state]}>{delivery.state}</Badge>
        <span className="truncate text-xs text-ink-2">{delivery.channel.name}</span>
        {delivery.attempts > 1 && (
          <span className="nums shrink-0 text-xs text-ink-3">{delivery.attempts} tries</span>
        )}
        {delivery.state === "failed" && (
          <button
            type="button"
            className="inline-flex shrink-0 items-center gap-1 text-xs text-accent hover:underline"
            onClick={() => retry.mutate(delivery.id, { onSuccess: () => toast("Back in line.") })}
          >
            <RotateCw size={11} aria-hidden="true" />
            retry
          </button>
        )}
      </span>
      {delivery.lastError && (
        <span className="block [overflow-wrap:anywhere] text-xs text-error">{delivery.lastError}</span>
      )}
    </li>
  );
}
