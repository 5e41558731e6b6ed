import { Link } from "@tanstack/react-router";
import { BellRing, CircleCheck, FilterX, Radio, Sunrise } from "lucide-react";
import { issueFilterDefaults } from "../../api/issue-filter.js";
import type { IssueListFilter } from "../../api/issues.js";
import type { Project } from "../../api/projects.js";
import { Button, buttonClass } from "../../components/button.js";
import { EmptyState } from "../../components/empty-state.js";
import { PlatformMark } from "../../components/platform-mark.js";

/** A new installation: no project has received anything yet. */
export function NoEventsYet({
  org,
  projects,
}: {
  readonly org: string;
  readonly projects: readonly Project[];
}) {
  return (
    <EmptyState
      icon={Radio}
      title="On watch, and nothing heard yet"
      action={
        projects.length > 0 ? (
          projects.slice(0, 4).map((project) => (
            <Link
              key={project.id}
              to="/organizations/$org/projects/$project/setup/"
              params={{ org, project: project.slug }}
              className={buttonClass("secondary", "md")}
            >
              <PlatformMark platform={project.platform} size={18} />
              Set up {project.slug}
            </Link>
          ))
        ) : (
          <Link to="/organizations/$org/projects/" params={{ org }} className={buttonClass("primary", "md")}>
            Create the first project
          </Link>
        )
      }
    >
      No project has received an event. Point any Sentry SDK at a project’s DSN: the first error appears here
      within a second.
    </EmptyState>
  );
}

/** A search without a result; says so kindly when that is good news. */
export function NothingFound(props: {
  readonly filter: IssueListFilter;
  readonly onChange: (change: Partial<IssueListFilter>) => void;
}) {
  const { filter, onChange } = props;
  const narrowed = filter.project.length > 0 || filter.environment.length > 0;
  if (filter.query === issueFilterDefaults.query && !narrowed) {
    return (
      <EmptyState
        icon={Sunrise}
        title="All quiet"
        action={
          <Button size="md" onClick={() => onChange({ query: "" })}>
            Show resolved issues too
          </Button>
        }
      >
        No unresolved issue in this period. When something breaks it shows up here, and your alert rules tell
        the channels you chose.
      </EmptyState>
    );
  }
  if (filter.query.includes("assigned:me")) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing is waiting for you">
        Issues given to you appear here. In the list, <kbd className="font-mono">a</kbd> assigns the current
        one.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={filter.query.includes("escalating") ? BellRing : FilterX}
      title="No issue matches"
      action={
        <>
          <Button size="md" onClick={() => onChange({ ...issueFilterDefaults, statsPeriod: "90d" })}>
            Unresolved, last 90 days
          </Button>
          {narrowed && (
            <Button size="md" onClick={() => onChange({ project: [], environment: [] })}>
              All projects and environments
            </Button>
          )}
        </>
      }
    >
      Filters narrow each other: every one has to hold. Free text is looked for as a whole in title and
      message; <code className="font-mono">*</code> stands for anything, <code className="font-mono">!</code>{" "}
      turns a filter round.
    </EmptyState>
  );
}
