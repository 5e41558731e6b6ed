import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { environmentsQuery } from "../../api/organization.js";
import { useProjects } from "../../api/projects.js";
import { asList, type RuleDefinition } from "../../api/rule-definition.js";
import { Button } from "../../components/button.js";
import { Field, TextInput } from "../../components/form.js";
import { FilterList } from "./filter-editor.js";
import { MultiPicker } from "./multi-picker.js";
import { NotifyEditor } from "./notify-editor.js";
import { Sentence } from "./sentence.js";
import { TriggerList } from "./trigger-editor.js";

/** Everything a rule can say. Fields that are left empty are left out of the definition. */
export function RuleForm(props: {
  readonly org: string;
  readonly name: string;
  readonly definition: RuleDefinition;
  readonly saving: boolean;
  readonly error: Error | null;
  readonly onSave: (name: string, definition: RuleDefinition) => void;
}) {
  const [name, setName] = useState(props.name);
  const [rule, setRule] = useState(props.definition);
  const set = (change: Partial<RuleDefinition>) => setRule((old) => withoutEmpty({ ...old, ...change }));
  const missing =
    name.trim() === ""
      ? "Give it a name."
      : rule.when.length === 0
        ? "Say when it looks."
        : rule.notify.length === 0
          ? "Choose a channel to tell."
          : null;
  return (
    <form
      className="space-y-7"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) props.onSave(name.trim(), rule);
      }}
    >
      <p className="z-20 rounded-lg sm:sticky sm:top-2 border border-accent/30 bg-accent-soft px-4 py-3 text-base text-ink-2 shadow-card">
        <Sentence rule={rule} />
      </p>
      <Field label="Name">
        {(id) => (
          <TextInput
            id={id}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Critical errors to Discord"
            maxLength={120}
          />
        )}
      </Field>
      <Scope org={props.org} rule={rule} set={set} />
      <Step title="When" lead="Any of these happens.">
        <TriggerList triggers={rule.when} onChange={(when) => set({ when })} />
      </Step>
      <Step title="If" lead="All of these hold.">
        <FilterList filters={rule.if ?? []} onChange={(filters) => set({ if: filters })} />
      </Step>
      <Step title="And any of" lead="At least one of these holds.">
        <FilterList filters={rule.any ?? []} onChange={(any) => set({ any })} />
      </Step>
      <Step title="Unless" lead="None of these holds.">
        <FilterList filters={rule.none ?? []} onChange={(none) => set({ none })} />
      </Step>
      <Step title="Tell" lead="Where the message goes and which tags it shows.">
        <NotifyEditor org={props.org} targets={rule.notify} onChange={(notify) => set({ notify })} />
      </Step>
      <Response rule={rule} set={set} />
      <div className="sticky bottom-14 z-20 -mx-1 flex items-center justify-end gap-3 border-t border-line bg-canvas/92 px-1 py-3 backdrop-blur-sm sm:bottom-0">
        <p role="alert" className="min-w-0 flex-1 [overflow-wrap:anywhere] text-error">
          {props.error?.message}
        </p>
        {missing && <span className="text-ink-3">{missing}</span>}
        <Button type="submit" variant="primary" size="md" disabled={missing !== null || props.saving}>
          {props.saving ? "Saving…" : "Save rule"}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  readonly rule: RuleDefinition;
  readonly set: (change: Partial<RuleDefinition>) => void;
}

function Scope({ org, rule, set }: PartProps & { readonly org: string }) {
  const projects = useProjects(org);
  const environments = useQuery(environmentsQuery(org));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Projects">
        {() => (
          <MultiPicker
            none="All projects"
            selected={asList(rule.project).filter((one) => one !== "*")}
            options={(projects.data ?? []).map((one) => one.slug)}
            onChange={(chosen) => set({ project: chosen.length > 0 ? chosen : "*" })}
          />
        )}
      </Field>
      <Field label="Environments">
        {() => (
          <MultiPicker
            none="All environments"
            selected={asList(rule.environment)}
            options={(environments.data ?? []).map((one) => one.name).filter(Boolean)}
            onChange={(environment) => set({ environment })}
          />
        )}
      </Field>
    </div>
  );
}

function Response({ rule, set }: PartProps) {
  const text = (key: "runbook" | "owner" | "description") => ({
    value: rule[key] ?? "",
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
  });
  return (
    <Step title="Calm and response" lead="How often at most, and what whoever sees it should do.">
      <div className="grid gap-4 sm:grid-cols-[160px_minmax(0,1fr)]">
        <Field label="At most once in" hint="per issue; 0s is every time">
          {(id) => (
            <TextInput
              id={id}
              value={rule.interval}
              pattern="\d{1,6}\s*[smhdw]"
              required
              onChange={(event) => set({ interval: event.target.value })}
            />
          )}
        </Field>
        <Field label="Runbook" hint="shown in the message">
          {(id) => <TextInput id={id} type="url" placeholder="https://" {...text("runbook")} />}
        </Field>
        <Field label="Owner">{(id) => <TextInput id={id} placeholder="Payments" {...text("owner")} />}</Field>
        <Field label="What to do">
          {(id) => (
            <textarea
              id={id}
              rows={2}
              className="field h-auto! py-1.5!"
              placeholder="Escalation path, first steps"
              {...text("description")}
            />
          )}
        </Field>
      </div>
    </Step>
  );
}

function Step(props: { readonly title: string; readonly lead: string; readonly children: ReactNode }) {
  return (
    <section className="grid gap-x-6 gap-y-2 border-t border-line pt-5 md:grid-cols-[150px_minmax(0,1fr)]">
      <header>
        <h2 className="text-base font-semibold">{props.title}</h2>
        <p className="text-xs text-ink-3">{props.lead}</p>
      </header>
      <div className="min-w-0">{props.children}</div>
    </section>
  );
}

/** Drops empty lists and texts, which the server would refuse; the required parts stay. */
function withoutEmpty(rule: RuleDefinition): RuleDefinition {
  const required = new Set(["project", "when", "notify", "interval"]);
  const kept = Object.entries(rule).filter(
    ([key, value]) => required.has(key) || !(value === "" || (Array.isArray(value) && value.length === 0)),
  );
  return Object.fromEntries(kept) as unknown as RuleDefinition;
}
