import { performance } from "node:perf_hooks";
import type { Clock } from "../../shared/clock.js";
import type { Log } from "../../shared/log.js";
import type { OutgoingClient, OutgoingRequest, SendResult } from "../http/outgoing-client.js";
import { next, type Rendered, type Sent, type Stage } from "./stage.js";

interface SendPorts {
  readonly client: OutgoingClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends a request that outlasts the program's stop. */
  readonly cut: AbortSignal;
}

/** Sends the message in the service's form, once. */
export function sendStage(ports: SendPorts): Stage<Rendered, Sent> {
  return async function send(work) {
    const sentAt = ports.clock.now();
    const startedAt = performance.now();
    const request = compose(work, ports.log);
    const result = request === null ? notWritten : await ports.client.send(request, ports.cut);
    return next({ ...work, result, sentAt, durationMs: performance.now() - startedAt });
  };
}

const notWritten: SendResult = {
  kind: "refused",
  reason: "The message could not be written. This is a fault of Vedette; the log has the details.",
};

/** A fault in an adapter costs one message, not the channel: nothing behind it could be sent otherwise. */
function compose({ destination, message, form, notification }: Rendered, log: Log): OutgoingRequest | null {
  try {
    return destination.compose(message, form);
  } catch (error) {
    log.error({ err: error, notification: notification.id }, "a message could not be written");
    return null;
  }
}
