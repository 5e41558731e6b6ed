import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { keysQuery, projectQuery } from "../../api/projects.js";
import { Card } from "../../components/card.js";
import { CopyButton } from "../../components/copy-button.js";
import { LoadError } from "../../components/empty-state.js";
import { Page } from "../../components/page.js";
import { PlatformMark } from "../../components/platform-mark.js";
import { platforms, type PlatformId } from "../../components/platforms.js";
import { Skeleton } from "../../components/skeleton.js";
import { FirstEvent } from "./first-event.js";
import { snippetFor } from "./snippets.js";

/** From nothing to the first event: the DSN, a snippet for the platform, and a lamp that lights when it works. */
export function SetupPage() {
  const { org, project: slug } = useParams({ from: "/signed-in/organizations/$org/projects/$project/setup" });
  const project = useQuery(projectQuery(org, slug));
  const keys = useQuery(keysQuery(org, slug));
  const [chosen, setChosen] = useState<PlatformId | null>(null);
  const own =
    platforms.find((one) => one.platform === project.data?.platform) ??
    platforms.find((one) => project.data?.platform?.startsWith(one.platform));
  const platform = chosen ?? own?.id ?? "node";
  const dsn = (keys.data?.find((key) => key.isActive) ?? keys.data?.[0])?.dsn.public;
  if (project.isError) return <LoadError error={project.error} retry={() => void project.refetch()} />;
  return (
    <Page
      width="narrow"
      title={`Set up ${project.data?.name ?? slug}`}
      lead="Any Sentry SDK works. It only needs to know where to send."
      actions={
        <Link
          to="/organizations/$org/projects/$project/settings/"
          params={{ org, project: slug }}
          className="text-ink-2 hover:text-ink"
        >
          Project settings
        </Link>
      }
    >
      <div className="space-y-5">
        <FirstEvent org={org} project={slug} />
        <Card title="DSN" aside={dsn && <CopyButton text={dsn} label="Copy DSN" />}>
          {dsn ? (
            <code className="block overflow-x-auto font-mono text-[13px] whitespace-nowrap">{dsn}</code>
          ) : (
            <Skeleton lines={1} />
          )}
          <p className="mt-2 text-xs text-ink-3">
            It can only send, never read. It is safe in a browser, but keep it out of public code if you can.
          </p>
        </Card>
        <div role="group" aria-label="Platform" className="flex flex-wrap gap-1.5">
          {platforms.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === platform}
              onClick={() => setChosen(one.id)}
              className={`inline-flex h-8 items-center gap-2 rounded-md border pr-2.5 pl-1.5 font-medium ${one.id === platform ? "border-accent bg-accent-soft text-accent" : "border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink"}`}
            >
              <PlatformMark platform={one.platform} />
              {one.label}
            </button>
          ))}
        </div>
        {dsn && <Steps platform={platform} dsn={dsn} />}
      </div>
    </Page>
  );
}

function Steps({ platform, dsn }: { readonly platform: PlatformId; readonly dsn: string }) {
  const snippet = snippetFor(platform, dsn);
  return (
    <div className="space-y-5">
      {snippet.install && <Code title="Install" code={snippet.install} />}
      <Code title="Connect" hint={snippet.file} code={snippet.code} />
      {snippet.verify && <Code title="Break something" hint="once, to see it arrive" code={snippet.verify} />}
    </div>
  );
}

function Code({
  title,
  hint,
  code,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly code: string;
}) {
  return (
    <Card
      flush
      title={
        <>
          {title}
          {hint && <span className="ml-2 text-xs font-normal text-ink-3">{hint}</span>}
        </>
      }
      aside={<CopyButton text={code} />}
    >
      <pre className="overflow-x-auto rounded-b-lg bg-sunken px-4 py-3 font-mono text-[12.5px] leading-[20px]">
        {code}
      </pre>
    </Card>
  );
}
