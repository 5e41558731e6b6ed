import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useCreateProject } from "../../api/projects.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field, Select, TextInput } from "../../components/form.js";
import { platforms } from "../../components/platforms.js";

/** A name as it appears in addresses: lower case, hyphens. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
}

/** Creates a project and leads on to setting it up. */
export function NewProjectDialog({
  org,
  onOpenChange,
}: {
  readonly org: string;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const [name, setName] = useState("");
  const [platform, setPlatform] = useState("node");
  const create = useCreateProject(org);
  const navigate = useNavigate();
  const slug = slugOf(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), ...(slug ? { slug } : {}), platform },
      {
        onSuccess: (project) =>
          void navigate({
            to: "/organizations/$org/projects/$project/setup/",
            params: { org, project: project.slug },
          }),
      },
    );
  };
  return (
    <Dialog open onOpenChange={onOpenChange} title="New project">
      <form onSubmit={submit} className="mt-3 space-y-4">
        <Field label="Name" hint={slug ? `In addresses: ${slug}` : "For example: Checkout API"}>
          {(id) => (
            <TextInput
              id={id}
              value={name}
              required
              autoFocus
              maxLength={64}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Platform">
          {(id) => (
            <Select
              id={id}
              value={platform}
              options={platforms.map((one) => [one.platform, one.label])}
              onChange={(event) => setPlatform(event.target.value)}
            />
          )}
        </Field>
        <p role="alert" className="text-error empty:hidden">
          {create.error?.message}
        </p>
        <div className="flex justify-end gap-2">
          <Button size="md" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button size="md" type="submit" variant="primary" disabled={create.isPending || !name.trim()}>
            Create project
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
