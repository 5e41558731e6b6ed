import type { ProjectSettings } from "../../api/projects.js";
import { Card } from "../../components/card.js";
import { Field, SwitchRow, TextInput } from "../../components/form.js";
import { Segmented } from "../../components/segmented.js";
import { LinesBox } from "./lines-box.js";

interface CardProps {
  readonly settings: ProjectSettings;
  readonly set: (change: Partial<ProjectSettings>) => void;
}

/** Name and address. */
export function GeneralCard(props: {
  readonly name: string;
  readonly slug: string;
  readonly setName: (name: string) => void;
}) {
  return (
    <Card title="General">
      <div className="grid max-w-lg gap-4">
        <Field label="Name" hint={`In addresses and in vedette.yaml: ${props.slug}`}>
          {(id) => (
            <TextInput
              id={id}
              value={props.name}
              maxLength={64}
              onChange={(event) => props.setName(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}

/** What is removed before an event is stored. */
export function ScrubbingCard({ settings, set }: CardProps) {
  return (
    <Card title="Data scrubbing">
      <div className="-mt-2.5 divide-y divide-line">
        <SwitchRow
          label="Scrub events"
          hint="Nothing secret is stored; what was removed cannot come back."
          checked={settings.scrubData}
          onChange={(scrubData) => set({ scrubData })}
        />
        <SwitchRow
          label="Usual secrets"
          hint="Passwords, tokens, keys and card numbers; e-mail addresses in messages."
          checked={settings.scrubDefaults}
          onChange={(scrubDefaults) => set({ scrubDefaults })}
        />
        <SwitchRow
          label="IP addresses"
          hint="Also the one the event came from."
          checked={settings.scrubIpAddresses}
          onChange={(scrubIpAddresses) => set({ scrubIpAddresses })}
        />
        <div className="flex items-center justify-between gap-6 py-2.5">
          <div>
            <p className="font-medium">What is put in their place</p>
            <p className="text-ink-3">
              {settings.maskStyle === "filtered"
                ? "[Filtered]"
                : "us***@example.com, **** 4242, ***MASKED***"}
            </p>
          </div>
          <Segmented
            label="Mask style"
            value={settings.maskStyle}
            onChange={(maskStyle) => set({ maskStyle })}
            options={[
              ["filtered", "Filtered"],
              ["masked", "Masked"],
            ]}
          />
        </div>
      </div>
      <div className="mt-2 grid gap-4 sm:grid-cols-2">
        <LinesBox
          label="More sensitive fields"
          hint="Part of a field's name, one a line."
          value={settings.sensitiveFields}
          onChange={(sensitiveFields) => set({ sensitiveFields })}
        />
        <LinesBox
          label="Safe fields"
          hint="Never removed, whatever they contain."
          value={settings.safeFields}
          onChange={(safeFields) => set({ safeFields })}
        />
      </div>
    </Card>
  );
}

const filters = [
  ["webCrawlers", "Web crawlers", "Errors of search engines and scanners."],
  ["healthChecks", "Health checks", "Transactions of probes."],
  ["browserExtensions", "Browser extensions", "Errors that extensions cause on your pages."],
  ["legacyBrowsers", "Old browsers", "Browsers that get no updates any more."],
  ["localhost", "Localhost", "Events of developers' own machines."],
  ["chunkLoadErrors", "Chunk load errors", "A tab that was open during a deployment."],
  ["hydrationErrors", "Hydration errors", "React's complaints about changed markup."],
] as const;

/** What is turned away at the door; counted, so that nothing disappears unseen. */
export function FilterCard({ settings, set }: CardProps) {
  const setFilter = (change: Partial<ProjectSettings["filters"]>) =>
    set({ filters: { ...settings.filters, ...change } });
  return (
    <Card title="Inbound filters">
      <div className="-mt-2.5 grid gap-x-10 sm:grid-cols-2">
        {filters.map(([key, label, hint]) => (
          <SwitchRow
            key={key}
            label={label}
            hint={hint}
            checked={settings.filters[key]}
            onChange={(on) => setFilter({ [key]: on })}
          />
        ))}
      </div>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <LinesBox
          label="Error messages"
          hint="One pattern a line; * stands for anything."
          value={settings.filters.errorMessages}
          onChange={(errorMessages) => setFilter({ errorMessages })}
        />
        <LinesBox
          label="Releases"
          hint="One pattern a line, such as 1.*"
          value={settings.filters.releases}
          onChange={(releases) => setFilter({ releases })}
        />
        <LinesBox
          label="IP addresses"
          hint="Addresses or networks, such as 10.0.0.0/8"
          value={settings.filters.ipAddresses}
          onChange={(ipAddresses) => setFilter({ ipAddresses })}
        />
        <LinesBox
          label="Allowed origins"
          hint="Who may send from a browser; * allows all."
          value={settings.allowedDomains}
          onChange={(allowedDomains) => set({ allowedDomains })}
        />
      </div>
    </Card>
  );
}

/** How much is taken in and how long it is kept. */
export function LimitsCard({ settings, set }: CardProps) {
  return (
    <Card title="Limits">
      <div className="grid max-w-lg gap-4 sm:grid-cols-2">
        <Field label="Items a minute" hint="Over all keys. Empty: no limit.">
          {(id) => (
            <TextInput
              id={id}
              type="number"
              min={1}
              value={settings.rateLimitPerMinute ?? ""}
              onChange={(event) =>
                set({ rateLimitPerMinute: event.target.value ? Number(event.target.value) : null })
              }
            />
          )}
        </Field>
        <Field label="Days events are kept">
          {(id) => (
            <TextInput
              id={id}
              type="number"
              min={1}
              max={3650}
              value={settings.retentionDays}
              onChange={(event) => set({ retentionDays: Number(event.target.value) })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
