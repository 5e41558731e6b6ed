import type { AlertPorts } from "../alert-ports.js";
import { channelParts, channelProblem } from "../channel-input.js";
import { InvalidDocument } from "../invalid-document.js";
import { patternProblems, referenceProblems } from "../rule-input.js";
import type { KnownNames } from "../rule-input.js";
import type { ConfigFile } from "./read-config-file.js";

/**
 * Checks what the shape does not show: that named projects and channels will exist after applying, that patterns
 * compile, that channels can work.
 *
 * @param known names as they will be after applying
 * @throws InvalidDocument naming every wrong place
 */
export function checkReferences(
  file: ConfigFile,
  known: KnownNames,
  checks: AlertPorts["alertChecks"],
): void {
  const channels = file.channels.flatMap((channel, index) => {
    const problem = channelProblem(channelParts(channel), checks);
    return problem ? [{ path: `channels[${index}].${problem.field}`, message: problem.message }] : [];
  });
  const rules = file.rules.flatMap(({ name: _name, enabled: _enabled, ...definition }, index) => [
    ...patternProblems(definition, checks, `rules[${index}]`),
    ...referenceProblems(definition, known, `rules[${index}]`),
  ]);
  const monitors = file.monitors.flatMap((monitor, index) =>
    referenceProblems(monitor, known, `monitors[${index}]`),
  );
  const problems = [...channels, ...rules, ...monitors];
  if (problems.length > 0) throw new InvalidDocument(problems);
}
