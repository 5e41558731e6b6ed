import { Link } from "@tanstack/react-router";
import { KeyRound, OctagonPause } from "lucide-react";
import { useEmergencyStop, useOrganization } from "../api/organization.js";
import { useSession } from "../api/session.js";
import { Button, buttonClass } from "../components/button.js";
import { TimeAgo } from "../components/time-ago.js";
import { toast } from "../components/toast.js";

/** On every page while the emergency stop is on: nobody may overlook that no alert goes out. */
export function StoppedBanner({ org }: { readonly org: string }) {
  const { data } = useOrganization(org);
  const stop = useEmergencyStop(org);
  if (!data?.alertsStoppedAt) return null;
  const by = data.alertsStoppedBy;
  const name = typeof by === "string" ? by : (by?.name ?? by?.email);
  return (
    <div
      role="alert"
      className="stripes flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-error/40 bg-error-soft px-4 py-2 sm:px-6"
    >
      <OctagonPause size={17} className="shrink-0 text-error" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">All alerts are stopped.</strong>{" "}
        <span className="text-ink-2">
          {name ? `${name} pulled the brake ` : "Stopped "}
          <TimeAgo at={data.alertsStoppedAt} />. Nothing is sent to any channel; events are still collected.
        </span>
      </p>
      <Button
        disabled={stop.isPending}
        onClick={() => stop.mutate(false, { onSuccess: () => toast("Alerts go out again.") })}
      >
        Resume alerts
      </Button>
    </div>
  );
}

/** Until the one-time password of the first start has been replaced. */
export function PasswordBanner({ org }: { readonly org: string }) {
  const session = useSession();
  if (!session.needsPasswordChange) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-warning/40 bg-warning-soft px-4 py-2 sm:px-6">
      <KeyRound size={16} className="shrink-0 text-warning" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        You are using the password printed at the first start.{" "}
        <span className="text-ink-2">Choose your own before others join.</span>
      </p>
      <Link to="/organizations/$org/settings/" params={{ org }} className={buttonClass()}>
        Change password
      </Link>
    </div>
  );
}
