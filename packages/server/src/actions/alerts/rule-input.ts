import { z } from "zod";
import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { RuleDefinition } from "../../domain/rule.js";
import type { Meta } from "../../store/port.js";
import type { AlertChecks } from "./alert-ports.js";
import { describeIssues } from "./describe-issues.js";
import { InvalidDocument } from "./invalid-document.js";
import type { Problem } from "./invalid-document.js";
import { ruleSlug } from "./rule-slug.js";

/** A rule's name: what people call it; its slug is made of it. */
export const ruleNameSchema = z
  .string()
  .trim()
  .min(1, "is required")
  .max(200, "is longer than 200 characters")
  .refine((name) => ruleSlug(name) !== null, { message: "needs at least one letter or digit" });

/** Names that rules of an organisation may refer to. */
export interface KnownNames {
  readonly projects: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
}

/** Reads the names that rules of the organisation may refer to now. */
export async function readKnownNames(trx: Meta, organizationId: number): Promise<KnownNames> {
  const projects = await trx
    .selectFrom("project")
    .select("slug")
    .where("organization_id", "=", organizationId)
    .execute();
  const channels = await trx
    .selectFrom("channel")
    .select("name")
    .where("organization_id", "=", organizationId)
    .execute();
  return {
    projects: new Set(projects.map(({ slug }) => slug)),
    channels: new Set(channels.map(({ name }) => name)),
  };
}

/**
 * Reads a definition and checks what it refers to.
 *
 * @returns the definition with its defaults
 * @throws InvalidDocument naming every wrong place below `definition`
 */
export function readDefinition(
  input: unknown,
  known: KnownNames,
  checks: AlertChecks | undefined,
): RuleDefinition {
  const parsed = ruleDefinitionSchema.safeParse(input);
  if (!parsed.success) throw new InvalidDocument(describeIssues(parsed.error.issues, ["definition"]));
  const problems = [
    ...patternProblems(parsed.data, checks, "definition"),
    ...referenceProblems(parsed.data, known, "definition"),
  ];
  if (problems.length > 0) throw new InvalidDocument(problems);
  return parsed.data;
}

/** Problems that only the alert stage can see: patterns and comparisons that can never work. */
export function patternProblems(
  definition: RuleDefinition,
  checks: AlertChecks | undefined,
  prefix: string,
): readonly Problem[] {
  return (checks?.ruleProblems(definition) ?? []).map((text) => {
    const [, place = "", message = text] = /^([\w.]+): (.*)$/s.exec(text) ?? [];
    const path = place.replaceAll(/\.(\d+)/g, "[$1]");
    return { path: path === "" ? prefix : `${prefix}.${path}`, message };
  });
}

/** Projects and channels which a rule or monitor names and which are not there. */
export function referenceProblems(
  { project, notify }: Pick<RuleDefinition, "project" | "notify">,
  known: KnownNames,
  prefix: string,
): readonly Problem[] {
  const slugs = [project].flat();
  const projects = slugs.flatMap((slug, index) =>
    slug === "*" || known.projects.has(slug)
      ? []
      : [
          {
            path: `${prefix}.project${Array.isArray(project) ? `[${index}]` : ""}`,
            message: `names the project "${slug}", which does not exist`,
          },
        ],
  );
  const channels = notify.flatMap(({ channel }, index) =>
    known.channels.has(channel)
      ? []
      : [
          {
            path: `${prefix}.notify[${index}].channel`,
            message: `names the channel "${channel}", which does not exist`,
          },
        ],
  );
  return [...projects, ...channels];
}
