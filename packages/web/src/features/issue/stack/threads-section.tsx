import { useState } from "react";
import type { Thread } from "../../../api/events.js";
import { Select } from "../../../components/form.js";
import { ExceptionSection } from "./exception-section.js";

/** Threads with a stack, the crashed or current one first chosen. Nothing when no thread carries a stack. */
export function ThreadsSection({ threads }: { readonly threads: readonly Thread[] }) {
  const withStack = threads.filter((thread) => (thread.stacktrace?.frames?.length ?? 0) > 0);
  const first = withStack.findIndex((thread) => thread.crashed || thread.current);
  const [chosen, setChosen] = useState(Math.max(0, first));
  const thread = withStack[chosen];
  if (!thread) return null;
  return (
    <div className="space-y-2">
      <Select
        aria-label="Thread"
        className="w-auto!"
        value={String(chosen)}
        onChange={(event) => setChosen(Number(event.target.value))}
        options={withStack.map((one, index) => [
          String(index),
          `Thread ${one.name ?? one.id ?? index}${one.crashed ? " · crashed" : one.current ? " · current" : ""}${one.state ? ` · ${one.state}` : ""}`,
        ])}
      />
      <ExceptionSection key={chosen} title="Thread" values={[{ stacktrace: thread.stacktrace ?? null }]} />
    </div>
  );
}
