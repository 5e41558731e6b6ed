import type { CompiledFilter, FilterSubject } from "../rule/compile-filter.js";
import type { CompiledRule } from "../rule/compile-rule.js";

/** Whether an event passes, and the filter that decided. */
export interface FilterCheck {
  readonly passed: boolean;
  readonly detail: string;
}

/** All of `if`, one of `any` when there are any, none of `none`: asked of one event. */
export function checkFilters(rule: CompiledRule, subject: FilterSubject): FilterCheck {
  const holds = (filter: CompiledFilter) => filter.holds(subject);
  const missing = rule.all.find((filter) => !holds(filter));
  if (missing) return { passed: false, detail: `not ${missing.label}` };
  if (rule.any.length > 0 && !rule.any.some(holds)) {
    return { passed: false, detail: `neither ${rule.any.map(({ label }) => label).join(" nor ")}` };
  }
  const unwanted = rule.none.find(holds);
  if (unwanted) return { passed: false, detail: `excluded by ${unwanted.label}` };
  const count = rule.all.length + rule.any.length + rule.none.length;
  return { passed: true, detail: count === 0 ? "no filters" : "the filters hold" };
}
