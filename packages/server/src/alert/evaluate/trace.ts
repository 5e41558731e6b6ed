/** One step of a decision, kept with the history so that "why (not)?" has an answer. */
export interface TraceStep {
  readonly step:
    | "emergency stop"
    | "enabled"
    | "mute"
    | "project"
    | "trigger"
    | "issue status"
    | "environment"
    | "filters"
    | "frequency"
    | "interval";
  readonly passed: boolean;
  readonly detail: string;
}

/** Makes a step of the trace. */
export function step(name: TraceStep["step"], passed: boolean, detail: string): TraceStep {
  return { step: name, passed, detail };
}
