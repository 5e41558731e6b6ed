import { performance } from "node:perf_hooks";
import type { Clock } from "../../shared/clock.js";
import type { OutgoingClient } from "../http/outgoing-client.js";
import { next, type Rendered, type Sent, type Stage } from "./stage.js";

/** Sends the message in the service's form, once. @param ports.cut ends a request which outlasts the program's stop */
export function sendStage(ports: {
  readonly client: OutgoingClient;
  readonly clock: Clock;
  readonly cut: AbortSignal;
}): Stage<Rendered, Sent> {
  return async function send(work) {
    const sentAt = ports.clock.now();
    const startedAt = performance.now();
    const request = work.destination.compose(work.message, work.form);
    const result = await ports.client.send(request, ports.cut);
    return next({ ...work, result, sentAt, durationMs: performance.now() - startedAt });
  };
}
