import { Bug, CircleAlert, Globe, MousePointerClick, Navigation, Terminal, Waypoints } from "lucide-react";
import { createElement, useState } from "react";
import type { Breadcrumb } from "../../api/events.js";
import { Button } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { cx } from "../../components/class-names.js";
import { levelColour } from "../../components/issue/level-mark.js";
import { preciseTime } from "../../components/relative-time.js";
import { visibleText } from "../../components/visible-text.js";
import { crumbHeadline } from "./crumb-headline.js";
import { ValueView } from "./value-view.js";

const initiallyShown = 12;

/** What happened before the event, newest first. */
export function BreadcrumbsSection({
  crumbs,
  eventAt,
}: {
  readonly crumbs: readonly Breadcrumb[];
  readonly eventAt: string;
}) {
  const [filter, setFilter] = useState("");
  const [all, setAll] = useState(false);
  const text = filter.toLowerCase();
  const found = crumbs
    .toReversed()
    .filter((one) =>
      `${one.category} ${one.type} ${one.level} ${one.message} ${JSON.stringify(one.data ?? "")}`
        .toLowerCase()
        .includes(text),
    );
  const shown = all || filter ? found : found.slice(0, initiallyShown);
  return (
    <Card
      id="breadcrumbs"
      flush
      title={
        <>
          Breadcrumbs <span className="nums ml-1 font-normal text-ink-3">{crumbs.length}</span>
        </>
      }
      aside={
        <input
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder="Filter"
          aria-label="Filter breadcrumbs"
          className="field h-7! w-40! text-xs!"
        />
      }
    >
      <ol className="py-1.5">
        {shown.map((crumb, index) => (
          <Crumb key={index} crumb={crumb} eventAt={eventAt} last={index === shown.length - 1} />
        ))}
      </ol>
      {found.length === 0 && <p className="px-4 pb-4 text-ink-3">No breadcrumb contains “{filter}”.</p>}
      {shown.length < found.length && (
        <div className="border-t border-line p-2 text-center">
          <Button variant="ghost" onClick={() => setAll(true)}>
            Show {found.length - shown.length} older
          </Button>
        </div>
      )}
    </Card>
  );
}

function iconOf({ category, type }: Breadcrumb) {
  const kind = `${type ?? ""} ${category ?? ""}`;
  if (/http|fetch|xhr|request/.test(kind)) return Globe;
  if (/navigation|route/.test(kind)) return Navigation;
  if (/ui|click|touch/.test(kind)) return MousePointerClick;
  if (/exception|error/.test(kind)) return CircleAlert;
  if (/console|log/.test(kind)) return Terminal;
  return /query|db|sql|redis/.test(kind) ? Waypoints : Bug;
}

function Crumb(props: { readonly crumb: Breadcrumb; readonly eventAt: string; readonly last: boolean }) {
  const { crumb } = props;
  const { text, rest } = crumbHeadline(crumb);
  const fields = typeof rest === "object" && rest !== null ? Object.keys(rest).length : 0;
  const folded = fields > 4 || rest !== crumb.data;
  const loud = crumb.level === "error" || crumb.level === "fatal" || crumb.level === "warning";
  return (
    <li className="relative grid grid-cols-[22px_minmax(0,1fr)_auto] gap-x-3 px-4 py-1.5">
      {!props.last && (
        <span className="absolute top-7 bottom-[-6px] left-[26.5px] w-px bg-line" aria-hidden="true" />
      )}
      <span className="relative grid size-[22px] place-items-center rounded-full border border-line bg-sunken text-ink-3">
        {createElement(iconOf(crumb), { size: 12, "aria-hidden": true })}
        {loud && (
          <span
            className={cx(
              "absolute -top-0.5 -right-0.5 size-2 rounded-full ring-2 ring-surface",
              levelColour(crumb.level),
            )}
          />
        )}
      </span>
      <div className="min-w-0">
        <span className="font-medium">{crumb.category ?? crumb.type ?? "default"}</span>
        {loud && <span className="sr-only">{crumb.level}</span>}
        {text && (
          <span className="ml-2 [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2">
            {visibleText(text)}
          </span>
        )}
        {fields > 0 && (
          <div className="mt-0.5 font-mono text-[11.5px] leading-[18px] text-ink-2">
            <ValueView value={rest} depth={folded ? 1 : 0} />
          </div>
        )}
      </div>
      {crumb.timestamp && (
        <time
          dateTime={crumb.timestamp}
          title={preciseTime(crumb.timestamp)}
          className="nums pt-px text-xs text-ink-3"
        >
          {offset(crumb.timestamp, props.eventAt)}
        </time>
      )}
    </li>
  );
}

/** Time before the event: `-340 ms`, `-2.1 s`, `-14 min`. */
function offset(at: string, eventAt: string): string {
  const ms = Date.parse(at) - Date.parse(eventAt);
  if (Number.isNaN(ms)) return "";
  const sign = ms > 0 ? "+" : "−";
  const size = Math.abs(ms);
  if (size < 1_000) return `${sign}${Math.round(size)} ms`;
  if (size < 60_000) return `${sign}${(size / 1_000).toFixed(1)} s`;
  return `${sign}${Math.round(size / 60_000)} min`;
}
