import { describe, expect, it } from "vitest";
import { Lane, LaneFullError } from "./lane.js";

const never = new AbortController().signal;

describe("Lane", () => {
  it("runs no more calls at once than it has slots, in order of arrival", async () => {
    const lane = new Lane(2, 10);
    const order: number[] = [];
    let most = 0;
    await Promise.all(
      [0, 1, 2, 3, 4].map((index) =>
        lane.run(never, async () => {
          order.push(index);
          most = Math.max(most, lane.active);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }),
      ),
    );
    expect([order, most, lane.active, lane.waiting]).toEqual([[0, 1, 2, 3, 4], 2, 0, 0]);
  });

  it("lets a waiting call go when its signal fires and frees the slot after a failure", async () => {
    const lane = new Lane(1, 10);
    const abort = new AbortController();
    const first = lane.run(
      never,
      () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no")), 20)),
    );
    const second = lane.run(abort.signal, () => Promise.resolve("ran"));
    abort.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    await expect(first).rejects.toThrow("no");
    expect(await lane.run(never, () => Promise.resolve("next"))).toBe("next");
  });

  it("refuses a call when too many wait", async () => {
    const lane = new Lane(1, 1);
    const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
    const running = [lane.run(never, slow), lane.run(never, slow)];
    await expect(lane.run(never, slow)).rejects.toThrow(LaneFullError);
    await Promise.all(running);
  });
});
