import { useSyncExternalStore } from "react";
import { ageInWords, preciseTime, shortAge } from "./relative-time.js";

const tickMs = 10_000;
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const one of listeners) one();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The current time, renewed every ten seconds; one timer serves the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

/** How long ago something was, with the exact time on hover. `short` leaves out the word "ago". */
export function TimeAgo({ at, short }: { readonly at: string | number; readonly short?: boolean }) {
  const now = Math.max(useNow(), nowMs);
  const iso = typeof at === "string" ? at : new Date(at).toISOString();
  return (
    <time dateTime={iso} title={preciseTime(at)} className="nums whitespace-nowrap">
      {short ? shortAge(at, now) : ageInWords(at, now)}
    </time>
  );
}
