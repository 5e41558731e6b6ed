import { useState, type FormEvent } from "react";
import { useSaveChannel, type Channel } from "../../api/channels.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field, TextInput } from "../../components/form.js";
import { formText } from "../../components/form-text.js";
import { Segmented } from "../../components/segmented.js";
import { toast } from "../../components/toast.js";

/** Adds a channel, or renames one and replaces its secret. */
export function ChannelDialog(props: {
  readonly org: string;
  readonly channel: Channel | null;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { org, channel } = props;
  const save = useSaveChannel(org);
  const [type, setType] = useState<Channel["type"]>(channel?.type ?? "discord");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const filled = Object.fromEntries(
      [...form.keys()].map((key) => [key, formText(form, key).trim()]).filter(([, value]) => value !== ""),
    );
    save.mutate(channel ? { ...filled, id: channel.id } : { ...filled, type }, {
      onSuccess: () => {
        toast(channel ? "Channel changed." : "Channel added. Send it a test.");
        props.onOpenChange(false);
      },
    });
  };
  const optional = channel ? "Leave empty to keep the present one." : undefined;
  return (
    <Dialog
      open
      onOpenChange={props.onOpenChange}
      title={channel ? `Change ${channel.name}` : "Add a channel"}
    >
      <form onSubmit={submit} className="mt-3 space-y-4">
        {!channel && (
          <Segmented
            label="Kind"
            value={type}
            onChange={setType}
            options={[
              ["discord", "Discord webhook"],
              ["discord_bot", "Discord bot"],
            ]}
          />
        )}
        <Field label="Name" hint="Rules name the channel by it.">
          {(id) => (
            <TextInput
              id={id}
              name="name"
              required
              defaultValue={channel?.name}
              placeholder="sentry-critical"
              autoComplete="off"
            />
          )}
        </Field>
        {type === "discord" ? (
          <Field label="Webhook address" hint={optional ?? "Stored encrypted, shown never again."}>
            {(id) => (
              <TextInput
                id={id}
                name="webhookUrl"
                type="url"
                required={!channel}
                autoComplete="off"
                placeholder="https://discord.com/api/webhooks/…"
              />
            )}
          </Field>
        ) : (
          <>
            <Field label="Bot token" hint={optional ?? "Stored encrypted, shown never again."}>
              {(id) => (
                <TextInput id={id} name="botToken" type="password" required={!channel} autoComplete="off" />
              )}
            </Field>
            <Field
              label="Channel id"
              hint="In Discord, with developer mode on: right-click the channel, Copy Channel ID."
            >
              {(id) => (
                <TextInput
                  id={id}
                  name="channelId"
                  inputMode="numeric"
                  pattern="\d{5,20}"
                  required={!channel}
                  defaultValue={channel?.config.channelId}
                />
              )}
            </Field>
          </>
        )}
        <p role="alert" className="text-error empty:hidden">
          {save.error?.message}
        </p>
        <div className="flex justify-end gap-2">
          <Button size="md" onClick={() => props.onOpenChange(false)}>
            Cancel
          </Button>
          <Button size="md" type="submit" variant="primary" disabled={save.isPending}>
            {channel ? "Save" : "Add channel"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
