import { describe, expect, it } from "vitest";
import { ManualClock, systemClock } from "./clock.js";

describe("the system clock", () => {
  it("wakes a sleeper when its signal aborts", async () => {
    const stop = new AbortController();
    const started = Date.now();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await sleep;
    await systemClock.sleep(60_000, stop.signal);
    expect(Date.now() - started).toBeLessThan(1000);
  });
});

describe("the manual clock", () => {
  it("wakes sleepers in the order of their time and stands where it was moved to", async () => {
    const clock = new ManualClock(1000);
    const woken: string[] = [];
    void clock.sleep(30).then(() => woken.push(`late ${clock.now()}`));
    void clock.sleep(10).then(() => woken.push(`early ${clock.now()}`));
    await clock.advance(20);
    expect(woken).toEqual(["early 1010"]);
    await clock.advance(20);
    expect(woken).toEqual(["early 1010", "late 1030"]);
    expect(clock.now()).toBe(1040);
  });

  it("lets a loop of sleeps run as often as fits", async () => {
    const clock = new ManualClock(0);
    const stop = new AbortController();
    let rounds = 0;
    const loop = (async () => {
      while (!stop.signal.aborted) {
        await clock.sleep(10, stop.signal);
        rounds++;
      }
    })();
    await clock.advance(35);
    expect(rounds).toBe(3);
    stop.abort();
    await loop;
  });
});
