import { BellRing, Boxes, CircleDot, Settings2 } from "lucide-react";

/** The main places of the application, in order. `match` is the part of the address that marks one as current. */
export const places = [
  { label: "Issues", to: "/organizations/$org/issues/", match: "/issues/", icon: CircleDot, keys: "g i" },
  {
    label: "Alerts",
    to: "/organizations/$org/alerts/rules/",
    match: "/alerts/",
    icon: BellRing,
    keys: "g a",
  },
  { label: "Projects", to: "/organizations/$org/projects/", match: "/projects/", icon: Boxes, keys: "g p" },
  {
    label: "Settings",
    to: "/organizations/$org/settings/",
    match: "/settings/",
    icon: Settings2,
    keys: "g s",
  },
] as const;

/** True when an address belongs to a place: the first segment after the organisation decides. */
export function isCurrent(pathname: string, match: string): boolean {
  return pathname.replace(/^\/organizations\/[^/]+/, "").startsWith(match);
}
