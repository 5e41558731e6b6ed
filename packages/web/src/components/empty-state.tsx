import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "../api/client.js";
import { Button } from "./button.js";

/** What to show where there is nothing: why that is so, and what to do next. */
export function EmptyState(props: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const Icon = props.icon;
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <span className="mb-4 grid size-11 place-items-center rounded-xl border border-line bg-surface text-accent shadow-card">
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <h2 className="text-lg font-semibold tracking-[-0.012em]">{props.title}</h2>
      {props.children && <div className="mt-1.5 max-w-[52ch] text-ink-2">{props.children}</div>}
      {props.action && <div className="mt-5 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}

/** A failed load, in the server's own words, with a way to try again. */
export function LoadError({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const status = error instanceof ApiError ? error.status : -1;
  const title =
    status === 0
      ? "No answer from the server"
      : status === 400
        ? "This is not understood"
        : "This could not be loaded";
  const text = error instanceof Error ? error.message : "Something went wrong.";
  return (
    <div role="alert" className="m-4 rounded-lg border border-error/30 bg-error-soft px-4 py-3">
      <p className="font-medium text-ink">{title}</p>
      <p className="mt-0.5 text-ink-2">{text}</p>
      {retry && status !== 400 && (
        <Button className="mt-3" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
