import { ClickHouseStore } from "../store/events/clickhouse-store.js";
import type { EventStore } from "../store/port.js";

/** The event store at its address: a server's URL, or the embedded engine's socket. */
export function openEvents(address: { eventsUrl: string | null; engineSocket: string | null }): EventStore {
  if (address.eventsUrl !== null) return new ClickHouseStore({ url: address.eventsUrl });
  if (address.engineSocket !== null) return new ClickHouseStore({ socketPath: address.engineSocket });
  throw new Error("neither a ClickHouse URL nor an embedded engine was given");
}
