import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { issueEventsQuery } from "../../api/events.js";
import { Dialog } from "../../components/dialog.js";
import { LoadError } from "../../components/empty-state.js";
import { preciseTime } from "../../components/relative-time.js";
import { visibleText } from "../../components/visible-text.js";
import { Skeleton } from "../../components/skeleton.js";

/** The newest events of an issue, to jump to one of them. */
export function EventsDialog(props: {
  readonly org: string;
  readonly issueId: string;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const events = useQuery(issueEventsQuery(props.org, props.issueId));
  const tag = (tags: readonly { key: string; value: string }[] | undefined, key: string) =>
    tags?.find((one) => one.key === key)?.value ?? "";
  return (
    <Dialog open onOpenChange={props.onOpenChange} wide title="Newest events">
      {events.isPending && <Skeleton lines={10} />}
      {events.isError && <LoadError error={events.error} />}
      <ul className="mt-2 divide-y divide-line">
        {(events.data?.items ?? []).map((event) => (
          <li key={event.eventID}>
            <Link
              to="/organizations/$org/issues/$issueId/events/$eventId/"
              params={{ org: props.org, issueId: props.issueId, eventId: event.eventID }}
              onClick={() => props.onOpenChange(false)}
              className="grid grid-cols-[74px_minmax(0,1fr)_auto] items-baseline gap-x-4 rounded-md px-2 py-1.5 hover:bg-hover"
            >
              <code className="font-mono text-[12px] text-accent">{event.eventID.slice(0, 8)}</code>
              <span className="truncate">{visibleText(event.message || event.title)}</span>
              <span className="nums text-xs text-ink-3">
                {tag(event.tags, "environment")} {preciseTime(event.dateCreated)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
