import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { migrateEvents } from "../migrations/migrate-events.js";
import { entryUrl } from "../../../shared/entry-url.js";
import { engineDirectoryHolder } from "./engine-paths.js";
import { EngineStartError } from "./engine-process.js";
import { startEngineFixture, type EngineFixture } from "./engine-fixture.js";
import { startEngine } from "./supervisor.js";

let fixture: EngineFixture | undefined;
afterEach(async () => {
  await fixture?.dispose();
  fixture = undefined;
});

function eventRows(batch: number): string {
  const rows = Array.from({ length: 500 }, (_unused, index) => ({
    project_id: 1,
    event_id: `${batch}-${index}`,
    primary_hash: `hash-${index % 10}`,
    timestamp: 1_767_225_600_000 + index,
    received_at: "2026-01-01T00:00:00.000Z",
    user_key: `id:${index % 20}`,
    payload: "p".repeat(500),
    retention_days: 36_500,
  }));
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

function killNow(pid: number | undefined, signal: "SIGKILL" | "SIGSTOP"): void {
  if (pid !== undefined) {
    process.kill(pid, signal);
  }
}

function restartOf(from: EngineFixture): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = from.engine.onRestart(() => {
      unsubscribe();
      resolve();
    });
  });
}

describe("the embedded engine", () => {
  it("stores every batch once, rollup included, though it is killed amid inserts", async () => {
    const ends: string[] = [];
    fixture = await startEngineFixture({ onExit: (description) => ends.push(description) });
    const { store, engine } = fixture;
    await migrateEvents(store);
    const rounds = 5;
    let batch = 0;
    for (let round = 0; round < rounds; round += 1) {
      const back = restartOf(fixture);
      setTimeout(() => killNow(engine.pid, "SIGKILL"), 30 + round * 17);
      for (let index = 0; index < 12; index += 1) {
        await store.insert("events", eventRows(batch), { dedupToken: `batch-${batch}` });
        batch += 1;
      }
      await back;
    }
    await store.insert("events", eventRows(0), { dedupToken: "batch-0" });
    const expected = batch * 500;
    expect(await store.query("SELECT count() AS c, uniqExact(event_id) AS u FROM events")).toEqual([
      { c: expected, u: expected },
    ]);
    expect(
      await store.query("SELECT sum(events) AS c, uniqCombined64Merge(12)(users) AS u FROM event_counts"),
    ).toEqual([{ c: expected, u: 20 }]);
    expect(engine.restarts).toBe(rounds);
    expect(ends).toEqual(Array.from({ length: rounds }, () => "the event engine ended by SIGKILL"));
  }, 60_000);

  it("answers a query that comes while it restarts", async () => {
    fixture = await startEngineFixture();
    killNow(fixture.engine.pid, "SIGKILL");
    expect(await fixture.store.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("is killed and restarted when it hangs", async () => {
    const ends: string[] = [];
    fixture = await startEngineFixture({
      heartbeatMs: 100,
      missedHeartbeats: 5,
      onExit: (description) => ends.push(description),
    });
    const back = restartOf(fixture);
    killNow(fixture.engine.pid, "SIGSTOP");
    await back;
    expect(await fixture.store.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(ends).toEqual(["the event engine ended by SIGKILL after 5 missed heartbeats"]);
  });

  it("refuses a data directory which another engine holds and leaves that one alone", async () => {
    fixture = await startEngineFixture();
    const second = startEngine({ dataDir: fixture.dataDir });
    const error = await second.then(
      () => expect.fail("it started"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EngineStartError);
    expect(error).toMatchObject({ inUse: true });
    expect(String(error)).toContain(`in use by another event engine (process ${fixture.engine.pid})`);
    expect(await fixture.store.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("waits for an engine whose supervisor is dead, when told to", async () => {
    fixture = await startEngineFixture();
    const { engine, dataDir } = fixture;
    const second = startEngine({ dataDir, waitForOrphanMs: 20_000 });
    setTimeout(() => void engine.stop(), 1_500);
    const successor = await second;
    expect(successor.pid).not.toBe(engine.pid);
    await successor.stop();
  });

  it("keeps what it holds over a stop and finishes the query under way", async () => {
    fixture = await startEngineFixture();
    const { store, engine, dataDir } = fixture;
    await migrateEvents(store);
    await store.insert("events", eventRows(1), { dedupToken: "1" });
    const slow = store.query("SELECT sleep(0.5) AS s");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { pid } = engine;
    await engine.stop();
    expect(await slow).toEqual([{ s: 0 }]);
    expect(() => process.kill(pid ?? 0, 0)).toThrow("ESRCH");
    const again = await startEngine({ dataDir });
    expect(await store.query("SELECT count() AS c FROM events")).toEqual([{ c: 500 }]);
    await store.insert("events", eventRows(1), { dedupToken: "1" });
    expect(await store.query("SELECT count() AS c FROM events")).toEqual([{ c: 500 }]);
    await again.stop();
  });

  it("dies with its parent, and the next one starts on what it left", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "vedette-orphan-"));
    const script = `import { startEngine } from ${JSON.stringify(entryUrl(import.meta.url, "./supervisor.js").href)};
      const engine = await startEngine({ dataDir: ${JSON.stringify(dataDir)} }); console.log(engine.pid);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const enginePid = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (text) => resolve(Number(text))),
    );
    parent.kill("SIGKILL");
    await expect.poll(() => engineDirectoryHolder(join(dataDir, "chdb")), { timeout: 5_000 }).toBeUndefined();
    expect(() => process.kill(enginePid, 0)).toThrow("ESRCH");
    const next = await startEngine({ dataDir });
    await next.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("does not outlive a parent that died while it was loading", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "vedette-orphan-"));
    const script = `import { startEngine } from ${JSON.stringify(entryUrl(import.meta.url, "./supervisor.js").href)};
      void startEngine({ dataDir: ${JSON.stringify(dataDir)} });
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 20);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
    await new Promise((resolve) => parent.once("exit", resolve));
    // Long enough for a child that lives on to have opened the directory.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(engineDirectoryHolder(join(dataDir, "chdb"))).toBeUndefined();
    const next = await startEngine({ dataDir });
    await next.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  it("keeps its socket from other users", async () => {
    fixture = await startEngineFixture();
    expect(statSync(fixture.engine.socketPath).mode & 0o077).toBe(0);
  });
});
