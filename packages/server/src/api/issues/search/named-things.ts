import { newestRelease } from "../../../actions/issues/newest-release.js";
import { compareReleaseNames, parseRelease } from "../../../domain/release-order.js";
import { AppError } from "../../../shared/app-error.js";
import type { Meta } from "../../../store/port.js";
import { findPeople } from "../people.js";
import type { NamedThings } from "./issue-conditions.js";
import { findKey } from "./search-keys.js";
import { literalOf } from "./search-query.js";
import type { Operator, Pattern, Term } from "./search-query.js";

export interface SearchScope {
  readonly meta: Meta;
  readonly organization: { readonly id: number; readonly slug: string };
  readonly projectIds: readonly number[];
  /** The person who searches; null for an organisation's token. */
  readonly userId: string | null;
}

/** Releases looked through for terms on versions; newer ones first. */
const maxReleases = 5_000;

/** Looks up the people and releases that terms name. @throws AppError invalid */
export async function findNamedThings(scope: SearchScope, terms: readonly Term[]): Promise<NamedThings> {
  const assignees = new Map<string, readonly (string | null)[]>();
  const releases = new Map<Term, readonly string[]>();
  for (const term of terms) {
    const field = term.isTag ? null : (findKey(term.key)?.issue ?? null);
    if (field?.kind === "assignee") {
      for (const value of term.values) {
        assignees.set(literalOf(value), await assigneesNamed(scope, literalOf(value)));
      }
    }
    if (field?.kind === "release" || field?.kind === "first-release") {
      const part = field.kind === "release" ? field.part : "name";
      const found = await releasesNamed(scope, term, part);
      if (found) releases.set(term, found);
    }
  }
  return { assignees, releases };
}

async function assigneesNamed(scope: SearchScope, name: string): Promise<readonly (string | null)[]> {
  const team = `team:${scope.organization.id}`;
  if (name === "none" || name === "") return [null];
  if (name === "my_teams") return [team];
  if (name.startsWith("#")) return name.slice(1).toLowerCase() === scope.organization.slug ? [team] : [];
  if (name === "me") return scope.userId === null ? [] : [`user:${scope.userId}`];
  if (/^(user|team):/.test(name)) return [name];
  const people = await findPeople(scope.meta, scope.organization.id, name);
  return people.map(({ id }) => `user:${id}`);
}

/** Null when the term can be answered by comparing names. */
async function releasesNamed(
  scope: SearchScope,
  term: Term,
  part: "name" | "version" | "package" | "build",
): Promise<readonly string[] | null> {
  if (part === "name") {
    if (term.operator !== "=")
      throw new AppError("invalid", `${term.key} cannot be compared; use release.version.`);
    if (!term.values.some((value) => literalOf(value).toLowerCase() === "latest")) return null;
    const newest = await Promise.all(scope.projectIds.map((id) => newestRelease(scope.meta, id)));
    const named = term.values.map(literalOf).filter((value) => value.toLowerCase() !== "latest");
    return [...named, ...newest.filter((one) => one !== null)];
  }
  if (part !== "version" && term.operator !== "=") {
    throw new AppError("invalid", `${term.key} cannot be compared with ${term.operator}.`);
  }
  const known = await knownReleases(scope);
  return known.filter((name) =>
    term.values.some((value) => matchesPart(name, value, { part, operator: term.operator })),
  );
}

async function knownReleases({ meta, projectIds }: SearchScope): Promise<readonly string[]> {
  if (projectIds.length === 0) return [];
  const rows = await meta
    .selectFrom("release")
    .select("version")
    .where("id", "in", (query) =>
      query.selectFrom("release_project").select("release_id").where("project_id", "in", projectIds),
    )
    .orderBy("created_at", "desc")
    .limit(maxReleases)
    .execute();
  return rows.map(({ version }) => version);
}

function matchesPart(
  name: string,
  value: Pattern,
  { part, operator }: { part: "version" | "package" | "build"; operator: Operator },
): boolean {
  const parsed = parseRelease(name);
  if (!parsed) return false;
  const version = name.slice(name.lastIndexOf("@") + 1);
  if (part === "package") return matches(parsed.package, value);
  if (part === "build") return matches(parsed.build, value);
  if (operator === "=") return matches(version.replace(/\+.*$/, ""), value) || matches(version, value);
  const order = compareReleaseNames(`${parsed.package}@${version}`, `${parsed.package}@${literalOf(value)}`);
  if (order === null) return false;
  const holds = { ">": order > 0, ">=": order >= 0, "<": order < 0, "<=": order <= 0 };
  return holds[operator];
}

function matches(text: string, pattern: Pattern): boolean {
  const expression = pattern.map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(".*");
  return new RegExp(`^${expression}$`, "is").test(text);
}
