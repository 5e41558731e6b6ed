import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { residentMb } from "../durability/processes.js";
import { readMetric, waitForDrain } from "../durability/read-back.js";
import { Server, publicKey } from "../support/server.js";
import { problemOf } from "./clear-answer.js";
import { spoiledRequest } from "./mutations.js";
import { post } from "./post.js";
import { Witnesses } from "./witnesses.js";

const runs = 1_500;
const witnessEvery = 25;
const longestMs = 120_000;
const mostGrowthMb = 400;

describe("requests near valid ones", () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ environment: { VEDETTE_LOG_LEVEL: "error" } });
  });
  afterAll(() => server?.stop());

  it(
    "are taken or refused with a reason, and harm neither the process nor their neighbours",
    async () => {
      const witnesses = new Witnesses(server);
      const statuses = new Map<number, number>();
      await witnesses.send();
      const beforeMb = residentMb(server.pid);
      let run = 0;
      await fc.assert(
        fc.asyncProperty(spoiledRequest(publicKey), async (request) => {
          if (run++ % witnessEvery === 0) await witnesses.send();
          const answer = await post(server, request);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expect(problemOf(String(request.body), answer)).toBeNull();
        }),
        { numRuns: runs, interruptAfterTimeLimit: longestMs, endOnFailure: true },
      );
      await waitForDrain(server);
      const dead = await readMetric(server, "vedette_process_dead_total");
      const grownMb = residentMb(server.pid) - beforeMb;
      console.log({ runs: run, statuses: Object.fromEntries(statuses), dead, grownMb: Math.round(grownMb) });
      expect(await witnesses.missing()).toEqual([]);
      expect(dead).toBe(0);
      expect(grownMb).toBeLessThan(mostGrowthMb);
      expect((await post(server, { method: "GET", path: "/healthz" })).status).toBe(200);
    },
    longestMs * 2,
  );
});
