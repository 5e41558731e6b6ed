import type { IssueListFilter } from "../../api/issues.js";

let lastSearch: Partial<IssueListFilter> = {};

/** Remembers how the list was filtered, so that an issue's way back leads to the same list. */
export function rememberListAddress(search: Partial<IssueListFilter>): void {
  lastSearch = search;
}

/** The list's search parameters as they were last; empty after a reload. */
export function listAddress(): Partial<IssueListFilter> {
  return lastSearch;
}
