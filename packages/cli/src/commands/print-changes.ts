import { paint } from "../terminal.js";
import type { Style, Terminal } from "../terminal.js";

/** One object of the file and what applying does to it, as the server answers. */
interface Change {
  readonly action: "create" | "update" | "delete" | "unchanged";
  readonly kind: string;
  readonly name: string;
  readonly diff: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
}

/** The server's answer to a file. */
export interface ApplyAnswer {
  readonly changes: readonly Change[];
  readonly applied: boolean;
  readonly warnings: readonly string[];
}

const marks: Readonly<Record<Change["action"], readonly [string, Style]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  delete: ["-", "red"],
  unchanged: [" ", "dim"],
};

/** Whether applying would do anything. */
export function hasChanges({ changes }: ApplyAnswer): boolean {
  return changes.some(({ action }) => action !== "unchanged");
}

/** Prints the difference, one object after the other, and a line that counts. */
export function printChanges(terminal: Terminal, answer: ApplyAnswer): void {
  for (const change of answer.changes) {
    if (change.action !== "unchanged") terminal.print(changeText(terminal, change));
  }
  if (hasChanges(answer)) terminal.print("");
  terminal.print(summaryOf(answer));
}

function changeText(terminal: Terminal, { action, kind, name, diff }: Change): string {
  const [mark, style] = marks[action];
  const fields = diff.map(({ path, from, to }) => {
    const after = valueText(to);
    return `      ${path}: ${action === "create" ? after : `${valueText(from)} → ${after}`}`;
  });
  const head = paint(terminal, style, `  ${mark} ${action} ${kind} ${name}`);
  return [head, ...fields.map((field) => paint(terminal, "dim", field))].join("\n");
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function summaryOf({ changes, applied }: ApplyAnswer): string {
  const count = (action: Change["action"]) => changes.filter((change) => change.action === action).length;
  const [created, updated, deleted] = [count("create"), count("update"), count("delete")];
  if (created + updated + deleted === 0) {
    return `No changes: the server is as the file says (${count("unchanged")} objects).`;
  }
  const forms = applied ? ["created", "updated", "deleted"] : ["to create", "to update", "to delete"];
  return (
    `${applied ? "Applied" : "Plan"}: ${created} ${forms[0]}, ${updated} ${forms[1]}, ` +
    `${deleted} ${forms[2]}, ${count("unchanged")} unchanged.`
  );
}
