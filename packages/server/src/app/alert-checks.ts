import type { AlertChecks } from "../actions/alerts/alert-ports.js";
import { validateRule } from "../alert/rule/compile-rule.js";
import { adaptersByType } from "../notify/adapters.js";

/**
 * What actions ask of alert and notify without importing them: whether a rule's patterns compile, and whether a
 * channel's settings can work.
 *
 * @param options base of Discord's API and of this server's pages; null leaves channels unchecked
 */
export function alertChecks(options: { discordApi: string; publicUrl: string } | null): AlertChecks {
  const adapters = options === null ? null : adaptersByType(options);
  return {
    ruleProblems(definition) {
      const result = validateRule(definition);
      return result.ok ? [] : result.problems;
    },
    channelProblem({ type, config, secrets }) {
      const opened = adapters?.get(type)?.open({ config, secrets });
      return opened && !opened.ok ? opened.problem : null;
    },
  };
}
