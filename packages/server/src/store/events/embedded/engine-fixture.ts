import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClickHouseStore } from "../clickhouse-store.js";
import { startEngine, type EngineHandle, type EngineOptions } from "./supervisor.js";

/** A real engine in a directory of its own, with a store on it; for tests. */
export interface EngineFixture {
  readonly dataDir: string;
  readonly engine: EngineHandle;
  readonly store: ClickHouseStore;
  /** Stops the engine and removes the directory. */
  dispose(): Promise<void>;
}

/** Starts an engine with an empty database `vedette`. The built entry must exist: `npx tsc -b packages/server`. */
export async function startEngineFixture(options: Partial<EngineOptions> = {}): Promise<EngineFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), "vedette-events-"));
  const engine = await startEngine({ dataDir, ...options });
  const store = new ClickHouseStore({ socketPath: engine.socketPath });
  await store.createDatabase();
  return {
    dataDir,
    engine,
    store,
    dispose: async () => {
      await store.close();
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
