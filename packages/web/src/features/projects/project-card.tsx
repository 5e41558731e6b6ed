import { Link } from "@tanstack/react-router";
import { Settings2 } from "lucide-react";
import type { Project } from "../../api/projects.js";
import { buttonClass } from "../../components/button.js";
import { fullCount, shortCount } from "../../components/numbers.js";
import { PlatformMark } from "../../components/platform-mark.js";
import { Sparkline } from "../../components/sparkline.js";

/** One project: what is open, how the last day went, and the ways in. */
export function ProjectCard({ org, project }: { readonly org: string; readonly project: Project }) {
  const params = { org, project: project.slug };
  const stats = project.stats24h ?? [];
  const total = stats.reduce((sum, point) => sum + point[1], 0);
  const release =
    typeof project.latestRelease === "string" ? project.latestRelease : project.latestRelease?.version;
  return (
    <li className="flex min-w-0 flex-col rounded-lg border border-line bg-surface shadow-card">
      <header className="flex items-center gap-2.5 px-4 pt-3.5">
        <PlatformMark platform={project.platform} size={26} />
        <div className="min-w-0 flex-1">
          <Link
            to="/organizations/$org/issues/"
            params={{ org }}
            search={{ project: [project.slug] }}
            className="block truncate text-base font-semibold tracking-[-0.01em] hover:text-accent"
          >
            {project.name}
          </Link>
          <p className="truncate text-xs text-ink-3">
            {release ? `${project.slug} · ${release}` : project.slug}
          </p>
        </div>
        <Link
          to="/organizations/$org/projects/$project/settings/"
          params={params}
          className={buttonClass("ghost", "icon")}
          aria-label={`Settings of ${project.name}`}
        >
          <Settings2 size={15} />
        </Link>
      </header>
      <div className="flex h-16 items-end px-4">
        {project.firstEvent ? (
          <div className="w-full overflow-hidden">
            <Sparkline points={stats} width={300} height={40} />
          </div>
        ) : (
          <Link
            to="/organizations/$org/projects/$project/setup/"
            params={params}
            className={buttonClass("secondary")}
          >
            Set it up
          </Link>
        )}
      </div>
      <footer className="nums mt-3 flex justify-between border-t border-line px-4 py-2 text-xs text-ink-3">
        {project.firstEvent ? (
          <>
            <span title={`${fullCount(total)} events`}>{shortCount(total)} events in 24 h</span>
            <span>{fullCount(project.unresolvedCount ?? 0)} open</span>
          </>
        ) : (
          <span>Waiting for the first event</span>
        )}
      </footer>
    </li>
  );
}
