import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { auditQuery } from "../../api/organization.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { TimeAgo } from "../../components/time-ago.js";
import { changeSummary } from "./change-summary.js";
import { SettingsFrame } from "./settings-frame.js";

/** Who changed what. */
export function AuditPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/settings/audit" });
  const audit = useQuery(auditQuery(org));
  return (
    <SettingsFrame
      org={org}
      lead="Every change of settings, rules, channels, keys and members. Secrets are never written here."
    >
      <div className="rounded-lg border border-line bg-surface shadow-card">
        {audit.isError && <LoadError error={audit.error} />}
        {audit.data?.length === 0 && (
          <EmptyState icon={ScrollText} title="Nothing has been changed yet">
            Changes appear here with who made them.
          </EmptyState>
        )}
        <ul className="divide-y divide-line">
          {audit.data?.map((entry) => (
            <li
              key={entry.id}
              className="grid gap-x-4 px-4 py-2 sm:grid-cols-[minmax(120px,22%)_minmax(0,1fr)_80px]"
            >
              <span className="truncate font-medium">
                {entry.user?.name || entry.user?.email || "Vedette"}
              </span>
              <span className="min-w-0">
                <code className="font-mono text-[12px]">{entry.action}</code>
                {entry.target && (
                  <span className="ml-2 [overflow-wrap:anywhere] text-ink-2">{entry.target}</span>
                )}
                {entry.data && Object.keys(entry.data).length > 0 && (
                  <span
                    className="block truncate font-mono text-[11.5px] text-ink-3"
                    title={changeSummary(entry.data)}
                  >
                    {changeSummary(entry.data)}
                  </span>
                )}
              </span>
              <span className="text-xs text-ink-3 sm:text-right">
                <TimeAgo at={entry.dateCreated} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </SettingsFrame>
  );
}
