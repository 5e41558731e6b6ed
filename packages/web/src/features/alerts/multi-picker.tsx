import { ChevronDown } from "lucide-react";
import { Picker } from "../../components/picker.js";

/** A form field that takes any number of names from a list; none chosen has a meaning of its own. */
export function MultiPicker(props: {
  readonly none: string;
  readonly selected: readonly string[];
  readonly options: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
}) {
  const options = [...new Set([...props.options, ...props.selected])];
  return (
    <Picker
      multiple
      placeholder="Find"
      selected={props.selected}
      onChange={props.onChange}
      options={options.map((value) => ({ value, label: value }))}
      trigger={
        <button type="button" className="field flex items-center justify-between gap-2 text-left">
          <span className="truncate">{props.selected.join(", ") || props.none}</span>
          <ChevronDown size={14} className="shrink-0 text-ink-3" />
        </button>
      }
    />
  );
}
