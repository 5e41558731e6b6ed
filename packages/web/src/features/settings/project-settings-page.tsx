import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import {
  projectQuery,
  useDeleteProject,
  useUpdateProject,
  type ProjectDetail,
  type ProjectSettings,
} from "../../api/projects.js";
import { Button, buttonClass } from "../../components/button.js";
import { Card } from "../../components/card.js";
import { ConfirmDialog } from "../../components/dialog.js";
import { LoadError } from "../../components/empty-state.js";
import { Page } from "../../components/page.js";
import { Skeleton } from "../../components/skeleton.js";
import { toast } from "../../components/toast.js";
import { KeysCard } from "./keys-card.js";
import { FilterCard, GeneralCard, LimitsCard, ScrubbingCard } from "./settings-cards.js";

/** A project's settings. Changes are collected and saved together. */
export function ProjectSettingsPage() {
  const { org, project: slug } = useParams({
    from: "/signed-in/organizations/$org/projects/$project/settings",
  });
  const project = useQuery(projectQuery(org, slug));
  if (project.isError) return <LoadError error={project.error} retry={() => void project.refetch()} />;
  return (
    <Page
      width="narrow"
      title={`${project.data?.name ?? slug} settings`}
      lead="What is kept, what is masked, and what is turned away."
      actions={
        <Link
          to="/organizations/$org/projects/$project/setup/"
          params={{ org, project: slug }}
          className={buttonClass()}
        >
          Set-up instructions
        </Link>
      }
    >
      {project.data ? (
        <SettingsForm key={project.data.id} org={org} project={project.data} />
      ) : (
        <Skeleton lines={10} className="h-8" />
      )}
    </Page>
  );
}

function SettingsForm({ org, project }: { readonly org: string; readonly project: ProjectDetail }) {
  const [name, setName] = useState(project.name);
  const [settings, setSettings] = useState(project.settings);
  const update = useUpdateProject(org, project.slug);
  const set = (change: Partial<ProjectSettings>) => setSettings((old) => ({ ...old, ...change }));
  const changed = name !== project.name || JSON.stringify(settings) !== JSON.stringify(project.settings);
  const save = () =>
    update.mutate(
      { name: name.trim(), settings },
      { onSuccess: () => toast("Saved. New events obey it from now on.") },
    );
  return (
    <div className="space-y-5">
      <GeneralCard name={name} slug={project.slug} setName={setName} />
      <KeysCard org={org} project={project.slug} />
      <ScrubbingCard settings={settings} set={set} />
      <FilterCard settings={settings} set={set} />
      <LimitsCard settings={settings} set={set} />
      <DangerCard org={org} project={project} />
      {changed && (
        <div className="fixed inset-x-0 bottom-14 z-30 flex animate-[rise_140ms_ease-out] justify-center px-4 sm:bottom-5 sm:left-[200px]">
          <div className="flex items-center gap-3 rounded-lg border border-line bg-surface py-2 pr-2 pl-4 shadow-float">
            <span className="text-ink-2">Not saved yet</span>
            <Button
              onClick={() => {
                setName(project.name);
                setSettings(project.settings);
              }}
            >
              Undo
            </Button>
            <Button variant="primary" disabled={update.isPending || !name.trim()} onClick={save}>
              {update.isPending ? "Saving…" : "Save"}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function DangerCard({ org, project }: { readonly org: string; readonly project: ProjectDetail }) {
  const remove = useDeleteProject(org);
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <Card title="Delete this project">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-[56ch] text-ink-2">
          All its issues, events, releases and keys go with it. SDKs that still send are refused.
        </p>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Delete project
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${project.name}?`}
        description="This cannot be undone."
        confirm="Delete everything"
        onConfirm={() =>
          remove.mutate(project.slug, {
            onSuccess: () => void navigate({ to: "/organizations/$org/projects/", params: { org } }),
          })
        }
      />
    </Card>
  );
}
