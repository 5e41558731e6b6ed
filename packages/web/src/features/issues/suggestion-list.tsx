import { cx } from "../../components/class-names.js";
import { Kbd } from "../../components/kbd.js";
import type { Completion } from "./query-language.js";
import type { Suggestion } from "./use-completions.js";

/** What can come next in the search. */
export function SuggestionList(props: {
  readonly id: string;
  readonly completion: Completion;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onChoose: (value: string) => void;
  readonly onHover: (index: number) => void;
}) {
  const { completion, suggestions } = props;
  if (suggestions.length === 0) return <div id={props.id} role="listbox" hidden />;
  return (
    <div className="floating absolute top-[42px] left-0 z-30 w-full max-w-lg overflow-hidden">
      <p className="px-3 pt-2 pb-1 text-2xs font-medium text-ink-3">
        {completion.kind === "key" ? "Filter by" : `Values of ${completion.key}`}
      </p>
      <div id={props.id} role="listbox" aria-label="Completions" className="max-h-80 overflow-y-auto px-1">
        {suggestions.map((one, index) => (
          <div
            key={one.value}
            id={`${props.id}-${index}`}
            role="option"
            aria-selected={index === props.active}
            onPointerEnter={() => props.onHover(index)}
            onPointerDown={(event) => {
              event.preventDefault();
              props.onChoose(one.value);
            }}
            className={cx(
              "flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1",
              index === props.active && "bg-hover",
            )}
          >
            <code className="min-w-0 truncate font-mono text-[12.5px]">
              {one.value}
              {completion.kind === "key" && <span className="text-ink-3">:</span>}
            </code>
            <span className="ml-auto shrink-0 truncate text-xs text-ink-3">{one.meaning}</span>
          </div>
        ))}
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-3 py-1.5 text-2xs text-ink-3">
        <span className="inline-flex items-center gap-1">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> choose
        </span>
        <span className="inline-flex items-center gap-1">
          <Kbd>Tab</Kbd> complete
        </span>
        <span className="inline-flex items-center gap-1">
          <Kbd>↵</Kbd> search
        </span>
        <span className="ml-auto">
          <code className="font-mono">!</code> not, <code className="font-mono">*</code> anything
        </span>
      </p>
    </div>
  );
}
