import { afterAll, beforeAll, expect, it } from "vitest";
import { createLog } from "../../shared/log.js";
import { startEngineFixture, type EngineFixture } from "../../store/events/embedded/engine-fixture.js";
import { migrateEvents } from "../../store/events/migrations/migrate-events.js";
import { samplePayload } from "../notify.test-suite.js";
import { loadExcerpt } from "./load-excerpt.js";

let fixture: EngineFixture;
const log = createLog({ level: "silent" });

beforeAll(async () => {
  fixture = await startEngineFixture();
  await migrateEvents(fixture.store);
});
afterAll(() => fixture.dispose());

it("reads the event a notification names from the event store", async () => {
  const now = Date.now();
  const sample = samplePayload();
  const payload = samplePayload({ event: sample.event && { ...sample.event, receivedAt: now } });
  const row = {
    project_id: payload.project.id,
    event_id: payload.event?.id,
    timestamp: now,
    received_at: new Date(now).toISOString().replace("Z", ""),
    payload: JSON.stringify({ exception: { values: [{ type: "TypeError", value: "stored" }] } }),
  };
  await fixture.store.insert("events", JSON.stringify({ ...row, timestamp: row.received_at }), {
    dedupToken: "one",
  });
  const ports = { events: fixture.store, log };
  expect(await loadExcerpt(ports, payload)).toMatchObject({ exceptionType: "TypeError", value: "stored" });
  expect(await loadExcerpt(ports, { ...payload, project: { ...payload.project, id: 2 } })).toBeNull();
});
