import { Link } from "@tanstack/react-router";
import { Braces, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, List } from "lucide-react";
import type { ReactNode } from "react";
import { eventJsonUrl, type EventDetail } from "../../api/events.js";
import { Button, buttonClass } from "../../components/button.js";
import { cx } from "../../components/class-names.js";
import { CopyButton } from "../../components/copy-button.js";
import { preciseTime } from "../../components/relative-time.js";
import { TimeAgo } from "../../components/time-ago.js";

/** Which event is shown, and the way to the others; stays in view while the page scrolls. */
export function EventNav(props: {
  readonly org: string;
  readonly issueId: string;
  readonly project: string;
  readonly event: EventDetail | undefined;
  readonly onShowAll: () => void;
}) {
  const { org, issueId, event } = props;
  const step = (to: string | null | undefined, label: string, icon: ReactNode) => (
    <EventLink org={org} issueId={issueId} to={to} label={label}>
      {icon}
    </EventLink>
  );
  return (
    <div className="sticky top-0 z-20 -mx-1 mb-3 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 bg-canvas px-1 py-1.5">
      <div className="flex min-w-0 items-center gap-2">
        {event ? (
          <>
            <span className="hidden font-medium sm:inline">Event</span>
            <code className="font-mono text-[12px] text-ink-2">{event.eventID.slice(0, 8)}</code>
            <CopyButton text={event.eventID} />
            <span className="truncate text-xs text-ink-3" title={preciseTime(event.dateCreated)}>
              {preciseTime(event.dateCreated)} · <TimeAgo at={event.dateCreated} />
            </span>
          </>
        ) : (
          <span className="skeleton h-4 w-64" />
        )}
      </div>
      <nav aria-label="Events" className="flex items-center gap-0.5">
        {step(event?.previousEventID ? "oldest" : null, "Oldest event", <ChevronFirst size={16} />)}
        {step(event?.previousEventID, "Older event (j)", <ChevronLeft size={16} />)}
        {step(event?.nextEventID, "Newer event (k)", <ChevronRight size={16} />)}
        {step(event?.nextEventID ? "latest" : null, "Latest event", <ChevronLast size={16} />)}
        <Button variant="ghost" onClick={props.onShowAll} className="ml-1">
          <List size={14} />
          All events
        </Button>
        {event && (
          <a
            href={eventJsonUrl(org, props.project, event.eventID)}
            target="_blank"
            rel="noreferrer"
            className={buttonClass("ghost")}
            title="The stored payload"
          >
            <Braces size={14} />
            JSON
          </a>
        )}
      </nav>
    </div>
  );
}

function EventLink(props: {
  readonly org: string;
  readonly issueId: string;
  readonly to: string | null | undefined;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const look = cx(buttonClass("ghost", "icon"), !props.to && "pointer-events-none opacity-35");
  if (!props.to) {
    return (
      <span className={look} role="link" aria-disabled="true" aria-label={props.label}>
        {props.children}
      </span>
    );
  }
  return (
    <Link
      to="/organizations/$org/issues/$issueId/events/$eventId/"
      params={{ org: props.org, issueId: props.issueId, eventId: props.to }}
      resetScroll={false}
      className={look}
      aria-label={props.label}
      title={props.label}
    >
      {props.children}
    </Link>
  );
}
