import { useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { keysQuery, useSaveKey, type ProjectKey } from "../../api/projects.js";
import { Button, IconButton } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { CopyButton } from "../../components/copy-button.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { Switch, TextInput } from "../../components/form.js";
import { Skeleton } from "../../components/skeleton.js";

/** Client keys; each has a DSN, a switch and a limit of its own. They act at once. */
export function KeysCard({ org, project }: { readonly org: string; readonly project: string }) {
  const keys = useQuery(keysQuery(org, project));
  const save = useSaveKey(org, project);
  return (
    <Card
      title="Client keys"
      flush
      aside={
        <Button
          disabled={save.isPending}
          onClick={() => save.mutate({ body: { name: `Key ${(keys.data?.length ?? 0) + 1}` } })}
        >
          <Plus size={14} />
          New key
        </Button>
      }
    >
      {keys.isPending && (
        <div className="p-4">
          <Skeleton lines={2} />
        </div>
      )}
      <ul className="divide-y divide-line">
        {keys.data?.map((key) => (
          <KeyRow key={key.id} projectKey={key} only={keys.data.length === 1} save={save.mutate} />
        ))}
      </ul>
    </Card>
  );
}

const perMinute = ({ rateLimit }: ProjectKey) =>
  rateLimit ? Math.round((rateLimit.count * 60) / rateLimit.window) : null;

function KeyRow(props: {
  readonly projectKey: ProjectKey;
  readonly only: boolean;
  readonly save: ReturnType<typeof useSaveKey>["mutate"];
}) {
  const { projectKey: key, save } = props;
  const [asking, setAsking] = useState(false);
  const limit = perMinute(key);
  const setLimit = (text: string) => {
    const next = text ? Number(text) : null;
    if (next !== limit) save({ id: key.id, body: { rateLimit: next ? { window: 60, count: next } : null } });
  };
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{key.name}</span>
        <span className="flex items-center gap-2 text-xs text-ink-3">
          at most
          <TextInput
            type="number"
            min={1}
            className="h-7! w-20!"
            placeholder="no limit"
            defaultValue={limit ?? ""}
            onBlur={(event) => setLimit(event.target.value)}
            aria-label="Items a minute"
          />
          a minute
        </span>
        <Switch
          label={`${key.name} is active`}
          checked={key.isActive}
          onChange={(isActive) => save({ id: key.id, body: { isActive } })}
        />
        <IconButton label={`Delete ${key.name}`} disabled={props.only} onClick={() => setAsking(true)}>
          <Trash2 size={15} />
        </IconButton>
      </div>
      <div className="mt-1.5 flex items-center gap-1 rounded-md bg-sunken pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-[12px] text-ink-2">{key.dsn.public}</code>
        <CopyButton text={key.dsn.public} />
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${key.name}?`}
        description="Applications that use this DSN are refused from now on. Switching it off can be undone; deleting cannot."
        confirm="Delete key"
        onConfirm={() => save({ id: key.id, remove: true })}
      />
    </li>
  );
}
