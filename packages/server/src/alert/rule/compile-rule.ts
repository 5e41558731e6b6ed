import { parseDuration } from "../../domain/duration.js";
import { ruleDefinitionSchema } from "../../domain/rule.js";
import type { Filter, RuleDefinition } from "../../domain/rule.js";
import { compileFilter } from "./compile-filter.js";
import type { CompiledFilter } from "./compile-filter.js";
import { compileTrigger } from "./compile-trigger.js";
import type { CompiledTrigger } from "./compile-trigger.js";

/** A rule's definition made ready: durations as numbers, patterns compiled. */
interface CompiledDefinition {
  readonly definition: RuleDefinition;
  /** Project slugs; null means every project. */
  readonly projects: ReadonlySet<string> | null;
  /** Null means every environment. */
  readonly environments: readonly string[] | null;
  readonly triggers: readonly CompiledTrigger[];
  readonly all: readonly CompiledFilter[];
  readonly any: readonly CompiledFilter[];
  readonly none: readonly CompiledFilter[];
  readonly intervalMs: number;
  /** Whether a filter asks for the newest release. */
  readonly asksLatestRelease: boolean;
}

/** A stored rule made ready. */
export interface CompiledRule extends CompiledDefinition {
  readonly id: number;
  readonly organizationId: number;
  readonly name: string;
  readonly enabled: boolean;
  /** Milliseconds since 1970; null when not muted. */
  readonly mutedUntil: number | null;
}

export type RuleResult =
  | { readonly ok: true; readonly rule: CompiledDefinition }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Checks a definition and makes it ready.
 *
 * @param definition anything; what `domain/rule.ts` describes when it is right
 * @returns the rule, or every problem as a sentence that names the place
 */
export function compileDefinition(definition: unknown): RuleResult {
  const parsed = ruleDefinitionSchema.safeParse(definition);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
    };
  }
  const rule = parsed.data;
  const groups = { if: rule.if ?? [], any: rule.any ?? [], none: rule.none ?? [] };
  const problems: string[] = [];
  const compiled = (group: keyof typeof groups) => compileFilters(group, groups[group], problems);
  const filters = { all: compiled("if"), any: compiled("any"), none: compiled("none") };
  if (problems.length > 0) return { ok: false, problems };
  const projects = [rule.project].flat();
  return {
    ok: true,
    rule: {
      definition: rule,
      projects: projects.includes("*") ? null : new Set(projects),
      environments: rule.environment === undefined ? null : [rule.environment].flat(),
      triggers: rule.when.map(compileTrigger),
      ...filters,
      intervalMs: parseDuration(rule.interval) ?? 0,
      asksLatestRelease: Object.values(groups)
        .flat()
        .some((filter) => "release" in filter),
    },
  };
}

function compileFilters(group: string, filters: readonly Filter[], problems: string[]): CompiledFilter[] {
  const compiled: CompiledFilter[] = [];
  for (const [index, filter] of filters.entries()) {
    const result = compileFilter(filter);
    if (result.ok) compiled.push(result.filter);
    else problems.push(`${group}.${index}: ${result.problem}`);
  }
  return compiled;
}

/**
 * Says whether a definition may be saved: its shape, its durations, its patterns.
 *
 * @returns the definition with its defaults, or every problem as a sentence that names the place
 */
export function validateRule(
  definition: unknown,
):
  | { readonly ok: true; readonly definition: RuleDefinition }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const result = compileDefinition(definition);
  return result.ok ? { ok: true, definition: result.rule.definition } : result;
}
