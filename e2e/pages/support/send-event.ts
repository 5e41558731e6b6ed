import { randomBytes } from "node:crypto";
import { publicKey } from "../../support/server.js";
import type { Server } from "../../support/server.js";

/** An event as an SDK would send it; absent fields are left out. */
export type SdkEvent = Readonly<Record<string, unknown>>;

export interface Destination {
  /** Default: the key of the first project. */
  readonly key?: string;
  /** Default 1. */
  readonly projectId?: number;
}

/** Sends one event in an envelope. Resolves with its id; throws when it is refused. */
export async function sendEvent(server: Server, event: SdkEvent, to: Destination = {}): Promise<string> {
  const id = randomBytes(16).toString("hex");
  const payload = JSON.stringify({
    event_id: id,
    timestamp: Date.now() / 1_000,
    platform: "node",
    level: "error",
    environment: "production",
    ...event,
  });
  const headers = JSON.stringify({ event_id: id, sent_at: new Date().toISOString() });
  const item = JSON.stringify({ type: "event", length: Buffer.byteLength(payload) });
  const answer = await fetch(`${server.url}/api/${to.projectId ?? 1}/envelope/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-sentry-envelope",
      "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=pages/1.0, sentry_key=${to.key ?? publicKey}`,
    },
    body: `${headers}\n${item}\n${payload}\n`,
  });
  if (!answer.ok) throw new Error(`the event was refused: ${answer.status} ${await answer.text()}`);
  return id;
}

const libraryFrames = ["listen", "route", "dispatch"].map((name) => ({
  function: name,
  filename: "node_modules/router/index.js",
  lineno: 40,
  in_app: false,
}));

/** An exception with one frame of the application in a function of this name, which decides the issue. */
export function exception(type: string, value: string, functionName = `raise${type}`): SdkEvent {
  return {
    exception: {
      values: [
        {
          type,
          value,
          mechanism: { type: "generic", handled: true },
          stacktrace: {
            frames: [
              ...libraryFrames,
              {
                function: functionName,
                filename: "src/orders.js",
                abs_path: "/srv/shop/src/orders.js",
                lineno: 42,
                colno: 9,
                in_app: true,
                pre_context: ["export function load(order) {", "  const lines = order.lines;"],
                context_line: "  return lines.map((line) => line.price.amount);",
                post_context: ["}"],
                vars: { order: "order-7" },
              },
            ],
          },
        },
      ],
    },
  };
}
