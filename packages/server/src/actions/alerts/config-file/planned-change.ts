import type { SecretBox } from "../../../shared/secret-box.js";
import type { Meta } from "../../../store/port.js";
import type { Actor } from "../../actor.js";
import type { AlertPorts } from "../alert-ports.js";
import { diffValues } from "../diff-values.js";
import type { FieldDiff } from "../diff-values.js";

/** What applying the file does to one object. Secrets appear as hints only. */
export interface Change {
  readonly action: "create" | "update" | "delete" | "unchanged";
  readonly kind: "project" | "channel" | "rule" | "monitor";
  readonly name: string;
  readonly diff: readonly FieldDiff[];
}

/** A change and the deed that brings it about, within a transaction. */
export interface PlannedChange extends Change {
  readonly run: (trx: Meta) => Promise<void>;
}

/** What planning works with. */
export interface PlanContext {
  readonly ports: AlertPorts & { readonly secrets: SecretBox };
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Fields of a new object, from nothing. */
export function creationDiff(fields: Readonly<Record<string, unknown>>): readonly FieldDiff[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([path, to]) => ({ path, from: null, to }));
}

/** An update when something differs, otherwise an object left alone. */
export function updateOrNot(
  change: Pick<PlannedChange, "kind" | "name" | "run">,
  from: unknown,
  to: unknown,
): PlannedChange {
  const diff = diffValues(from, to);
  if (diff.length > 0) return { ...change, action: "update", diff };
  return { ...change, action: "unchanged", diff, run: async () => {} };
}
