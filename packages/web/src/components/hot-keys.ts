import { useEffect, useRef } from "react";

/** Key combinations such as `j`, `?`, `Escape` or `g i` (one after the other), and what they do. */
export type HotKeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const sequenceMs = 900;
/** What every shown component listens for, the innermost first. */
const layers = new Set<{ readonly current: HotKeys }>();
let previous = { key: "", at: -sequenceMs };

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
    if (layers.size === 0) window.addEventListener("keydown", onKeyDown);
    layers.add(latest);
    return () => {
      layers.delete(latest);
      if (layers.size === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

/** One listener for all: a sequence wins over the key it ends with, whichever component knows either. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (belongsElsewhere(event.target)) return;
  const isSequence = event.timeStamp - previous.at < sequenceMs;
  const sequence = isSequence ? actionOf(`${previous.key} ${event.key}`) : undefined;
  previous = { key: event.key, at: event.timeStamp };
  const action = sequence ?? actionOf(event.key);
  if (!action) return;
  event.preventDefault();
  action(event);
}

function actionOf(name: string): HotKeys[string] | undefined {
  for (const layer of layers) {
    const action = layer.current[name];
    if (action) return action;
  }
  return undefined;
}
