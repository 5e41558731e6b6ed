import { cx } from "../../components/class-names.js";

const tabs = [
  ["Unresolved", "is:unresolved"],
  ["New", "is:unresolved is:new"],
  ["Regressed", "is:regressed"],
  ["Escalating", "is:escalating"],
  ["Mine", "is:unresolved assigned:me"],
  ["Archived", "is:archived"],
] as const;

/** Searches everybody needs, one click away. */
export function SearchTabs({
  query,
  onChoose,
}: {
  readonly query: string;
  readonly onChoose: (query: string) => void;
}) {
  return (
    <div
      role="group"
      aria-label="Ready-made searches"
      className="-mx-1 flex max-w-full gap-0.5 overflow-x-auto px-1 [scrollbar-width:none]"
    >
      {tabs.map(([label, search]) => (
        <button
          key={label}
          type="button"
          aria-pressed={query === search}
          onClick={() => onChoose(search)}
          className={cx(
            "h-7 rounded-md px-2.5 font-medium whitespace-nowrap",
            query === search ? "bg-accent-soft text-accent" : "text-ink-3 hover:text-ink",
          )}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
