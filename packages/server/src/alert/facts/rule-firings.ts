import type { Meta } from "../../store/port.js";

/** Names a rule and an issue in a map. */
export function firingKey(ruleId: number, issueId: number): string {
  return `${ruleId}/${issueId}`;
}

/** Reads when these rules last fired for these issues. @returns milliseconds since 1970 by `firingKey`; never fired: absent */
export async function readFirings(
  meta: Meta,
  pairs: readonly {
    readonly rule: { readonly id: number };
    readonly issue: { readonly facts: { readonly id: number } };
  }[],
): Promise<Map<string, number>> {
  const ruleIds = [...new Set(pairs.map(({ rule }) => rule.id))];
  const issueIds = [...new Set(pairs.map(({ issue }) => issue.facts.id))];
  const firings = new Map<string, number>();
  // At most 200 issues come in a batch; rules go in pieces, to stay below the databases' limits on parameters.
  for (let start = 0; start < ruleIds.length; start += 500) {
    const rows = await meta
      .selectFrom("rule_state")
      .selectAll()
      .where("rule_id", "in", ruleIds.slice(start, start + 500))
      .where("issue_id", "in", issueIds)
      .execute();
    for (const row of rows) firings.set(firingKey(row.rule_id, row.issue_id), row.last_fired_at);
  }
  return firings;
}
