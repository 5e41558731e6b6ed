import { Plus, X } from "lucide-react";
import type { PlainTrigger, Trigger } from "../../api/rule-definition.js";
import { Button, IconButton } from "../../components/button.js";
import { Select, TextInput } from "../../components/form.js";

const plain: readonly (readonly [PlainTrigger, string])[] = [
  ["first_seen", "is seen for the first time"],
  ["regression", "comes back after it was resolved"],
  ["reappeared", "comes back after it was archived"],
  ["escalating", "escalates"],
  ["every_event", "happens, every time"],
  ["resolved", "is resolved"],
];
const kinds = [
  ...plain,
  ["event_frequency", "happens more often than"],
  ["user_frequency", "affects more users than"],
  ["event_frequency_percent", "happens more than before, by"],
] as const;

function kindOf(trigger: Trigger): string {
  return typeof trigger === "string" ? trigger : (Object.keys(trigger)[0] ?? "first_seen");
}

function triggerOf(kind: string): Trigger {
  if (kind === "event_frequency") return { event_frequency: { count: 10, per: "5m" } };
  if (kind === "user_frequency") return { user_frequency: { count: 20, per: "1h" } };
  if (kind === "event_frequency_percent")
    return { event_frequency_percent: { percent: 100, per: "1h", against: "1d" } };
  return plain.find(([one]) => one === kind)?.[0] ?? "first_seen";
}

/** The triggers of a rule, one a line. */
export function TriggerList(props: {
  readonly triggers: readonly Trigger[];
  readonly onChange: (triggers: readonly Trigger[]) => void;
}) {
  const { triggers, onChange } = props;
  const used = new Set(triggers.map(kindOf));
  const next = kinds.find(([kind]) => !used.has(kind))?.[0] ?? "event_frequency";
  return (
    <div className="space-y-2">
      {triggers.map((trigger, index) => (
        <div key={index} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Trigger"
            className="w-auto! max-w-full"
            value={kindOf(trigger)}
            options={kinds}
            onChange={(event) => onChange(triggers.with(index, triggerOf(event.target.value)))}
          />
          <TriggerArguments
            trigger={trigger}
            onChange={(changed) => onChange(triggers.with(index, changed))}
          />
          <IconButton label="Remove" onClick={() => onChange(triggers.toSpliced(index, 1))}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button variant="ghost" onClick={() => onChange([...triggers, triggerOf(next)])}>
        <Plus size={14} />
        {triggers.length === 0 ? "Add a trigger" : "or when it …"}
      </Button>
    </div>
  );
}

function TriggerArguments({
  trigger,
  onChange,
}: {
  readonly trigger: Trigger;
  readonly onChange: (trigger: Trigger) => void;
}) {
  if (typeof trigger === "string") return null;
  if ("event_frequency_percent" in trigger) {
    const value = trigger.event_frequency_percent;
    const set = (change: Partial<typeof value>) =>
      onChange({ event_frequency_percent: { ...value, ...change } });
    return (
      <>
        <NumberBox label="Percent" value={value.percent} onChange={(percent) => set({ percent })} />
        <span className="text-ink-3">% in</span>
        <DurationBox label="Window" value={value.per} onChange={(per) => set({ per })} />
        <span className="text-ink-3">against</span>
        <DurationBox label="Compared with" value={value.against} onChange={(against) => set({ against })} />
        <span className="text-ink-3">before</span>
      </>
    );
  }
  const [key, value] =
    "event_frequency" in trigger
      ? (["event_frequency", trigger.event_frequency] as const)
      : (["user_frequency", trigger.user_frequency] as const);
  const set = (change: Partial<typeof value>) => onChange({ [key]: { ...value, ...change } } as Trigger);
  return (
    <>
      <NumberBox label="Count" value={value.count} onChange={(count) => set({ count })} />
      <span className="text-ink-3">{key === "user_frequency" ? "users in" : "times in"}</span>
      <DurationBox label="Window" value={value.per} onChange={(per) => set({ per })} />
    </>
  );
}

/** A small box for a whole number. */
export function NumberBox(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <TextInput
      type="number"
      min={0}
      aria-label={props.label}
      className="w-20!"
      value={props.value}
      onChange={(event) => props.onChange(Number(event.target.value))}
    />
  );
}

/** A small box for a duration such as `5m`. */
export function DurationBox(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextInput
      aria-label={props.label}
      pattern="\d{1,6}\s*[smhdw]"
      title="30s, 5m, 1h, 7d"
      className="w-16!"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
