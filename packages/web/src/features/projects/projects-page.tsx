import { useParams } from "@tanstack/react-router";
import { Boxes, Plus } from "lucide-react";
import { useState } from "react";
import { useProjects } from "../../api/projects.js";
import { Button } from "../../components/button.js";
import { EmptyState, LoadError } from "../../components/empty-state.js";
import { Page } from "../../components/page.js";
import { NewProjectDialog } from "./new-project-dialog.js";
import { ProjectCard } from "./project-card.js";

/** Every project with its last day. */
export function ProjectsPage() {
  const { org } = useParams({ from: "/signed-in/organizations/$org/projects" });
  const projects = useProjects(org);
  const [creating, setCreating] = useState(false);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus size={14} />
      New project
    </Button>
  );
  return (
    <Page
      title="Projects"
      lead="One project for each thing you deploy. Its DSN is all an SDK needs."
      actions={create}
    >
      {projects.isError && <LoadError error={projects.error} retry={() => void projects.refetch()} />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,290px),1fr))] gap-4">
        {projects.isPending &&
          [0, 1, 2].map((index) => <li key={index} className="skeleton h-[158px] rounded-lg!" />)}
        {projects.data?.map((project) => (
          <ProjectCard key={project.id} org={org} project={project} />
        ))}
      </ul>
      {projects.data?.length === 0 && (
        <EmptyState icon={Boxes} title="No project yet" action={create}>
          Create one, copy its DSN into your application, and its first error shows up within a second.
        </EmptyState>
      )}
      {creating && <NewProjectDialog org={org} onOpenChange={setCreating} />}
    </Page>
  );
}
