import {
  Archive,
  ArrowUpRight,
  CheckCheck,
  ChevronDown,
  Clock,
  Hash,
  Infinity as Forever,
  Rocket,
  Tag,
  Users,
} from "lucide-react";
import type { IssueChange } from "../../api/issues.js";
import { Button, type ButtonVariant } from "../button.js";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../menu.js";

type OnChange = (change: IssueChange) => void;

/** Resolve: now with one click, or tied to a release from the menu. */
export function ResolveMenu(props: {
  readonly onChange: OnChange;
  readonly currentRelease?: string | undefined;
  readonly variant?: ButtonVariant;
}) {
  const variant = props.variant ?? "primary";
  return (
    <span className="inline-flex">
      <Button
        variant={variant}
        className="rounded-r-none"
        onClick={() => props.onChange({ status: "resolved" })}
      >
        <CheckCheck size={14} />
        Resolve
      </Button>
      <Menu
        trigger={
          <Button
            variant={variant}
            className="-ml-px rounded-l-none border-l-on-accent/25 px-1.5"
            aria-label="More ways to resolve"
          >
            <ChevronDown size={14} />
          </Button>
        }
      >
        <MenuLabel>Resolved in</MenuLabel>
        <MenuItem
          icon={<Rocket size={14} />}
          onSelect={() => props.onChange({ status: "resolved", statusDetails: { inNextRelease: true } })}
        >
          The next release
        </MenuItem>
        <MenuItem
          icon={<Tag size={14} />}
          hint={props.currentRelease}
          onSelect={() =>
            props.onChange({
              status: "resolved",
              statusDetails: { inRelease: props.currentRelease ?? "latest" },
            })
          }
        >
          The current release
        </MenuItem>
      </Menu>
    </span>
  );
}

const durations = [
  ["30 minutes", 30],
  ["2 hours", 120],
  ["1 day", 1_440],
  ["1 week", 10_080],
] as const;
const counts = [10, 100, 1_000] as const;

/** Archive: until something happens, or for good. */
export function ArchiveMenu({ onChange }: { readonly onChange: OnChange }) {
  const until = (statusDetails: NonNullable<IssueChange["statusDetails"]>) =>
    onChange({ status: "ignored", substatus: "archived_until_condition_met", statusDetails });
  return (
    <Menu
      trigger={
        <Button>
          <Archive size={14} />
          Archive
          <ChevronDown size={13} className="-mr-0.5 text-ink-3" />
        </Button>
      }
    >
      <MenuItem
        icon={<ArrowUpRight size={14} />}
        onSelect={() => onChange({ status: "ignored", substatus: "archived_until_escalating" })}
      >
        Until it escalates
      </MenuItem>
      <MenuItem
        icon={<Forever size={14} />}
        onSelect={() => onChange({ status: "ignored", substatus: "archived_forever" })}
      >
        For good
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>For a time</MenuLabel>
      {durations.map(([label, minutes]) => (
        <MenuItem
          key={minutes}
          icon={<Clock size={14} />}
          onSelect={() => until({ ignoreDuration: minutes })}
        >
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>Until it happens again</MenuLabel>
      {counts.map((count) => (
        <MenuItem key={count} icon={<Hash size={14} />} onSelect={() => until({ ignoreCount: count })}>
          {count.toLocaleString("en")} more times
        </MenuItem>
      ))}
      <MenuItem icon={<Users size={14} />} onSelect={() => until({ ignoreUserCount: 10 })}>
        To 10 more users
      </MenuItem>
    </Menu>
  );
}
