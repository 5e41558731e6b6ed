import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { tokensQuery, useDeleteToken, type ApiToken } from "../../api/tokens.js";
import { Button, IconButton } from "../../components/button.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { TimeAgo } from "../../components/time-ago.js";
import { toast } from "../../components/toast.js";
import { NewTokenDialog } from "./new-token-dialog.js";
import { SettingsFrame } from "./settings-frame.js";

/** API tokens: for sentry-cli, build plugins and the vedette command line. */
export function TokensPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/settings/tokens" });
  const tokens = useQuery(tokensQuery);
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus size={14} />
      New token
    </Button>
  );
  return (
    <SettingsFrame
      org={org}
      lead="For sentry-cli, build plugins, vedette apply and scripts of your own."
      action={create}
    >
      <div className="rounded-lg border border-line bg-surface shadow-card">
        {tokens.isError && <LoadError error={tokens.error} />}
        {tokens.data?.length === 0 && (
          <EmptyState icon={KeyRound} title="No token yet">
            A token acts for you, within its scopes. Its secret is shown once.
          </EmptyState>
        )}
        <ul className="divide-y divide-line">
          {tokens.data?.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      </div>
      {creating && <NewTokenDialog onOpenChange={setCreating} />}
    </SettingsFrame>
  );
}

function TokenRow({ token }: { readonly token: ApiToken }) {
  const remove = useDeleteToken();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {token.name}
          {token.tokenLastCharacters && (
            <code className="ml-2 font-mono text-xs text-ink-3">…{token.tokenLastCharacters}</code>
          )}
        </p>
        <p className="truncate text-xs text-ink-3">{token.scopes.join(", ")}</p>
      </div>
      <span className="text-xs text-ink-3">
        {token.dateLastUsed ? (
          <>
            used <TimeAgo at={token.dateLastUsed} />
          </>
        ) : (
          "never used"
        )}
      </span>
      <IconButton label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
        <Trash2 size={15} />
      </IconButton>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke ${token.name}?`}
        description="Whatever uses it is refused from now on."
        confirm="Revoke"
        onConfirm={() => remove.mutate(token.id, { onSuccess: () => toast("Token revoked.") })}
      />
    </li>
  );
}
