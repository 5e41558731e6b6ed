import { OctagonPause } from "lucide-react";
import { useState } from "react";
import { useEmergencyStop, useOrganization } from "../../api/organization.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { toast } from "../../components/toast.js";

/** One button that silences everything. It asks first, says what will happen, and is undone from the banner. */
export function EmergencyStop({ org }: { readonly org: string }) {
  const organization = useOrganization(org);
  const stop = useEmergencyStop(org);
  const [asking, setAsking] = useState(false);
  if (organization.data?.alertsStoppedAt) return null;
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        <OctagonPause size={14} />
        Stop all alerts
      </Button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Stop all alerts now?"
        description={
          <ul className="list-disc space-y-1 pl-4">
            <li>From this moment no rule sends anything to any channel, in every project.</li>
            <li>Events are still collected, and issues still open and close.</li>
            <li>What would have been sent is kept in the history as “stopped”. It is not sent later.</li>
            <li>A banner stays on every page, for everybody, until somebody resumes.</li>
          </ul>
        }
      >
        <div className="flex justify-end gap-2">
          <Button size="md" autoFocus onClick={() => setAsking(false)}>
            Keep them on
          </Button>
          <Button
            size="md"
            variant="danger"
            disabled={stop.isPending}
            onClick={() =>
              stop.mutate(true, {
                onSuccess: () => {
                  setAsking(false);
                  toast("All alerts are stopped.");
                },
              })
            }
          >
            <OctagonPause size={15} />
            Stop all alerts
          </Button>
        </div>
      </Dialog>
    </>
  );
}
