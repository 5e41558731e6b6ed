import { BellOff, BellRing, ChevronDown } from "lucide-react";
import { useSnoozeRule, type Rule } from "../../api/rules.js";
import { Button } from "../../components/button.js";
import { Menu, MenuItem, MenuLabel } from "../../components/menu.js";
import { useNow } from "../../components/time-ago.js";
import { toast } from "../../components/toast.js";

const durations = [
  ["30 minutes", 30],
  ["1 hour", 60],
  ["4 hours", 240],
  ["1 day", 1_440],
  ["1 week", 10_080],
] as const;

/** True while a rule is muted. */
export function isMuted(rule: Rule, nowMs: number): boolean {
  return rule.mutedUntil !== null && Date.parse(rule.mutedUntil) > nowMs;
}

/** Mutes a rule for a time, or wakes it. */
export function SnoozeMenu({
  org,
  rule,
  compact,
}: {
  readonly org: string;
  readonly rule: Rule;
  readonly compact?: boolean;
}) {
  const snooze = useSnoozeRule(org);
  const now = useNow();
  const muted = isMuted(rule, now);
  const mute = (durationMinutes: number | null) =>
    snooze.mutate(
      { id: rule.id, durationMinutes },
      { onSuccess: () => toast(durationMinutes ? "Muted." : "Awake again.") },
    );
  return (
    <Menu
      align="end"
      trigger={
        compact ? (
          <Button variant="ghost" size="icon" aria-label={`Mute ${rule.name}`} title="Mute">
            <BellOff size={15} className={muted ? "text-warning" : undefined} />
          </Button>
        ) : (
          <Button>
            <BellOff size={14} />
            {muted ? "Muted" : "Mute"}
            <ChevronDown size={13} className="-mr-0.5 text-ink-3" />
          </Button>
        )
      }
    >
      {muted && (
        <MenuItem icon={<BellRing size={14} />} onSelect={() => mute(null)}>
          Wake it now
        </MenuItem>
      )}
      <MenuLabel>Mute for</MenuLabel>
      {durations.map(([label, minutes]) => (
        <MenuItem key={minutes} onSelect={() => mute(minutes)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
