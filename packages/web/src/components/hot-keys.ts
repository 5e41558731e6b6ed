import { useEffect, useRef } from "react";

/** Key combinations such as `j`, `?`, `Escape` or `g i` (one after the other), and what they do. */
export type HotKeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const sequenceMs = 900;
let previous = { key: "", at: 0 };

/** True while the reader is typing or inside a menu or dialog: keys then belong to that control. */
function belongsElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"],[role="menu"],[role="listbox"]'))
    return true;
  return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.getAttribute("type") !== "checkbox";
}

/** Listens for keys on the whole page while the component is shown. */
export function useHotKeys(keys: HotKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (belongsElsewhere(event.target)) return;
      const sequence = event.timeStamp - previous.at < sequenceMs ? `${previous.key} ${event.key}` : "";
      const action = latest.current[sequence] ?? latest.current[event.key];
      queueMicrotask(() => {
        previous = { key: event.key, at: event.timeStamp };
      });
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
