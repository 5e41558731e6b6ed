import type { Activity } from "../../api/issue.js";

/** What a line of the history says, without who did it; null for types that have nothing to tell. */
export function activitySentence({ type, data }: Activity): string | null {
  const text = (key: string): string | null => {
    const value = data?.[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  };
  switch (type) {
    case "first_seen":
      return "saw this for the first time";
    case "set_resolved":
      return "resolved it";
    case "set_resolved_in_release":
      return `resolved it in ${text("version") ?? text("inRelease") ?? "the next release"}`;
    case "set_unresolved":
      return "reopened it";
    case "set_ignored":
      return "archived it";
    case "set_regression":
      return `saw it come back${text("version") ? ` in ${text("version")}` : ""}`;
    case "set_escalating":
      return "saw it happen far more often than before";
    case "assigned":
      return `gave it to ${text("assigneeName") ?? text("assigneeEmail") ?? text("assignee") ?? "somebody"}`;
    case "unassigned":
      return "took it from its assignee";
    case "set_priority":
      return `set the priority to ${text("priority") ?? "another one"}`;
    case "merge":
      return "merged other issues into it";
    case "unmerge":
      return "split hashes off it";
    case "alert":
      return `fired “${text("rule") ?? "a rule"}”${text("reason") ? `: ${text("reason")}` : ""}`;
    case "note":
      return text("text") ?? "";
    default:
      return type.replaceAll("_", " ");
  }
}
