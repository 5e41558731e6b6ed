import { useState, type FormEvent } from "react";
import { useCreateToken } from "../../api/tokens.js";
import { Button } from "../../components/button.js";
import { CopyButton } from "../../components/copy-button.js";
import { Dialog } from "../../components/dialog.js";
import { Field, TextInput } from "../../components/form.js";
import { formText } from "../../components/form-text.js";

const scopes = [
  ["org:read", "Read the organisation"],
  ["org:ci", "Releases and source maps from a build"],
  ["project:read", "Read projects"],
  ["project:write", "Change projects"],
  ["project:releases", "Create releases"],
  ["event:read", "Read issues and events"],
  ["event:write", "Resolve, archive, assign, comment"],
  ["member:read", "Read members"],
  ["alerts:read", "Read alert rules"],
  ["alerts:write", "Change alert rules, vedette apply"],
] as const;
const usual: readonly string[] = ["org:read", "project:read", "project:releases", "event:read"];

/** Makes a token and shows its secret, once. */
export function NewTokenDialog({ onOpenChange }: { readonly onOpenChange: (open: boolean) => void }) {
  const create = useCreateToken();
  const [chosen, setChosen] = useState(usual);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: formText(new FormData(event.currentTarget), "name"), scopes: [...chosen] });
  };
  if (create.data) {
    return (
      <Dialog
        open
        onOpenChange={onOpenChange}
        title="Copy the token now"
        description="It is not shown again."
      >
        <div className="flex items-center gap-2 rounded-md border border-line bg-sunken p-2 pl-3">
          <code className="min-w-0 flex-1 font-mono text-[12px] break-all">{create.data.token}</code>
          <CopyButton text={create.data.token} />
        </div>
        <div className="mt-4 flex justify-end">
          <Button size="md" variant="primary" onClick={() => onOpenChange(false)}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onOpenChange} title="New token">
      <form onSubmit={submit} className="mt-3 space-y-4">
        <Field label="Name">
          {(id) => (
            <TextInput
              id={id}
              name="name"
              required
              autoFocus
              maxLength={100}
              placeholder="CI of the checkout service"
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-xs font-medium text-ink-2">It may</legend>
          {scopes.map(([scope, meaning]) => (
            <label key={scope} className="flex items-center gap-2.5 py-[3px]">
              <input
                type="checkbox"
                className="accent-(--accent)"
                checked={chosen.includes(scope)}
                onChange={() =>
                  setChosen(
                    chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope],
                  )
                }
              />
              <span className="flex-1">{meaning}</span>
              <code className="font-mono text-xs text-ink-3">{scope}</code>
            </label>
          ))}
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button size="md" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            size="md"
            type="submit"
            variant="primary"
            disabled={create.isPending || chosen.length === 0}
          >
            Make token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
