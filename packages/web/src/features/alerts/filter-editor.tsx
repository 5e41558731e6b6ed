import { Plus, X } from "lucide-react";
import type { Filter } from "../../api/rule-definition.js";
import { Button, IconButton } from "../../components/button.js";
import { Select } from "../../components/form.js";
import { FilterArguments } from "./filter-arguments.js";

const kinds = [
  ["level", "level"],
  ["tag", "tag"],
  ["attribute", "attribute of the event"],
  ["priority", "priority"],
  ["environment", "environment"],
  ["age", "age of the issue"],
  ["times_seen", "times seen"],
  ["release", "latest release only"],
  ["category", "category"],
  ["assignee", "assignee"],
] as const;

const starts: Readonly<Record<string, Filter>> = {
  level: { level: { gte: "error" } },
  tag: { tag: { key: "", op: "is", value: "" } },
  attribute: { attribute: { key: "message", op: "contains", value: "" } },
  priority: { priority: ["high"] },
  environment: { environment: ["production"] },
  age: { age: { newer: "1h" } },
  times_seen: { times_seen: 10 },
  release: { release: "latest" },
  category: { category: ["error"] },
  assignee: { assignee: "none" },
};

/** Conditions of a rule, one a line. */
export function FilterList(props: {
  readonly filters: readonly Filter[];
  readonly onChange: (filters: readonly Filter[]) => void;
}) {
  const { filters, onChange } = props;
  return (
    <div className="space-y-2">
      {filters.map((filter, index) => (
        <div key={index} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Condition"
            className="w-auto!"
            value={Object.keys(filter)[0]}
            options={kinds}
            onChange={(event) => onChange(filters.with(index, starts[event.target.value] ?? filter))}
          />
          <FilterArguments filter={filter} onChange={(changed) => onChange(filters.with(index, changed))} />
          <IconButton label="Remove" onClick={() => onChange(filters.toSpliced(index, 1))}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
      <Button variant="ghost" onClick={() => onChange([...filters, { level: { gte: "error" } }])}>
        <Plus size={14} />
        Add a condition
      </Button>
    </div>
  );
}
