import { Link, useRouterState } from "@tanstack/react-router";
import { Keyboard } from "lucide-react";
import { useOrganization } from "../api/organization.js";
import { IconButton } from "../components/button.js";
import { cx } from "../components/class-names.js";
import { Wordmark } from "../components/logo.js";
import { AccountMenu } from "./account-menu.js";
import { isCurrent, places } from "./navigation.js";
import { ThemeToggle } from "./theme-toggle.js";

/** Navigation at the left; on narrow screens the bar at the foot takes its place. */
export function Sidebar({ org, onHelp }: { readonly org: string; readonly onHelp: () => void }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const organization = useOrganization(org);
  return (
    <aside className="fixed inset-y-0 left-0 z-30 hidden w-[200px] flex-col border-r border-line bg-sunken sm:flex">
      <div className="px-4 pt-4 pb-5">
        <Link
          to="/organizations/$org/issues/"
          params={{ org }}
          className="inline-block rounded-md"
          aria-label="Vedette"
        >
          <Wordmark />
        </Link>
        <p className="mt-0.5 h-4 truncate pl-[30px] text-2xs text-ink-3">{organization.data?.name}</p>
      </div>
      <nav aria-label="Main" className="flex-1 space-y-0.5 overflow-y-auto px-2">
        {places.map((place) => {
          const current = isCurrent(pathname, place.match);
          return (
            <Link
              key={place.label}
              to={place.to}
              params={{ org }}
              aria-current={current ? "page" : undefined}
              className={cx(
                "flex h-8 items-center gap-2.5 rounded-md px-2 font-medium",
                current
                  ? "bg-surface text-ink shadow-card ring-1 ring-line"
                  : "text-ink-2 hover:bg-hover hover:text-ink",
              )}
            >
              <place.icon
                size={16}
                strokeWidth={1.85}
                className={current ? "text-accent" : "text-ink-3"}
                aria-hidden="true"
              />
              {place.label}
            </Link>
          );
        })}
      </nav>
      <div className="flex items-center justify-between border-t border-line px-2.5 py-2">
        <AccountMenu org={org} />
        <span className="flex">
          <IconButton label="Keyboard shortcuts (?)" onClick={onHelp}>
            <Keyboard size={15} />
          </IconButton>
          <ThemeToggle />
        </span>
      </div>
    </aside>
  );
}
