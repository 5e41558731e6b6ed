import { SignalHigh, SignalLow, SignalMedium } from "lucide-react";
import type { IssuePriority } from "../../api/issue.js";
import { Button } from "../button.js";
import { Menu, MenuItem, MenuLabel } from "../menu.js";

const looks = {
  high: [SignalHigh, "text-error"],
  medium: [SignalMedium, "text-warning"],
  low: [SignalLow, "text-ink-3"],
} as const;
const order = ["high", "medium", "low"] as const;

/** A priority as signal bars. */
function PriorityMark({ priority }: { readonly priority: IssuePriority | null }) {
  const [Icon, colour] = looks[priority ?? "low"];
  return (
    <Icon size={17} strokeWidth={2.5} className={colour} aria-label={`Priority ${priority ?? "not set"}`} />
  );
}

/** Shows a priority and lets it be changed. */
export function PriorityMenu(props: {
  readonly priority: IssuePriority | null;
  readonly onChange: (priority: IssuePriority) => void;
  readonly compact?: boolean;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <Button
          variant={props.compact ? "ghost" : "secondary"}
          size={props.compact ? "icon" : "sm"}
          aria-label="Change priority"
        >
          <PriorityMark priority={props.priority} />
          {!props.compact && <span className="capitalize">{props.priority ?? "Priority"}</span>}
        </Button>
      }
    >
      <MenuLabel>Priority</MenuLabel>
      {order.map((one) => (
        <MenuItem
          key={one}
          icon={<PriorityMark priority={one} />}
          checked={one === props.priority}
          onSelect={() => props.onChange(one)}
        >
          <span className="capitalize">{one}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
