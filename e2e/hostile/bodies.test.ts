import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { residentMb } from "../durability/processes.js";
import { waitForDrain } from "../durability/read-back.js";
import { Server } from "../support/server.js";
import { waitFor } from "../support/wait-for.js";
import { problemOf } from "./clear-answer.js";
import { brokenAddress, brokenFraming, unusualFraming } from "./framing-cases.js";
import type { HostileCase } from "./hostile-case.js";
import { readOutcomes, totalOf } from "./outcomes.js";
import { post } from "./post.js";
import { bombOf, sizeCases } from "./size-cases.js";
import { hostileItems, hostileValues } from "./value-cases.js";
import { Witnesses } from "./witnesses.js";

const mostResidentMb = 700;
const outcomeFlushMs = 1_500;

describe("hostile bodies", () => {
  let server: Server;
  let witnesses: Witnesses;
  let expectedTotal = 0;

  beforeAll(async () => {
    server = await Server.start({ environment: { VEDETTE_LOG_LEVEL: "error" } });
    witnesses = new Witnesses(server);
  });
  afterAll(() => server?.stop());
  afterEach(() => witnesses.send());

  /** Null when it is answered as it should be. */
  async function problemWith({ name, post: make, statuses }: HostileCase): Promise<string | null> {
    return problemOf(name, await post(server, make()), statuses);
  }

  const counted = [
    ...brokenFraming,
    ...unusualFraming,
    ...brokenAddress,
    ...hostileValues,
    ...sizeCases,
  ].filter((one) => one.counted !== undefined);

  it.each(counted)("answers $name", async (one) => {
    expect(await problemWith(one)).toBeNull();
    expectedTotal += one.counted ?? 0;
  });

  it("counts each of them where the project's owner sees it", async () => {
    await sleep(outcomeFlushMs);
    await waitForDrain(server);
    const expected = expectedTotal + witnesses.sent;
    await waitFor(
      "the sum of all outcomes",
      async () => totalOf(await readOutcomes(server)) >= expected,
      10_000,
    ).catch(() => undefined);
    const outcomes = await readOutcomes(server);
    expect({ total: totalOf(outcomes), ...Object.fromEntries(outcomes) }).toMatchObject({ total: expected });
  });

  it("answers items of every kind with nonsense in them", async () => {
    for (const one of [...hostileItems, ...unusualFraming]) expect(await problemWith(one)).toBeNull();
  });

  it("stays small while many bombs come at once", async () => {
    let largestMb = 0;
    const watch = setInterval(() => (largestMb = Math.max(largestMb, residentMb(server.pid))), 50);
    const encodings = ["gzip", "deflate", "br", "zstd"];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_none, at) => {
        const encoding = encodings[at % encodings.length] ?? "gzip";
        return post(server, { body: bombOf(encoding), headers: { "Content-Encoding": encoding } });
      }),
    );
    clearInterval(watch);
    console.log({ largestMb: Math.round(largestMb) });
    expect(answers.filter(({ status }) => status !== 413 && status !== 429)).toEqual([]);
    expect(largestMb).toBeLessThan(mostResidentMb * 1.5);
  });

  it("has lived through all of it in one process, small, and stored every ordinary event in between", async () => {
    await waitForDrain(server);
    expect(residentMb(server.pid)).toBeLessThan(mostResidentMb);
    expect((await post(server, { method: "GET", path: "/healthz" })).status).toBe(200);
    expect(await witnesses.missing()).toEqual([]);
    expect(server.output).not.toMatch(/unhandled|uncaught|panicked/i);
  });
});
