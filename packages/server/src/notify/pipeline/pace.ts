import type { Clock } from "../../shared/clock.js";
import type { RateGate } from "./rate-gate.js";
import { end, next, type OpenChannel, type Stage } from "./stage.js";

/**
 * Waits for the service's rate limit before anything is claimed, so that a wait of any length holds no lease. After a
 * wait the turn begins anew: the channel may have been changed or stopped meanwhile.
 */
export function paceStage(ports: {
  readonly gate: RateGate;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Stage<OpenChannel, OpenChannel> {
  return async function pace(work) {
    if (ports.signal.aborted) return end({ kind: "yield" });
    const keys = { rateKey: work.destination.rateKey, service: work.service };
    const waitMs = ports.gate.waitMs(keys, ports.clock.now());
    if (waitMs === 0) return next(work);
    await ports.clock.sleep(waitMs, ports.signal);
    return end({ kind: ports.signal.aborted ? "yield" : "again" });
  };
}
