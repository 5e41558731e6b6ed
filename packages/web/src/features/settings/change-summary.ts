interface FieldChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What an entry of the audit log changed, field by field; entries without such a list are shown as they are. */
export function changeSummary(data: Readonly<Record<string, unknown>>): string {
  const { diff } = data;
  if (!Array.isArray(diff)) return JSON.stringify(data);
  return diff.filter(isFieldChange).map(sentence).join(", ");
}

function isFieldChange(value: unknown): value is FieldChange {
  return typeof value === "object" && value !== null && "path" in value;
}

function sentence({ path, from, to }: FieldChange): string {
  if (from === null || from === undefined) return `${path}: ${textOf(to)}`;
  return `${path}: ${textOf(from)} → ${textOf(to)}`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
