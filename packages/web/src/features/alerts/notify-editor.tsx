import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { channelsQuery } from "../../api/channels.js";
import type { NotifyTarget } from "../../api/rule-definition.js";
import { Button, IconButton } from "../../components/button.js";
import { Field, Select, TextInput } from "../../components/form.js";
import { ListBox } from "./filter-arguments.js";

const usualTags = ["environment", "level", "transaction"] as const;

/** Channels a rule tells, with the tags each message shows and whom it mentions. */
export function NotifyEditor(props: {
  readonly org: string;
  readonly targets: readonly NotifyTarget[];
  readonly onChange: (targets: readonly NotifyTarget[]) => void;
}) {
  const { org, targets, onChange } = props;
  const channels = useQuery(channelsQuery(org));
  const names = [
    ...new Set([...(channels.data ?? []).map((one) => one.name), ...targets.map((one) => one.channel)]),
  ];
  const unused = names.find((name) => !targets.some((target) => target.channel === name)) ?? names[0];
  if (channels.isSuccess && names.length === 0) {
    return (
      <p className="text-ink-2">
        There is no channel yet.{" "}
        <Link
          to="/organizations/$org/alerts/channels/"
          params={{ org }}
          className="font-medium text-accent hover:underline"
        >
          Add a Discord channel
        </Link>{" "}
        first.
      </p>
    );
  }
  return (
    <div className="space-y-3">
      {targets.map((target, index) => (
        <div key={index} className="relative rounded-md border border-line bg-surface p-3 pr-10">
          <TargetFields
            target={target}
            names={names}
            onChange={(changed) => onChange(targets.with(index, changed))}
          />
          <span className="absolute top-2 right-2">
            <IconButton label="Remove" onClick={() => onChange(targets.toSpliced(index, 1))}>
              <X size={14} />
            </IconButton>
          </span>
        </div>
      ))}
      <Button
        variant="ghost"
        disabled={unused === undefined}
        onClick={() => unused && onChange([...targets, { channel: unused, tags: usualTags }])}
      >
        <Plus size={14} />
        Add a channel
      </Button>
    </div>
  );
}

function TargetFields(props: {
  readonly target: NotifyTarget;
  readonly names: readonly string[];
  readonly onChange: (target: NotifyTarget) => void;
}) {
  const { target, onChange } = props;
  const { mention: _old, ...plain } = target;
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Channel">
        {(id) => (
          <Select
            id={id}
            value={target.channel}
            options={props.names.map((name) => [name, name])}
            onChange={(event) => onChange({ ...target, channel: event.target.value })}
          />
        )}
      </Field>
      <Field label="Tags to show">
        {() => (
          <ListBox
            label="Tags to show"
            value={target.tags ?? []}
            onChange={(tags) => onChange({ ...target, tags })}
          />
        )}
      </Field>
      <Field label="Mention" hint="@here, @everyone, <@&role>">
        {(id) => (
          <TextInput
            id={id}
            value={target.mention ?? ""}
            placeholder="nobody"
            pattern="(@here|@everyone|<@&?\d{5,20}>)(\s(@here|@everyone|<@&?\d{5,20}>))*"
            onChange={(event) =>
              onChange(event.target.value ? { ...plain, mention: event.target.value } : plain)
            }
          />
        )}
      </Field>
    </div>
  );
}
