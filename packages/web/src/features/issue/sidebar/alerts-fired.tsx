import { Link } from "@tanstack/react-router";
import type { IssueAlert } from "../../../api/issue.js";
import { Badge } from "../../../components/badge.js";
import { SideSection } from "../../../components/card.js";
import { TimeAgo } from "../../../components/time-ago.js";

const maxShown = 5;

/** Which rules told somebody about this issue, and which were held back. */
export function AlertsFired({
  org,
  alerts,
}: {
  readonly org: string;
  readonly alerts: readonly IssueAlert[];
}) {
  return (
    <SideSection title="Alerts">
      {alerts.length === 0 && <p className="text-ink-3">No rule has fired for this issue.</p>}
      <ul className="space-y-2">
        {alerts.slice(0, maxShown).map((alert, index) => (
          <li key={index}>
            <div className="flex items-center justify-between gap-2">
              <Link
                to="/organizations/$org/alerts/rules/$ruleId/"
                params={{ org, ruleId: alert.ruleId }}
                className="min-w-0 truncate font-medium hover:text-accent"
              >
                {alert.ruleName}
              </Link>
              <Badge tone={alert.outcome === "fired" ? "accent" : "neutral"}>{alert.outcome}</Badge>
            </div>
            <p className="truncate text-xs text-ink-3" title={alert.reason}>
              <TimeAgo at={alert.dateCreated} /> · {alert.reason}
            </p>
          </li>
        ))}
      </ul>
    </SideSection>
  );
}
