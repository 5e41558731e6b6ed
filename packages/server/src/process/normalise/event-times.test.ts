import { describe, expect, it } from "vitest";
import { normalised, RECEIVED_AT } from "./payload.test-kit.js";

const received = RECEIVED_AT / 1000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("times", () => {
  it.each([
    [received - 5, received - 5],
    ["2026-03-01T11:59:00.123456Z", received - 60 + 0.123456],
    ["2026-03-01T11:59:00", received - 60],
    ["2026-03-01T12:59:00.1234567+01:00", received - 60 + 0.123457],
    ["2026-03-01T11:59:00.123456789Z", received - 60 + 0.123457],
  ])("reads %j as seconds", (timestamp, seconds) => {
    expect(normalised({ timestamp }).timestamp).toBe(seconds);
  });

  it("takes the time of receipt for a time it cannot read, and notes it", () => {
    const event = normalised({ timestamp: "yesterday" });
    expect(event.timestamp).toBe(received);
    expect(event.errors).toMatchObject([{ type: "invalid_data", name: "timestamp" }]);
  });

  it.each([
    ["future_timestamp", received + 61],
    ["past_timestamp", received - 30 * 86_400 - 1],
    ["past_timestamp", 0],
  ])("moves an event with a %s to the time of receipt, its breadcrumbs with it", (type, timestamp) => {
    const event = normalised({ timestamp, breadcrumbs: [{ timestamp: timestamp + 1 }] });
    expect(event.timestamp).toBe(received);
    expect(event.breadcrumbs?.values[0]?.timestamp).toBe(received + 1);
    expect(event.errors).toMatchObject([{ type, name: "timestamp" }]);
  });

  it("leaves an event alone that is a little ahead or almost 30 days old", () => {
    expect(normalised({ timestamp: received + 60 }).timestamp).toBe(received + 60);
    expect(normalised({ timestamp: received - 29 * 86_400 }).timestamp).toBe(received - 29 * 86_400);
  });

  it("shifts all times by a drift of 55 minutes and more", () => {
    const sentAt = RECEIVED_AT - 60 * MINUTE;
    const event = normalised(
      { timestamp: sentAt / 1000 - 2, breadcrumbs: [{ timestamp: sentAt / 1000 - 3 }] },
      { sentAt },
    );
    expect(event.timestamp).toBe(received - 2);
    expect(event.breadcrumbs?.values[0]?.timestamp).toBe(received - 3);
    expect(event.errors).toMatchObject([{ type: "clock_drift" }]);
  });

  it("takes a smaller drift for latency", () => {
    const sentAt = RECEIVED_AT - 54 * MINUTE;
    expect(normalised({ timestamp: sentAt / 1000 }, { sentAt }).timestamp).toBe(sentAt / 1000);
  });

  it("keeps the time of a mobile crash sent hours later with a fresh sent_at", () => {
    const timestamp = (RECEIVED_AT - 3 * DAY) / 1000;
    expect(normalised({ timestamp }, { sentAt: RECEIVED_AT - 100 }).timestamp).toBe(timestamp);
  });
});
