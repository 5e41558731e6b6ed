import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Hash, Plus } from "lucide-react";
import { useState } from "react";
import { channelsQuery, type Channel } from "../../api/channels.js";
import { Button } from "../../components/button.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { Skeleton } from "../../components/skeleton.js";
import { AlertsFrame } from "./alerts-frame.js";
import { ChannelDialog } from "./channel-dialog.js";
import { ChannelRow } from "./channel-row.js";

/** Where messages go: every channel with its health. */
export function ChannelsPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/alerts/channels" });
  const channels = useQuery(channelsQuery(org));
  const [editing, setEditing] = useState<Channel | "new" | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus size={14} />
      Add a channel
    </Button>
  );
  return (
    <AlertsFrame
      org={org}
      title="Alerts"
      lead="Channels carry messages to people. Webhook addresses are stored encrypted and never shown again."
      action={add}
    >
      <div className="rounded-lg border border-line bg-surface shadow-card">
        {channels.isPending && (
          <div className="p-5">
            <Skeleton lines={4} />
          </div>
        )}
        {channels.isError && <LoadError error={channels.error} retry={() => void channels.refetch()} />}
        {channels.data?.length === 0 && (
          <EmptyState icon={Hash} title="No channel yet" action={add}>
            In Discord, open a channel’s settings, then Integrations, Webhooks, and copy the address of a new
            webhook. Paste it here and send a test.
          </EmptyState>
        )}
        {channels.data && channels.data.length > 0 && (
          <ul className="divide-y divide-line">
            {channels.data.map((channel) => (
              <ChannelRow key={channel.id} org={org} channel={channel} onEdit={() => setEditing(channel)} />
            ))}
          </ul>
        )}
      </div>
      {editing && (
        <ChannelDialog
          org={org}
          channel={editing === "new" ? null : editing}
          onOpenChange={() => setEditing(null)}
        />
      )}
    </AlertsFrame>
  );
}
