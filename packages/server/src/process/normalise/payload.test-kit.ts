import type { NormalisedEvent } from "@vedette/protocol";
import type { EventContext } from "../contract.js";
import { normaliseEvent } from "./normalise-event.js";

/** 2026-03-01T12:00:00Z, when test events are received. */
export const RECEIVED_AT = Date.UTC(2026, 2, 1, 12);

/** A context for tests; give only what the test is about. */
export function testContext(parts: Partial<EventContext> = {}): EventContext {
  return {
    projectId: 1,
    eventId: "0123456789abcdef0123456789abcdef",
    receivedAt: RECEIVED_AT,
    sentAt: null,
    clientIp: "203.0.113.7",
    userAgent: "",
    client: "",
    ...parts,
  };
}

/** The normalised form of a payload; fails the test when it is refused. */
export function normalised(payload: unknown, parts: Partial<EventContext> = {}): NormalisedEvent {
  const result = normaliseEvent(payload, testContext(parts));
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.event;
}
