import type { Clock } from "../../shared/clock.js";
import type { Meta } from "../../store/meta/schema.js";
import { claim } from "../outbox/claim.js";
import { end, next, type Rendered, type Stage } from "./stage.js";

/** Takes the notification for this process, as late as can be: from here on a crash leaves the answer unknown. */
export function claimStage(ports: {
  readonly meta: Meta;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Stage<Rendered, Rendered> {
  return async function claimTurn(work) {
    if (ports.signal.aborted) return end({ kind: "yield" });
    const claimed = await claim(ports.meta, work, ports.clock.now());
    if (claimed.kind === "claimed") return next({ ...work, notification: claimed.notification });
    return end({ kind: claimed.kind === "busy" ? "yield" : "again" });
  };
}
