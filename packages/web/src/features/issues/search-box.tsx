import { Search, X } from "lucide-react";
import { useId, useState, useRef, type KeyboardEvent } from "react";
import { cx } from "../../components/class-names.js";
import { useHotKeys } from "../../components/hot-keys.js";
import { Kbd } from "../../components/kbd.js";
import { applyCompletion, completionAt } from "./query-language.js";
import { SearchHighlight } from "./search-highlight.js";
import { SuggestionList } from "./suggestion-list.js";
import { useCompletions } from "./use-completions.js";

/** The search of the issue list, with completion of keys and values. Enter applies it, Escape leaves it. */
export function SearchBox(props: {
  readonly org: string;
  readonly project: string | undefined;
  readonly value: string;
  readonly onSearch: (query: string) => void;
}) {
  const { value, onSearch } = props;
  const [text, setText] = useState(value);
  const [cursor, setCursor] = useState(value.length);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [scrollLeft, setScrollLeft] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  useHotKeys({
    "/": () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  const completion = completionAt(text, cursor);
  const suggestions = useCompletions({ org: props.org, project: props.project, completion, open });

  const change = (next: string, at: number) => {
    setText(next);
    setCursor(at);
    setActive(-1);
    setOpen(true);
  };
  const choose = (chosen: string) => {
    const next = applyCompletion(text, completion, chosen);
    change(next.query, next.cursor);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const submit = (query: string) => {
    setOpen(false);
    onSearch(query.trim());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const chosen = suggestions[event.key === "Tab" ? Math.max(active, 0) : active];
    if (step !== 0) {
      setOpen(true);
      setActive((active + step + suggestions.length + 1) % (suggestions.length + 1));
    } else if (
      (event.key === "Enter" || event.key === "Tab") &&
      open &&
      chosen &&
      (active >= 0 || completion.prefix)
    ) {
      choose(chosen.value);
    } else if (event.key === "Enter") submit(text);
    else if (event.key === "Escape") {
      if (!open) event.currentTarget.blur();
      setOpen(false);
    } else return;
    event.preventDefault();
  };
  return (
    <form
      role="search"
      className="group relative min-w-0 flex-1"
      onSubmit={(event) => event.preventDefault()}
    >
      <Search
        size={15}
        className="pointer-events-none absolute top-2.5 left-3 z-10 text-ink-3"
        aria-hidden="true"
      />
      <SearchHighlight text={text} scrollLeft={scrollLeft} />
      <input
        ref={input}
        value={text}
        spellCheck={false}
        autoComplete="off"
        role="combobox"
        aria-label="Search issues"
        aria-expanded={open && suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder="Search, for example is:unresolved level:error timeout"
        onChange={(event) => change(event.target.value, event.target.selectionStart ?? 0)}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
        onScroll={(event) => setScrollLeft(event.currentTarget.scrollLeft)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="field relative h-9! bg-transparent! pr-9 pl-9 font-mono text-[12.5px]! text-transparent! caret-ink"
      />
      <span className="absolute top-2 right-2 flex h-5 items-center text-ink-3">
        {text ? (
          <button
            type="button"
            aria-label="Clear the search"
            className="rounded p-0.5 hover:text-ink"
            onClick={() => submit("")}
          >
            <X size={14} />
          </button>
        ) : (
          <span className="group-focus-within:hidden max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        )}
      </span>
      <div className={cx(!open && "hidden")}>
        <SuggestionList
          id={listId}
          completion={completion}
          suggestions={suggestions}
          active={active}
          onChoose={choose}
          onHover={setActive}
        />
      </div>
    </form>
  );
}
