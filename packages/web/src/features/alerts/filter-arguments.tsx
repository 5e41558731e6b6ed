import { asList, type Filter, type Match } from "../../api/rule-definition.js";
import { Select, TextInput } from "../../components/form.js";
import { operatorWords } from "./rule-sentence.js";
import { DurationBox, NumberBox } from "./trigger-editor.js";

const levels = ["debug", "info", "warning", "error", "fatal"] as const;
const priorities = ["high", "medium", "low"] as const;
const attributes = [
  "message",
  "type",
  "value",
  "platform",
  "transaction",
  "release",
  "logger",
  "user.email",
  "user.id",
  "http.url",
  "http.method",
  "sdk.name",
  "stacktrace.filename",
  "stacktrace.module",
  "error.unhandled",
] as const;
const same = (words: readonly string[]) => words.map((word) => [word, word] as const);

interface ArgumentsProps<T> {
  readonly filter: T;
  readonly onChange: (filter: Filter) => void;
}

/** The boxes that belong to one kind of condition. */
export function FilterArguments({ filter, onChange }: ArgumentsProps<Filter>) {
  if ("level" in filter) return <LevelArguments filter={filter} onChange={onChange} />;
  if ("tag" in filter) return <MatchArguments match={filter.tag} onChange={(tag) => onChange({ tag })} />;
  if ("attribute" in filter)
    return (
      <MatchArguments known match={filter.attribute} onChange={(attribute) => onChange({ attribute })} />
    );
  if ("priority" in filter) {
    return (
      <Chips
        label="Priority"
        all={priorities}
        chosen={asList(filter.priority)}
        onChange={(priority) => onChange({ priority })}
      />
    );
  }
  if ("environment" in filter) {
    return (
      <ListBox
        label="Environments"
        value={asList(filter.environment)}
        onChange={(environment) => onChange({ environment })}
      />
    );
  }
  if ("category" in filter) {
    return (
      <ListBox
        label="Categories"
        value={asList(filter.category)}
        onChange={(category) => onChange({ category })}
      />
    );
  }
  if ("age" in filter) {
    const older = "older" in filter.age;
    const value = "older" in filter.age ? filter.age.older : filter.age.newer;
    const make = (isOlder: boolean, text: string) =>
      onChange({ age: isOlder ? { older: text } : { newer: text } });
    return (
      <>
        <Select
          aria-label="Older or newer"
          className="w-auto!"
          value={older ? "older" : "newer"}
          options={[
            ["newer", "newer than"],
            ["older", "older than"],
          ]}
          onChange={(event) => make(event.target.value === "older", value)}
        />
        <DurationBox label="Age" value={value} onChange={(text) => make(older, text)} />
      </>
    );
  }
  if ("times_seen" in filter) {
    return (
      <>
        <span className="text-ink-3">at least</span>
        <NumberBox
          label="Times"
          value={filter.times_seen}
          onChange={(value) => onChange({ times_seen: Math.max(1, value) })}
        />
      </>
    );
  }
  if ("assignee" in filter) {
    return (
      <TextInput
        aria-label="Assignee"
        className="w-56!"
        placeholder="none, any, e-mail or team:slug"
        value={filter.assignee}
        onChange={(event) => onChange({ assignee: event.target.value })}
      />
    );
  }
  return null;
}

function LevelArguments({ filter, onChange }: ArgumentsProps<Extract<Filter, { level: unknown }>>) {
  const { level } = filter;
  const isRange = typeof level === "object" && !Array.isArray(level);
  const mode = isRange ? ("gte" in level ? "gte" : "lte") : "one";
  const bound = isRange ? ("gte" in level ? level.gte : (level as { lte: string }).lte) : "error";
  const make = (next: string, value: string) =>
    onChange({ level: next === "gte" ? { gte: value } : next === "lte" ? { lte: value } : [value] });
  return (
    <>
      <Select
        aria-label="Comparison"
        className="w-auto!"
        value={mode}
        options={[
          ["gte", "at least"],
          ["lte", "at most"],
          ["one", "one of"],
        ]}
        onChange={(event) => make(event.target.value, bound)}
      />
      {isRange ? (
        <Select
          aria-label="Level"
          className="w-auto!"
          value={bound}
          options={same(levels)}
          onChange={(event) => make(mode, event.target.value)}
        />
      ) : (
        <Chips
          label="Levels"
          all={levels}
          chosen={asList(level as string | readonly string[])}
          onChange={(chosen) => onChange({ level: chosen })}
        />
      )}
    </>
  );
}

function MatchArguments(props: {
  readonly match: Match;
  readonly known?: boolean;
  readonly onChange: (match: Match) => void;
}) {
  const { match, onChange } = props;
  const op = match.op ?? "is";
  const bare = op === "is_set" || op === "not_set";
  const isList = op === "in" || op === "not_in";
  const change = (next: Match) => {
    const nextOp = next.op ?? "is";
    if (nextOp === "is_set" || nextOp === "not_set") return onChange({ key: next.key, op: nextOp });
    const text = asList(next.value as string | readonly string[] | undefined).map(String);
    return onChange({ ...next, value: nextOp === "in" || nextOp === "not_in" ? text : text.join(", ") });
  };
  return (
    <>
      {props.known ? (
        <Select
          aria-label="Attribute"
          className="w-auto!"
          value={match.key}
          options={same([...new Set([...attributes, match.key])])}
          onChange={(event) => change({ ...match, key: event.target.value })}
        />
      ) : (
        <TextInput
          aria-label="Tag"
          placeholder="tag"
          className="w-36!"
          value={match.key}
          required
          onChange={(event) => change({ ...match, key: event.target.value })}
        />
      )}
      <Select
        aria-label="Comparison"
        className="w-auto!"
        value={op}
        options={operatorWords}
        onChange={(event) => change({ ...match, op: event.target.value })}
      />
      {isList && (
        <ListBox
          label="Values"
          value={asList(match.value as readonly string[]).map(String)}
          onChange={(value) => change({ ...match, value })}
        />
      )}
      {!isList && !bare && (
        <TextInput
          aria-label="Value"
          placeholder="value"
          className="w-44!"
          value={String(match.value ?? "")}
          onChange={(event) => change({ ...match, value: event.target.value })}
        />
      )}
    </>
  );
}

/** A list written with commas. Kept as written until the box is left, so that commas can be typed. */
export function ListBox(props: {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly placeholder?: string;
}) {
  return (
    <TextInput
      aria-label={props.label}
      className="w-56!"
      placeholder={props.placeholder ?? "a, b, c"}
      defaultValue={props.value.join(", ")}
      onBlur={(event) =>
        props.onChange(
          event.target.value
            .split(",")
            .map((one) => one.trim())
            .filter(Boolean),
        )
      }
    />
  );
}

function Chips(props: {
  readonly label: string;
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}) {
  return (
    <span role="group" aria-label={props.label} className="inline-flex flex-wrap gap-1">
      {props.all.map((one) => {
        const on = props.chosen.includes(one);
        return (
          <button
            key={one}
            type="button"
            aria-pressed={on}
            onClick={() =>
              props.onChange(on ? props.chosen.filter((other) => other !== one) : [...props.chosen, one])
            }
            className={`h-7 rounded-md border px-2 text-xs font-medium ${on ? "border-accent bg-accent-soft text-accent" : "border-line-strong text-ink-3 hover:text-ink"}`}
          >
            {one}
          </button>
        );
      })}
    </span>
  );
}
