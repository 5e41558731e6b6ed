import { Download, Paperclip, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Attachment, EventDetail } from "../../api/events.js";
import { buttonClass } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { fileSize } from "../../components/numbers.js";
import { visibleText } from "../../components/visible-text.js";
import { KeyValues } from "./key-values.js";

/** The event's tags as chips; a click searches the list for the same value. */
export function TagsSection({
  event,
  onSearch,
}: {
  readonly event: EventDetail;
  readonly onSearch: (query: string) => void;
}) {
  if (event.tags.length === 0) return null;
  return (
    <Card id="tags" title="Tags">
      <ul className="flex flex-wrap gap-1.5">
        {event.tags.map(({ key, value }) => (
          <li key={key} className="max-w-full">
            <button
              type="button"
              title={`Find issues with ${key} ${value}`}
              onClick={() => onSearch(`${key}:${/[\s",[\]]/.test(value) ? JSON.stringify(value) : value}`)}
              className="flex max-w-full overflow-hidden rounded-md border border-line text-xs hover:border-accent"
            >
              <span className="shrink-0 bg-sunken px-2 py-[3px] text-ink-3">{key}</span>
              <span className="truncate border-l border-line px-2 py-[3px] font-mono text-[11.5px]">
                {visibleText(value) || "(empty)"}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What the application added by hand. */
export function ExtraSection({ event }: { readonly event: EventDetail }) {
  const entries = Object.entries(event.context ?? {});
  if (entries.length === 0) return null;
  return (
    <Card id="extra" title="Additional data">
      <KeyValues entries={entries} />
    </Card>
  );
}

/** Versions of what was installed, folded away until asked for. */
export function PackagesSection({ event }: { readonly event: EventDetail }) {
  const [open, setOpen] = useState(false);
  const entries = Object.entries(event.packages ?? {});
  if (entries.length === 0) return null;
  return (
    <Card
      id="packages"
      flush={!open}
      title={
        <>
          Packages <span className="nums ml-1 font-normal text-ink-3">{entries.length}</span>
        </>
      }
      aside={
        <button
          type="button"
          aria-expanded={open}
          className={buttonClass("ghost")}
          onClick={() => setOpen(!open)}
        >
          {open ? "Hide" : "Show"}
        </button>
      }
    >
      {open && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-x-6 font-mono text-[12px]">
          {entries.map(([name, version]) => (
            <li key={name} className="flex min-w-0 justify-between gap-3 py-0.5">
              <span className="truncate">{name}</span>
              <span className="shrink-0 text-ink-3">{version}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Files sent along; always downloaded, never shown in the page. */
export function AttachmentsSection(props: {
  readonly attachments: readonly Attachment[];
  readonly org: string;
  readonly project: string;
  readonly eventId: string;
}) {
  if (props.attachments.length === 0) return null;
  const base = `/api/0/projects/${props.org}/${props.project}/events/${props.eventId}/attachments`;
  return (
    <Card id="attachments" title="Attachments" flush>
      <ul className="divide-y divide-line">
        {props.attachments.map((one) => (
          <li key={one.id} className="flex items-center gap-3 px-4 py-2">
            <Paperclip size={14} className="shrink-0 text-ink-3" aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate font-mono text-[12px]">{one.name}</span>
            <span className="nums text-xs text-ink-3">{fileSize(one.size)}</span>
            <a
              href={`${base}/${one.id}/?download=1`}
              download
              className={buttonClass("ghost", "icon")}
              aria-label={`Download ${one.name}`}
            >
              <Download size={14} />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was wrong with the event itself: dropped fields, clock drift, missing source maps. */
export function ProcessingErrors({ event }: { readonly event: EventDetail }) {
  const errors = event.errors ?? [];
  if (errors.length === 0) return null;
  return (
    <details className="group rounded-lg border border-line bg-surface px-4 py-2 text-ink-2 shadow-card">
      <summary className="flex list-none items-center gap-2 hover:text-ink">
        <TriangleAlert size={14} className="shrink-0 text-warning" aria-hidden="true" />
        {errors.length === 1 ? "One thing" : `${errors.length} things`} about this event could not be
        processed
      </summary>
      <ul className="mt-2 space-y-1 text-ink-2">
        {errors.map((error, index) => (
          <li key={index}>{error.message ?? error.type}</li>
        ))}
      </ul>
    </details>
  );
}
