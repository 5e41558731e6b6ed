import type { Clock } from "../../shared/clock.js";
import type { Verdict } from "../port.js";
import type { RateGate } from "./rate-gate.js";
import { end, type Judged, type Sent, type Stage } from "./stage.js";

/** Judges the answer, and closes the gate for as long as the service asked. */
export function classifyStage(ports: {
  readonly gate: RateGate;
  readonly clock: Clock;
}): Stage<Sent, Judged> {
  return async function classify(work) {
    const verdict = verdictOf(work);
    const pause = "pause" in verdict ? verdict.pause : undefined;
    if (pause !== undefined) {
      ports.gate.close(
        { rateKey: work.destination.rateKey, service: work.service },
        pause,
        ports.clock.now(),
      );
    }
    return end({ kind: "sent", attempt: { ...work, verdict } });
  };
}

function verdictOf({ result, destination, form }: Sent): Verdict {
  if (result.kind === "answer") return destination.read(result.answer, form);
  return { kind: result.kind === "lost" ? "retry" : "failed", reason: result.reason };
}
