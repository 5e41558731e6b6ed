import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryUrl } from "../../shared/entry-url.js";
import { openQueueReader, openQueueWriter } from "./open-queue.js";

const kills = 10;
const numbersPerRound = 1_000_000;
const fixture = fileURLToPath(new URL("./fixtures/append-until-killed.mjs", import.meta.url));

/** Runs the appender, kills it after a random while, and tells which numbers were acknowledged. */
function runAndKill(path: string, first: number): Promise<readonly number[]> {
  const module = entryUrl(import.meta.url, "./open-queue.js").href;
  const child = spawn(process.execPath, [fixture, module, path, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    if (printed === "") setTimeout(() => child.kill("SIGKILL"), Math.random() * 150);
    printed += chunk.toString();
  });
  return new Promise((resolve) => {
    // The last line may be cut by the kill; only whole lines are acknowledgements.
    child.once("close", () => resolve(printed.split("\n").slice(0, -1).map(Number)));
  });
}

describe("a queue whose process is killed again and again", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vedette-kill-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has every acknowledged record, whole and once", async () => {
    const path = join(folder, "queue.sqlite");
    const acknowledged: number[] = [];
    for (let round = 0; round < kills; round++) {
      acknowledged.push(...(await runAndKill(path, round * numbersPerRound)));
    }
    const repairs: string[] = [];
    const writer = await openQueueWriter({ path, onRepair: (message) => repairs.push(message) });
    const reader = await openQueueReader({ path });
    const records = await reader.read({ after: 0, maxRecords: 1_000_000, maxBytes: Infinity });
    const kept = records.map((record) => Number(record.item.eventId));
    expect(acknowledged.length).toBeGreaterThan(kills);
    expect(new Set(kept).size).toBe(kept.length);
    const missing = acknowledged.filter((number) => !kept.includes(number));
    expect(missing).toEqual([]);
    expect(records.every(({ item, body }) => body.equals(Buffer.alloc(11_000, Number(item.eventId))))).toBe(
      true,
    );
    expect(await reader.depth()).toMatchObject({ records: records.length });
    expect(repairs).toEqual([]);
    await writer.close();
    await reader.close();
  }, 60_000);
});
