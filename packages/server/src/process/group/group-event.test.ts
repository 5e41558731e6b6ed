import type { NormalisedEvent } from "@vedette/protocol";
import { describe, expect, it } from "vitest";
import { NEWEST_ALGORITHM, groupEvent } from "./group-event.js";

const event: NormalisedEvent = {
  event_id: "0".repeat(32),
  timestamp: 1_700_000_000,
  received: 1_700_000_000,
  type: "error",
  platform: "node",
  exception: {
    values: [
      {
        type: "TypeError",
        value: "x",
        stacktrace: { frames: [{ filename: "/app/src/cart.js", function: "checkout" }] },
      },
    ],
  },
};

describe("groupEvent", () => {
  it("says by which algorithm, from what and why", () => {
    expect(groupEvent(event, "v1").explanation).toEqual({
      algorithm: "v1",
      basis: "exception",
      summary: "Same exception type and same in-app frames",
      components: [
        { label: "exception", value: "TypeError" },
        { label: "frame", value: "src/cart.js in checkout" },
      ],
    });
  });

  it("uses the newest algorithm for a name it does not know", () => {
    expect(groupEvent(event, "v99")).toEqual(groupEvent(event, NEWEST_ALGORITHM));
    expect(groupEvent(event, "")).toEqual(groupEvent(event, NEWEST_ALGORITHM));
  });
});
