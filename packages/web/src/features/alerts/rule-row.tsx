import { Link } from "@tanstack/react-router";
import { FileCode2 } from "lucide-react";
import { useSaveRule, type Rule } from "../../api/rules.js";
import { Badge } from "../../components/badge.js";
import { cx } from "../../components/class-names.js";
import { Switch } from "../../components/form.js";
import { TimeAgo, useNow } from "../../components/time-ago.js";
import { Sentence } from "./sentence.js";
import { isMuted, SnoozeMenu } from "./snooze-menu.js";

/** One rule of the list. */
export function RuleRow({ org, rule }: { readonly org: string; readonly rule: Rule }) {
  const save = useSaveRule(org);
  const muted = isMuted(rule, useNow());
  return (
    <li className="group relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-2 px-4 py-3.5 hover:bg-hover md:grid-cols-[minmax(0,1fr)_132px_auto]">
      <div className={cx("min-w-0", !rule.enabled && "opacity-55")}>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            to="/organizations/$org/alerts/rules/$ruleId/"
            params={{ org, ruleId: rule.id }}
            className="truncate text-base font-semibold tracking-[-0.01em] outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {rule.name}
          </Link>
          {muted && rule.mutedUntil && (
            <Badge tone="warning">
              Muted, wakes <TimeAgo at={rule.mutedUntil} />
            </Badge>
          )}
          {(rule.missingChannels?.length ?? 0) > 0 && (
            <Badge tone="error">No channel {rule.missingChannels?.join(", ")}</Badge>
          )}
          {rule.origin === "file" && (
            <Badge title="Kept in vedette.yaml; the next apply overwrites changes made here">
              <FileCode2 size={11} aria-hidden="true" />
              vedette.yaml
            </Badge>
          )}
        </div>
        <p className="mt-0.5 text-ink-2">
          <Sentence rule={rule.definition} />
        </p>
      </div>
      <dl className="text-xs max-md:order-3 max-md:col-span-2 max-md:flex max-md:gap-4 md:text-right">
        <div>
          <dt className="sr-only">Last fired</dt>
          <dd className="text-ink-2">
            {rule.lastFired ? (
              <>
                fired <TimeAgo at={rule.lastFired} />
              </>
            ) : (
              "never fired"
            )}
          </dd>
        </div>
        <div>
          <dt className="sr-only">In 24 hours</dt>
          <dd className="nums text-ink-3">
            {rule.fired24h ?? 0} in 24 h
            {(rule.failed24h ?? 0) > 0 && (
              <span className="ml-1.5 font-medium text-error">{rule.failed24h} failed</span>
            )}
          </dd>
        </div>
      </dl>
      <div className="relative z-10 flex items-center gap-2.5 max-md:self-start">
        <SnoozeMenu org={org} rule={rule} compact />
        <Switch
          checked={rule.enabled}
          label={`${rule.name} is on`}
          onChange={(enabled) => save.mutate({ id: rule.id, enabled })}
        />
      </div>
    </li>
  );
}
