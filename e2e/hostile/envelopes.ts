import { randomUUID } from "node:crypto";

/** An event id, 32 hex. */
export function newId(): string {
  return randomUUID().replaceAll("-", "");
}

/** An ordinary event with the fields SDKs send, for cases that spoil one of them. */
export function ordinaryEvent(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    event_id: newId(),
    timestamp: Date.now() / 1_000,
    platform: "node",
    level: "error",
    environment: "production",
    release: "shop@1.2.3",
    server_name: "web-1",
    transaction: "GET /orders",
    tags: { region: "eu", plan: "free" },
    user: { id: "7", email: "someone@example.com", ip_address: "192.0.2.7" },
    contexts: { runtime: { name: "node", version: "20.20.0" } },
    extra: { attempt: 3 },
    request: { method: "GET", url: "https://shop.example.com/orders?page=2", headers: [["Accept", "*/*"]] },
    breadcrumbs: { values: [{ timestamp: Date.now() / 1_000, category: "http", message: "GET /cart" }] },
    exception: {
      values: [
        {
          type: "OrderError",
          value: "order 7 is missing",
          mechanism: { type: "generic", handled: false },
          stacktrace: { frames: [{ filename: "orders.js", function: "load", lineno: 12, in_app: true }] },
        },
      ],
    },
    sdk: { name: "sentry.javascript.node", version: "11.12.0" },
    ...overrides,
  };
}

/** One item in an envelope. A string payload is taken as it is, so that it may be no JSON at all. */
export function envelope(
  payload: unknown,
  itemHeader: Readonly<Record<string, unknown>> = { type: "event" },
): Buffer {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const id =
    typeof payload === "object" && payload !== null && "event_id" in payload ? payload.event_id : newId();
  const header = JSON.stringify({
    event_id: typeof id === "string" && /^[0-9a-f]{32}$/.test(id) ? id : newId(),
  });
  return Buffer.from(
    `${header}\n${JSON.stringify({ length: Buffer.byteLength(text), ...itemHeader })}\n${text}\n`,
  );
}
