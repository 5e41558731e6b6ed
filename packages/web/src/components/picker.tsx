import { Check, Search } from "lucide-react";
import { Popover } from "radix-ui";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./class-names.js";

/** One thing to pick. */
export interface PickerOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
}

/** A list to choose from with a filter box: one value, or several when `multiple` is set. */
export function Picker(props: {
  readonly trigger: ReactNode;
  readonly options: readonly PickerOption[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
  readonly multiple?: boolean;
  readonly placeholder: string;
  readonly align?: "start" | "end";
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}) {
  const [ownOpen, setOwnOpen] = useState(false);
  const open = props.open ?? ownOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    props.onOpenChange?.(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align={props.align ?? "start"}
          sideOffset={5}
          collisionPadding={8}
          className="floating z-40 w-64 overflow-hidden"
          onClick={(event) => event.stopPropagation()}
        >
          <PickerList {...props} close={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface PickerListProps {
  readonly options: readonly PickerOption[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
  readonly multiple?: boolean;
  readonly placeholder: string;
  readonly close: () => void;
}

function PickerList(props: PickerListProps) {
  const { options, selected, multiple } = props;
  const [filter, setFilter] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = options.filter((option) =>
    `${option.label} ${option.hint ?? ""}`.toLowerCase().includes(filter.toLowerCase()),
  );
  const choose = (value: string) => {
    const has = selected.includes(value);
    if (!multiple) {
      props.onChange([value]);
      props.close();
    } else props.onChange(has ? selected.filter((one) => one !== value) : [...selected, value]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const current = found[active];
    if (step !== 0) setActive(Math.min(Math.max(active + step, 0), found.length - 1));
    else if (event.key === "Enter" && current) choose(current.value);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <label className="flex items-center gap-2 border-b border-line px-3 text-ink-3">
        <Search size={14} aria-hidden="true" />
        <input
          autoFocus
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={props.placeholder}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${active}`}
          className="h-9 w-full bg-transparent text-ink outline-none"
        />
      </label>
      <div
        id={listId}
        role="listbox"
        aria-multiselectable={multiple ?? false}
        className="max-h-72 overflow-y-auto p-1"
      >
        {found.map((option, index) => (
          <div
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={selected.includes(option.value)}
            onPointerEnter={() => setActive(index)}
            onPointerUp={() => choose(option.value)}
            tabIndex={-1}
            className={cx(
              "flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5",
              index === active && "bg-hover",
            )}
          >
            {option.icon}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.hint && <span className="max-w-24 truncate text-xs text-ink-3">{option.hint}</span>}
            <Check
              size={14}
              className={cx("shrink-0 text-accent", !selected.includes(option.value) && "invisible")}
            />
          </div>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-center text-ink-3">Nothing matches.</p>}
      </div>
    </>
  );
}
