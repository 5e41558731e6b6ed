import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { BellPlus, BellRing } from "lucide-react";
import { rulesQuery } from "../../api/rules.js";
import { buttonClass } from "../../components/button.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { Skeleton } from "../../components/skeleton.js";
import { AlertsFrame } from "./alerts-frame.js";
import { RuleRow } from "./rule-row.js";

/** Every alert rule: what it says, whether it is on, and what it did lately. */
export function RulesPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/alerts/rules" });
  const rules = useQuery(rulesQuery(org));
  const create = (
    <Link to="/organizations/$org/alerts/rules/new/" params={{ org }} className={buttonClass("primary")}>
      <BellPlus size={14} />
      New rule
    </Link>
  );
  return (
    <AlertsFrame
      org={org}
      title="Alerts"
      lead="A rule watches issues and tells a channel within seconds. Rules can also live in vedette.yaml, beside your code."
      action={create}
    >
      <div className="rounded-lg border border-line bg-surface shadow-card">
        {rules.isPending && (
          <div className="p-5">
            <Skeleton lines={6} />
          </div>
        )}
        {rules.isError && <LoadError error={rules.error} retry={() => void rules.refetch()} />}
        {rules.data?.length === 0 && (
          <EmptyState icon={BellRing} title="Nobody is told yet" action={create}>
            Start with one rule: a new issue of level error in production goes to a Discord channel, at most
            once an hour. You can send a test before anything breaks.
          </EmptyState>
        )}
        {rules.data && rules.data.length > 0 && (
          <ul className="divide-y divide-line">
            {rules.data.map((rule) => (
              <RuleRow key={rule.id} org={org} rule={rule} />
            ))}
          </ul>
        )}
      </div>
    </AlertsFrame>
  );
}
