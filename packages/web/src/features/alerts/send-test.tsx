import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, LoaderCircle, Send, X } from "lucide-react";
import { useEffect } from "react";
import { notificationQuery } from "../../api/channels.js";
import { useTestRule } from "../../api/rules.js";
import { Button } from "../../components/button.js";

/** Sends a test to every channel of a rule and shows live what became of it. */
export function SendTest({ org, rule }: { readonly org: string; readonly rule: string }) {
  const test = useTestRule(org);
  return (
    <div>
      <Button disabled={test.isPending} onClick={() => test.mutate(rule)}>
        <Send size={14} />
        Send a test
      </Button>
      {test.data && (
        <ul className="mt-3 space-y-1" aria-live="polite">
          {test.data.notifications.map((one) => (
            <TestResult key={one.id} org={org} id={one.id} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** One test message on its way: on the way, delivered in so many milliseconds, or failed and why. */
export function TestResult({ org, id }: { readonly org: string; readonly id: string }) {
  const client = useQueryClient();
  const { data } = useQuery(notificationQuery(org, id));
  const state = data?.state;
  useEffect(() => {
    // The end of a test shows in the history and may have disabled its channel.
    if (state === undefined || state === "pending" || state === "sending") return;
    void client.invalidateQueries({ queryKey: ["channels", org] });
    void client.invalidateQueries({ queryKey: ["history", org] });
  }, [client, org, state]);
  if (!data || data.state === "pending" || data.state === "sending") {
    return (
      <li className="flex items-center gap-2 text-ink-2">
        <LoaderCircle size={14} className="animate-spin text-ink-3" aria-hidden="true" />
        {data?.channel.name ?? "…"}: on its way{data && data.attempts > 0 ? `, try ${data.attempts + 1}` : ""}
        {data?.lastError ? ` (${data.lastError})` : ""}
      </li>
    );
  }
  const last = data.deliveries.at(-1);
  const good = data.state === "delivered";
  return (
    <li className="flex items-start gap-2">
      {good ? (
        <Check size={14} className="mt-[3px] shrink-0 text-good" aria-hidden="true" />
      ) : (
        <X size={14} className="mt-[3px] shrink-0 text-error" aria-hidden="true" />
      )}
      <span className="min-w-0">
        <span className="font-medium">{data.channel.name}</span>{" "}
        <span className={good ? "text-ink-2" : "[overflow-wrap:anywhere] text-error"}>
          {good
            ? `delivered${last ? ` in ${last.durationMs} ms` : ""}`
            : (data.lastError ?? last?.reason ?? data.state)}
        </span>
      </span>
    </li>
  );
}
