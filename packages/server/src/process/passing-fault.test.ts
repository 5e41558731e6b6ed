import { describe, expect, it } from "vitest";
import { EventStoreError } from "../store/events/event-store-error.js";
import { PositionMoved } from "./claim.js";
import { isPassingFault } from "./passing-fault.js";

const withCode = (code: string) => Object.assign(new Error("x"), { code });

describe("a fault that passes", () => {
  it.each([
    "ENOSPC",
    "EIO",
    "SQLITE_FULL",
    "SQLITE_BUSY",
    "SQLITE_BUSY_SNAPSHOT",
    "SQLITE_IOERR_WRITE",
    "ECONNREFUSED",
    "57P01",
    "53100",
    "40P01",
    "55P03",
  ])("is one with the code %s", (code) => expect(isPassingFault(withCode(code))).toBe(true));

  it.each(["overloaded", "unavailable", "timeout", "aborted"] as const)(
    "is an event store that is %s",
    (kind) => expect(isPassingFault(new EventStoreError(kind, "x"))).toBe(true),
  );

  it.each([
    new Error("Connection terminated unexpectedly"),
    new EventStoreError("rejected", "no such table", { code: 60 }),
    new PositionMoved({ after: 1, upTo: 2, attempt: 1 }),
  ])("is $message", (error) => expect(isPassingFault(error)).toBe(true));

  it.each([
    new TypeError("x is not a function"),
    new RangeError("Maximum call stack size exceeded"),
    withCode("SQLITE_CONSTRAINT_UNIQUE"),
    withCode("23505"),
    new EventStoreError("rejected", "x"),
    "text",
  ])("is not $message", (error) => expect(isPassingFault(error)).toBe(false));
});
