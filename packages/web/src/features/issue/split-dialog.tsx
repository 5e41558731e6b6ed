import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { hashesQuery, useSplitIssue } from "../../api/issue.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Skeleton } from "../../components/skeleton.js";
import { TimeAgo } from "../../components/time-ago.js";
import { toast } from "../../components/toast.js";

/** The grouping hashes merged into an issue; some of them can be split off into an issue of their own. */
export function SplitDialog(props: {
  readonly org: string;
  readonly issueId: string;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const hashes = useQuery(hashesQuery(props.org, props.issueId));
  const split = useSplitIssue(props.org, props.issueId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const all = hashes.data ?? [];
  const toggle = (id: string) =>
    setChosen((old) => (old.includes(id) ? old.filter((one) => one !== id) : [...old, id]));
  return (
    <Dialog
      open
      onOpenChange={props.onOpenChange}
      wide
      title="What is grouped here"
      description="Events with the same hash always belong together. Hashes that were merged by mistake can be split off into a new issue; merging is done from the issue list."
    >
      {hashes.isPending && <Skeleton lines={4} />}
      <ul className="divide-y divide-line rounded-md border border-line">
        {all.map((one) => (
          <li key={one.id}>
            <label className="flex items-start gap-3 px-3 py-2 hover:bg-hover">
              <input
                type="checkbox"
                className="mt-1 accent-(--accent)"
                checked={chosen.includes(one.id)}
                onChange={() => toggle(one.id)}
                disabled={all.length < 2}
              />
              <span className="min-w-0">
                <code className="font-mono text-[12px] break-all">{one.id}</code>
                {one.explanation && (
                  <span className="block [overflow-wrap:anywhere] text-ink-2">{one.explanation}</span>
                )}
                {one.latestEvent?.dateCreated && (
                  <span className="block text-xs text-ink-3">
                    latest event <TimeAgo at={one.latestEvent.dateCreated} />
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex justify-end gap-2">
        <Button size="md" onClick={() => props.onOpenChange(false)}>
          Close
        </Button>
        <Button
          size="md"
          variant="primary"
          disabled={chosen.length === 0 || chosen.length === all.length || split.isPending}
          onClick={() =>
            split.mutate(chosen, {
              onSuccess: () => {
                toast("Split off into a new issue.");
                props.onOpenChange(false);
              },
            })
          }
        >
          Split off {chosen.length || ""}
        </Button>
      </div>
    </Dialog>
  );
}
