import type { RequestData } from "../../api/events.js";
import { Badge } from "../../components/badge.js";
import { Card } from "../../components/card.js";
import { CopyButton } from "../../components/copy-button.js";
import { curlCommand } from "./curl-command.js";
import { KeyValues } from "./key-values.js";
import { ValueView } from "./value-view.js";

/** The HTTP request during which it happened. */
export function RequestSection({ request }: { readonly request: RequestData }) {
  const curl = curlCommand(request);
  const query =
    typeof request.query === "string" ? [["query", request.query] as const] : (request.query ?? []);
  return (
    <Card id="request" title="Request" aside={curl && <CopyButton text={curl} label="Copy as curl" />}>
      <p className="flex items-baseline gap-2.5 font-mono text-[12.5px]">
        <Badge tone="accent">{request.method ?? "GET"}</Badge>
        <span className="min-w-0">
          <ValueView value={request.url ?? "address unknown"} />
        </span>
      </p>
      <Part title="Query" entries={query} />
      {request.data !== null && request.data !== undefined && request.data !== "" && (
        <Part
          title="Body"
          entries={typeof request.data === "object" ? Object.entries(request.data) : [["body", request.data]]}
        />
      )}
      <Part title="Headers" entries={(request.headers ?? []).filter(Boolean)} />
      <Part title="Cookies" entries={request.cookies ?? []} />
      <Part title="Environment" entries={Object.entries(request.env ?? {})} />
    </Card>
  );
}

function Part({
  title,
  entries,
}: {
  readonly title: string;
  readonly entries: readonly (readonly [string, unknown])[];
}) {
  if (entries.length === 0) return null;
  return (
    <section className="mt-3 border-t border-line pt-2.5">
      <h3 className="mb-0.5 text-xs font-semibold text-ink-3">{title}</h3>
      <KeyValues entries={entries} />
    </section>
  );
}
