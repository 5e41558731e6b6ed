import { useParams } from "@tanstack/react-router";
import { AlertsFrame } from "./alerts-frame.js";
import { HistoryList } from "./history-list.js";

/** Everything the rules did, over all rules. */
export function HistoryPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/alerts/history" });
  return (
    <AlertsFrame
      org={org}
      title="Alerts"
      lead="Every firing, every message held back and every delivery, with the reason. Nothing is lost silently."
    >
      <div className="rounded-lg border border-line bg-surface shadow-card">
        <HistoryList org={org} rule={null} />
      </div>
    </AlertsFrame>
  );
}
