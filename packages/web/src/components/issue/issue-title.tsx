import { visibleText } from "../visible-text.js";
import type { Issue } from "../../api/issue.js";

/** Splits an issue's title into what is loud and what is quiet: the exception's type and its message. */
export function titleParts(issue: Pick<Issue, "title" | "metadata">): {
  readonly type: string;
  readonly value: string;
} {
  const { type, value } = issue.metadata;
  if (type) return { type: visibleText(type), value: visibleText(value ?? "") };
  return { type: visibleText(issue.title), value: "" };
}
