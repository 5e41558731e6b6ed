import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { BookOpenText, Pencil, Trash2, UserRound } from "lucide-react";
import { useState } from "react";
import { ruleQuery, ruleStatsQuery, useDeleteRule, useSaveRule, type Rule } from "../../api/rules.js";
import { Badge } from "../../components/badge.js";
import { BarChart } from "../../components/bar-chart.js";
import { buttonClass, IconButton } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { LoadError } from "../../components/empty-state.js";
import { Switch } from "../../components/form.js";
import { Page } from "../../components/page.js";
import { Skeleton } from "../../components/skeleton.js";
import { TimeAgo, useNow } from "../../components/time-ago.js";
import { HistoryList } from "./history-list.js";
import { SendTest } from "./send-test.js";
import { Sentence } from "./sentence.js";
import { isMuted, SnoozeMenu } from "./snooze-menu.js";

/** One rule: what it says, how often it fired, what became of every message. */
export function RulePage() {
  const { org, ruleId } = useParams({ from: "/signed-in/organizations/$org/alerts/rules/$ruleId" });
  const rule = useQuery(ruleQuery(org, ruleId));
  if (rule.isError) return <LoadError error={rule.error} retry={() => void rule.refetch()} />;
  return (
    <Page
      title={rule.data?.name ?? "Rule"}
      lead={
        <Link
          to="/organizations/$org/alerts/rules/"
          params={{ org }}
          className="text-xs text-ink-3 hover:text-ink"
        >
          All rules
        </Link>
      }
      actions={rule.data && <RuleActions org={org} rule={rule.data} />}
    >
      {rule.data ? <RuleBody org={org} rule={rule.data} /> : <Skeleton lines={8} className="h-6" />}
    </Page>
  );
}

function RuleActions({ org, rule }: { readonly org: string; readonly rule: Rule }) {
  const save = useSaveRule(org);
  const remove = useDeleteRule(org);
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const leave = () => void navigate({ to: "/organizations/$org/alerts/rules/", params: { org } });
  return (
    <>
      <label className="mr-1 flex items-center gap-2 text-ink-2">
        {rule.enabled ? "On" : "Off"}
        <Switch
          checked={rule.enabled}
          label="Rule is on"
          onChange={(enabled) => save.mutate({ id: rule.id, enabled })}
        />
      </label>
      <SnoozeMenu org={org} rule={rule} />
      <Link
        to="/organizations/$org/alerts/rules/$ruleId/edit/"
        params={{ org, ruleId: rule.id }}
        className={buttonClass()}
      >
        <Pencil size={13} />
        Edit
      </Link>
      <IconButton label="Delete the rule" onClick={() => setDeleting(true)}>
        <Trash2 size={15} />
      </IconButton>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete “${rule.name}”?`}
        description="It stops at once. Its history is deleted with it."
        confirm="Delete rule"
        onConfirm={() => remove.mutate(rule.id, { onSuccess: leave })}
      />
    </>
  );
}

function RuleBody({ org, rule }: { readonly org: string; readonly rule: Rule }) {
  const { definition } = rule;
  const muted = isMuted(rule, useNow());
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="min-w-0 space-y-5">
        <Card>
          <p className="max-w-[72ch] text-lg leading-[26px] text-ink-2">
            <Sentence rule={definition} />
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2">
            {muted && rule.mutedUntil && (
              <Badge tone="warning">
                Muted, wakes <TimeAgo at={rule.mutedUntil} />
              </Badge>
            )}
            {rule.origin === "file" && (
              <Badge title="The next apply overwrites changes made here">Kept in vedette.yaml</Badge>
            )}
            {definition.owner && (
              <span className="inline-flex items-center gap-1.5">
                <UserRound size={13} className="text-ink-3" aria-hidden="true" />
                {definition.owner}
              </span>
            )}
            {definition.runbook && /^https?:\/\//i.test(definition.runbook) && (
              <a
                href={definition.runbook}
                target="_blank"
                rel="noopener noreferrer"
                className="inline-flex items-center gap-1.5 text-accent hover:underline"
              >
                <BookOpenText size={13} aria-hidden="true" />
                Runbook
              </a>
            )}
          </div>
          {definition.description && (
            <p className="mt-3 whitespace-pre-wrap text-ink-2">{definition.description}</p>
          )}
        </Card>
        <Card title="History" flush>
          <HistoryList org={org} rule={rule.id} />
        </Card>
      </div>
      <aside className="space-y-5">
        <Card title="Last 14 days">
          <RuleChart org={org} rule={rule.id} />
        </Card>
        <Card title="Does it arrive?">
          <p className="mb-3 text-ink-2">A test goes to every channel of this rule, marked as a test.</p>
          <SendTest org={org} rule={rule.id} />
        </Card>
        <Card title="Messages show">
          <ul className="space-y-2.5">
            {definition.notify.map((target, index) => (
              <li key={index}>
                <p className="font-medium">
                  {target.channel}
                  {target.mention && (
                    <span className="ml-2 font-mono text-xs text-info">{target.mention}</span>
                  )}
                </p>
                <p className="text-xs text-ink-3">{(target.tags ?? []).join(", ") || "no tags"}</p>
              </li>
            ))}
          </ul>
        </Card>
      </aside>
    </div>
  );
}

function RuleChart({ org, rule }: { readonly org: string; readonly rule: string }) {
  const stats = useQuery(ruleStatsQuery(org, rule));
  const bars = (stats.data?.buckets ?? []).map(([at, value, second]) => ({ at, value, second }));
  return <BarChart bars={bars} height={72} unit="fired" secondUnit="throttled" byDay />;
}
