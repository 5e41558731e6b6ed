import { randomUUID } from "node:crypto";

/** One event whose way is followed from the sender to the pages. */
export interface KnownEvent {
  /** 32 hex. */
  readonly id: string;
  /** Exception type; events of one kind are one issue, and its title begins with this word. */
  readonly kind: string;
}

const framesPerEvent = 12;

/** A new event of the kind. */
export function knownEvent(kind: string): KnownEvent {
  return { id: randomUUID().replaceAll("-", ""), kind };
}

/** The event in an envelope, as an SDK sends it. */
export function envelopeOf(event: KnownEvent): string {
  const header = JSON.stringify({ event_id: event.id, sent_at: new Date().toISOString() });
  return `${header}\n${JSON.stringify({ type: "event" })}\n${JSON.stringify(payloadOf(event))}\n`;
}

/** The event's payload: about 4 KB, a stack of its kind's own, the values different each time. */
export function payloadOf({ id, kind }: KnownEvent): Record<string, unknown> {
  return {
    event_id: id,
    timestamp: Date.now() / 1_000,
    platform: "node",
    level: "error",
    environment: "production",
    server_name: "durability",
    tags: { kind, shard: String(Number.parseInt(id.slice(0, 2), 16) % 8) },
    user: { id: id.slice(0, 3) },
    exception: {
      values: [
        { type: kind, value: `attempt ${id.slice(0, 6)} failed`, stacktrace: { frames: framesOf(kind) } },
      ],
    },
  };
}

function framesOf(kind: string): object[] {
  return Array.from({ length: framesPerEvent }, (_unused, depth) => ({
    filename: `/srv/app/src/${kind.toLowerCase()}/step-${depth}.js`,
    module: `${kind.toLowerCase()}.step${depth}`,
    function: `${kind}Step${depth}`,
    lineno: 10 + depth,
    colno: 3,
    in_app: true,
    context_line: "    throw new Error(message);",
    pre_context: ["  const message = describe(order);", "  if (!order.isPaid) {"],
    post_context: ["  }", "  return order;"],
  }));
}
