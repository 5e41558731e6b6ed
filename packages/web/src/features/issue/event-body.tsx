import type {
  Breadcrumb,
  EventDetail,
  ExceptionValue,
  RequestData,
  Stacktrace,
  Thread,
} from "../../api/events.js";
import { Card } from "../../components/card.js";
import { visibleText } from "../../components/visible-text.js";
import { BreadcrumbsSection } from "./breadcrumbs-section.js";
import { ContextsSection } from "./contexts-section.js";
import { KeyValues } from "./key-values.js";
import { RequestSection } from "./request-section.js";
import {
  AttachmentsSection,
  ExtraSection,
  PackagesSection,
  ProcessingErrors,
  TagsSection,
} from "./small-sections.js";
import { ExceptionSection } from "./stack/exception-section.js";
import { ThreadsSection } from "./stack/threads-section.js";

/** Data of the first entry of a type, null when there is none; entries of other types are ignored. */
function entryOf(event: EventDetail, type: string): unknown {
  return event.entries.find((entry) => entry.type === type)?.data ?? null;
}

const listOf = <T,>(data: { readonly values?: readonly (T | null)[] | null } | null): readonly T[] =>
  (data?.values ?? []).filter((value): value is T => value !== null);

/** Everything an event says, the most telling part first. */
export function EventBody(props: {
  readonly event: EventDetail;
  readonly org: string;
  readonly project: string;
  readonly onSearch: (query: string) => void;
}) {
  const { event } = props;
  const exceptions = listOf(entryOf(event, "exception") as { values: ExceptionValue[] } | null);
  const stacktrace = entryOf(event, "stacktrace") as Stacktrace | null;
  const threads = listOf(entryOf(event, "threads") as { values: Thread[] } | null);
  const message = entryOf(event, "message") as { formatted?: string | null; message?: string | null } | null;
  const crumbs = listOf(entryOf(event, "breadcrumbs") as { values: Breadcrumb[] } | null);
  const request = entryOf(event, "request") as RequestData | null;
  const csp = entryOf(event, "csp") as Record<string, unknown> | null;
  return (
    <div className="space-y-4">
      <ProcessingErrors event={event} />
      {message && exceptions.length === 0 && (
        <Card id="message" title="Message">
          <p className="font-mono text-[12.5px] leading-[20px] [overflow-wrap:anywhere] whitespace-pre-wrap">
            {visibleText(message.formatted ?? message.message ?? "")}
          </p>
        </Card>
      )}
      {exceptions.length > 0 && <ExceptionSection title="Stack trace" values={exceptions} />}
      {stacktrace && exceptions.length === 0 && (
        <ExceptionSection title="Stack trace" values={[{ stacktrace }]} />
      )}
      <ThreadsSection threads={threads} />
      {csp && <CspCard report={csp} />}
      {crumbs.length > 0 && <BreadcrumbsSection crumbs={crumbs} eventAt={event.dateCreated} />}
      {request && <RequestSection request={request} />}
      <TagsSection event={event} onSearch={props.onSearch} />
      <ContextsSection event={event} />
      <ExtraSection event={event} />
      <AttachmentsSection
        attachments={event.attachments ?? []}
        org={props.org}
        project={props.project}
        eventId={event.eventID}
      />
      <PackagesSection event={event} />
    </div>
  );
}

function CspCard({ report }: { readonly report: Record<string, unknown> }) {
  return (
    <Card id="csp" title="Content security policy report">
      <KeyValues entries={Object.entries(report)} />
    </Card>
  );
}
