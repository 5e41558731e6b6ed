import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { buttonClass } from "../components/button.js";
import { EmptyState, LoadError } from "../components/empty-state.js";

/** What a page shows when it breaks. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-2xl pt-16">
      <LoadError error={error} retry={reset} />
    </div>
  );
}

/** What an address without a page shows. */
export function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={Compass}
        title="Nothing is posted here"
        action={
          <Link to="/" className={buttonClass("primary", "md")}>
            Back to the issues
          </Link>
        }
      >
        The address may be mistyped, or what it named has been removed.
      </EmptyState>
    </main>
  );
}
