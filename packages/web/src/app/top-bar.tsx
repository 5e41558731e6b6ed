import { Link, useRouterState } from "@tanstack/react-router";
import { cx } from "../components/class-names.js";
import { Wordmark } from "../components/logo.js";
import { AccountMenu } from "./account-menu.js";
import { isCurrent, places } from "./navigation.js";
import { ThemeToggle } from "./theme-toggle.js";

/** Narrow screens: the name at the head of the page and the places at its foot, under the thumb. */
export function TopBar({ org }: { readonly org: string }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  return (
    <>
      <header className="flex h-12 items-center justify-between border-b border-line bg-sunken px-4 sm:hidden">
        <Link to="/organizations/$org/issues/" params={{ org }} aria-label="Vedette">
          <Wordmark />
        </Link>
        <span className="flex items-center gap-1">
          <ThemeToggle />
          <AccountMenu org={org} align="end" />
        </span>
      </header>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
      >
        {places.map((place) => {
          const current = isCurrent(pathname, place.match);
          return (
            <Link
              key={place.label}
              to={place.to}
              params={{ org }}
              aria-current={current ? "page" : undefined}
              className={cx(
                "flex h-14 flex-col items-center justify-center gap-0.5 text-2xs font-medium",
                current ? "text-accent" : "text-ink-3",
              )}
            >
              <place.icon size={19} strokeWidth={1.85} aria-hidden="true" />
              {place.label}
            </Link>
          );
        })}
      </nav>
    </>
  );
}
