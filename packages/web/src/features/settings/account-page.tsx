import { useParams } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useChangePassword, useSession } from "../../api/session.js";
import { Button } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { Field, TextInput } from "../../components/form.js";
import { formText } from "../../components/form-text.js";
import { toast } from "../../components/toast.js";
import { SettingsFrame } from "./settings-frame.js";

const minPasswordLength = 8;

/** Who is signed in, and the password. */
export function AccountPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/settings" });
  const session = useSession();
  return (
    <SettingsFrame org={org} lead="Your own account.">
      <div className="space-y-5">
        <Card title="You">
          <dl className="grid grid-cols-[110px_minmax(0,1fr)] gap-y-1.5">
            <dt className="text-ink-3">Name</dt>
            <dd>{session.user?.name}</dd>
            <dt className="text-ink-3">E-mail</dt>
            <dd>{session.user?.email}</dd>
            <dt className="text-ink-3">Role</dt>
            <dd className="capitalize">{session.role}</dd>
            <dt className="text-ink-3">Server</dt>
            <dd>
              Vedette {session.serverVersion} at {session.publicUrl}
            </dd>
          </dl>
        </Card>
        <PasswordCard first={session.needsPasswordChange} />
      </div>
    </SettingsFrame>
  );
}

function PasswordCard({ first }: { readonly first: boolean }) {
  const change = useChangePassword();
  const [mismatch, setMismatch] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const newPassword = formText(data, "new");
    const same = newPassword === data.get("again");
    setMismatch(!same);
    if (!same) return;
    change.mutate(
      { currentPassword: formText(data, "current"), newPassword },
      {
        onSuccess: () => {
          form.reset();
          toast("Password changed. Other sessions have ended.");
        },
      },
    );
  };
  return (
    <Card title="Password">
      {first && (
        <p className="mb-4 max-w-[60ch] text-ink-2">
          You still have the password printed at the first start. Anybody who read that output knows it.
        </p>
      )}
      <form onSubmit={submit} className="grid max-w-sm gap-4">
        <Field label="Current password">
          {(id) => (
            <TextInput id={id} name="current" type="password" required autoComplete="current-password" />
          )}
        </Field>
        <Field
          label="New password"
          hint={`At least ${minPasswordLength} characters. Length beats odd signs.`}
        >
          {(id) => (
            <TextInput
              id={id}
              name="new"
              type="password"
              required
              minLength={minPasswordLength}
              autoComplete="new-password"
            />
          )}
        </Field>
        <Field label="New password again" error={mismatch ? "The two are not the same." : undefined}>
          {(id) => <TextInput id={id} name="again" type="password" required autoComplete="new-password" />}
        </Field>
        <div>
          <Button type="submit" variant="primary" size="md" disabled={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
