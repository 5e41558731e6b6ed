import { useQuery } from "@tanstack/react-query";
import { ArrowDownWideNarrow, Boxes, CalendarClock, ChevronDown, Globe } from "lucide-react";
import type { ReactNode } from "react";
import type { IssueListFilter } from "../../api/issues.js";
import { environmentsQuery } from "../../api/organization.js";
import { useProjects } from "../../api/projects.js";
import { Button } from "../../components/button.js";
import { Picker } from "../../components/picker.js";
import { PlatformMark } from "../../components/platform-mark.js";

const periods = [
  ["1h", "Last hour"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["14d", "Last 14 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
] as const;
const sorts = [
  ["date", "Last seen"],
  ["new", "First seen"],
  ["freq", "Events"],
  ["user", "Users"],
] as const;

const asOptions = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([value, label]) => ({ value, label }));

/** Pickers for project, environment, period and order; what is picked lives in the address. */
export function FilterBar(props: {
  readonly org: string;
  readonly filter: IssueListFilter;
  readonly onChange: (change: Partial<IssueListFilter>) => void;
}) {
  const { filter, onChange } = props;
  const projects = useProjects(props.org);
  const environments = useQuery(environmentsQuery(props.org));
  const projectName = (value: string) =>
    projects.data?.find((one) => one.slug === value || one.id === value)?.slug ?? value;
  return (
    <div className="-mx-1 flex max-w-full gap-1.5 overflow-x-auto px-1 py-0.5 [scrollbar-width:none]">
      <Picker
        multiple
        placeholder="Find a project"
        selected={filter.project.map(projectName)}
        onChange={(project) => onChange({ project })}
        options={(projects.data ?? []).map((one) => ({
          value: one.slug,
          label: one.slug,
          icon: <PlatformMark platform={one.platform} size={18} />,
        }))}
        trigger={
          <FilterButton
            icon={<Boxes size={14} />}
            text={summary(filter.project.map(projectName), "All projects")}
          />
        }
      />
      <Picker
        multiple
        placeholder="Find an environment"
        selected={filter.environment}
        onChange={(environment) => onChange({ environment })}
        options={(environments.data ?? []).map((one) => ({ value: one.name, label: one.name || "(none)" }))}
        trigger={
          <FilterButton icon={<Globe size={14} />} text={summary(filter.environment, "All environments")} />
        }
      />
      <Picker
        placeholder="Period"
        selected={[filter.statsPeriod]}
        onChange={([statsPeriod]) => onChange(statsPeriod ? { statsPeriod } : {})}
        options={asOptions(periods)}
        trigger={
          <FilterButton icon={<CalendarClock size={14} />} text={labelOf(periods, filter.statsPeriod)} />
        }
      />
      <Picker
        placeholder="Order by"
        align="end"
        selected={[filter.sort]}
        onChange={([sort]) => onChange(sort ? { sort } : {})}
        options={asOptions(sorts)}
        trigger={<FilterButton icon={<ArrowDownWideNarrow size={14} />} text={labelOf(sorts, filter.sort)} />}
      />
    </div>
  );
}

const labelOf = (pairs: readonly (readonly [string, string])[], value: string) =>
  pairs.find(([one]) => one === value)?.[1] ?? value;

function summary(chosen: readonly string[], none: string): string {
  const [first, ...others] = chosen;
  if (first === undefined) return none;
  return others.length > 0 ? `${first} +${others.length}` : first;
}

function FilterButton({ icon, text, ...rest }: { readonly icon: ReactNode; readonly text: string }) {
  return (
    <Button {...rest}>
      <span className="text-ink-3">{icon}</span>
      <span className="max-w-36 truncate">{text}</span>
      <ChevronDown size={13} className="-mr-0.5 text-ink-3" />
    </Button>
  );
}
