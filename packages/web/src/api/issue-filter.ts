import type { IssueListFilter } from "./issues.js";

/** What the issue list shows when the address says nothing. */
export const issueFilterDefaults: IssueListFilter = {
  query: "is:unresolved",
  project: [],
  environment: [],
  statsPeriod: "14d",
  sort: "date",
};

function textList(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === "string" && one !== "") as string[];
}

/** Reads the list's state from an address; what equals the default is left out, so addresses stay short. */
export function readIssueFilter(search: Record<string, unknown>): Partial<IssueListFilter> {
  const filter: { -readonly [K in keyof IssueListFilter]?: IssueListFilter[K] } = {};
  for (const key of ["query", "statsPeriod", "sort"] as const) {
    const value = search[key];
    if (typeof value === "string" && value !== issueFilterDefaults[key]) filter[key] = value;
  }
  for (const key of ["project", "environment"] as const) {
    const values = textList(search[key]);
    if (values.length > 0) filter[key] = values;
  }
  return filter;
}
