import { EllipsisVertical, KeyRound, Power, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteChannel, useEnableChannel, useTestChannel, type Channel } from "../../api/channels.js";
import { Badge } from "../../components/badge.js";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { Menu, MenuItem, MenuSeparator } from "../../components/menu.js";
import { TimeAgo } from "../../components/time-ago.js";
import { toast } from "../../components/toast.js";
import { TestResult } from "./send-test.js";

/** One channel: does it work, when did it last carry something, and why not. */
export function ChannelRow({
  org,
  channel,
  onEdit,
}: {
  readonly org: string;
  readonly channel: Channel;
  readonly onEdit: () => void;
}) {
  const test = useTestChannel(org);
  const enable = useEnableChannel(org);
  const remove = useDeleteChannel(org);
  const [deleting, setDeleting] = useState(false);
  const { lastDelivery } = channel;
  const disabled = channel.status === "disabled";
  return (
    <li className="px-4 py-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <div className="flex min-w-0 flex-wrap items-center gap-2.5">
            <span className="truncate text-base font-semibold tracking-[-0.01em]">{channel.name}</span>
            <Badge tone={disabled ? "error" : "good"}>{disabled ? "Disabled" : "Active"}</Badge>
            <span className="text-xs text-ink-3">
              {channel.type === "discord" ? "Discord webhook" : "Discord bot"}
            </span>
            <code className="truncate font-mono text-[11.5px] text-ink-3">
              {channel.secretHint ?? channel.config.channelId}
            </code>
          </div>
          <p className="mt-0.5 text-ink-2">
            {lastDelivery ? (
              <>
                Last message {lastDelivery.outcome} <TimeAgo at={lastDelivery.at} />
                {lastDelivery.reason && lastDelivery.outcome !== "delivered" && (
                  <span className="text-error"> · {lastDelivery.reason}</span>
                )}
              </>
            ) : (
              "Nothing sent yet."
            )}
          </p>
        </div>
        <div className="flex items-center gap-1.5">
          {disabled && (
            <Button
              variant="primary"
              disabled={enable.isPending}
              onClick={() =>
                enable.mutate(channel.id, { onSuccess: () => toast(`${channel.name} is on again.`) })
              }
            >
              <Power size={13} />
              Enable
            </Button>
          )}
          <Button disabled={test.isPending} onClick={() => test.mutate(channel.id)}>
            <Send size={13} />
            Test
          </Button>
          <Menu
            align="end"
            trigger={
              <IconButton label={`More about ${channel.name}`}>
                <EllipsisVertical size={15} />
              </IconButton>
            }
          >
            <MenuItem icon={<KeyRound size={14} />} onSelect={onEdit}>
              Rename or replace the secret
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 size={14} />} onSelect={() => setDeleting(true)}>
              Delete
            </MenuItem>
          </Menu>
        </div>
      </div>
      {disabled && channel.statusReason && (
        <p className="mt-2 rounded-md border border-error/25 bg-error-soft px-3 py-1.5 [overflow-wrap:anywhere]">
          {channel.statusReason}
        </p>
      )}
      {test.data && (
        <ul className="mt-2" aria-live="polite">
          <TestResult org={org} id={test.data.notification.id} />
        </ul>
      )}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${channel.name}?`}
        description="Rules that tell this channel stop telling it. The webhook itself stays in Discord."
        confirm="Delete channel"
        onConfirm={() => remove.mutate(channel.id)}
      />
    </li>
  );
}
