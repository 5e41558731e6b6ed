import type { EventDetail } from "../../api/events.js";
import { Card } from "../../components/card.js";
import { KeyValues } from "./key-values.js";

const titles: Readonly<Record<string, string>> = {
  os: "Operating system",
  client_os: "Client system",
  gpu: "GPU",
  app: "Application",
  trace: "Trace",
  runtime: "Runtime",
  browser: "Browser",
  device: "Device",
  culture: "Culture",
  cloud_resource: "Cloud",
  state: "State",
};

/** Who, where and on what: the affected person and every context the SDK sent, one card each. */
export function ContextsSection({ event }: { readonly event: EventDetail }) {
  const person = Object.entries(event.user ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const contexts = Object.entries(event.contexts ?? {}).filter(
    ([, value]) => typeof value === "object" && value !== null && Object.keys(value).length > 0,
  );
  if (person.length === 0 && contexts.length === 0) return null;
  return (
    <Card id="contexts" title="Contexts" flush>
      <div className="columns-1 gap-0 md:columns-2 md:[column-rule:1px_solid_var(--line)]">
        {person.length > 0 && <Context title="User" entries={person} />}
        {contexts.map(([name, value]) => (
          <Context
            key={name}
            title={titles[name] ?? name}
            entries={Object.entries(value as object).filter(([key]) => key !== "type")}
          />
        ))}
      </div>
    </Card>
  );
}

function Context({
  title,
  entries,
}: {
  readonly title: string;
  readonly entries: readonly (readonly [string, unknown])[];
}) {
  return (
    <section className="break-inside-avoid px-4 py-3">
      <h3 className="mb-1 [overflow-wrap:anywhere] text-xs font-semibold">{title}</h3>
      <KeyValues entries={entries} />
    </section>
  );
}
