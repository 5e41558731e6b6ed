import { Check, TriangleAlert, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "./button.js";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "good" | "error";
  readonly action?: { readonly label: string; readonly run: () => void };
}

const lifetimeMs = { good: 5_000, error: 9_000 } as const;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  change(toasts.filter((one) => one.id !== id));
}

/** Says something at the foot of the page for a few seconds, at most three at a time. */
export function toast(text: string, options: Partial<Pick<Toast, "tone" | "action">> = {}): void {
  const id = ++lastId;
  const tone = options.tone ?? "good";
  change([...toasts.slice(-2), { id, text, tone, ...(options.action ? { action: options.action } : {}) }]);
  setTimeout(() => dismiss(id), lifetimeMs[tone]);
}

/** Says why something failed, in the words of the error. */
export function toastError(error: unknown): void {
  toast(error instanceof Error ? error.message : "Something went wrong.", { tone: "error" });
}

/** The place where toasts appear; read out by screen readers. */
export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-50 flex flex-col items-center gap-2 px-4 sm:bottom-5"
    >
      {shown.map((one) => (
        <div
          key={one.id}
          className="pointer-events-auto flex max-w-lg animate-[rise_160ms_ease-out] items-center gap-2.5 rounded-lg border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-float"
        >
          {one.tone === "good" ? (
            <Check size={15} className="shrink-0 text-good" aria-hidden="true" />
          ) : (
            <TriangleAlert size={15} className="shrink-0 text-error" aria-hidden="true" />
          )}
          <span className="min-w-0 break-words">{one.text}</span>
          {one.action && (
            <button
              type="button"
              className="rounded-md px-2 py-1 font-medium text-accent hover:bg-hover"
              onClick={() => {
                one.action?.run();
                dismiss(one.id);
              }}
            >
              {one.action.label}
            </button>
          )}
          <IconButton label="Dismiss" onClick={() => dismiss(one.id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
