import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../store/meta/meta.test-suite.js";
import { noon } from "./alert.test-suite.js";
import { ChangeLog } from "./change-log.js";

describe.each(metaKinds())("the change log on $name", ({ makePlace }) => {
  let place: MetaPlace;
  let handle: MetaHandle;

  beforeEach(async () => {
    place = await makePlace();
    handle = await openMeta(place.target);
  });

  afterEach(async () => {
    await handle.close();
    await place.remove();
  });

  async function append(id: number, kind = "seen", issueId = id): Promise<void> {
    const data = JSON.stringify({ count: 0, events: [] });
    await handle.db
      .insertInto("change")
      .values({ id, at: noon, project_id: 1, issue_id: issueId, kind, data })
      .execute();
  }

  it("has nothing to read at first", async () => {
    expect(await new ChangeLog(handle.db).read(noon)).toBeNull();
  });

  it("is read in order from the position on", async () => {
    for (const id of [1, 2, 3]) await append(id);
    const changes = new ChangeLog(handle.db);
    expect(await changes.read(noon)).toMatchObject({ after: 0, upTo: 3, isFull: false });
    await handle.db.updateTable("consumer").set({ position: 2 }).execute();
    expect(await changes.read(noon)).toMatchObject({ after: 2, upTo: 3 });
  });

  it("waits for a missing id, which a transaction under way may still bring", async () => {
    for (const id of [1, 3]) await append(id);
    const changes = new ChangeLog(handle.db);
    expect(await changes.read(noon)).toMatchObject({ upTo: 1 });
    await handle.db.updateTable("consumer").set({ position: 1 }).execute();
    expect(await changes.read(noon + 100)).toBeNull();
    await append(2);
    expect(await changes.read(noon + 200)).toMatchObject({ after: 1, upTo: 3 });
  });

  it("passes over an id that does not come", async () => {
    for (const id of [1, 3]) await append(id);
    const changes = new ChangeLog(handle.db);
    expect(await changes.read(noon + 2_999)).toMatchObject({ upTo: 1 });
    expect(await changes.read(noon + 3_000)).toMatchObject({ upTo: 3 });
  });

  it("does not wait where old rows were deleted", async () => {
    await append(5_000);
    expect(await new ChangeLog(handle.db).read(noon + 60_000)).toMatchObject({ after: 0, upTo: 5_000 });
  });

  it("does not tear apart what one batch wrote about an issue", async () => {
    for (let id = 1; id < 200; id++) await append(id);
    await append(200, "first_seen", 777);
    await append(201, "seen", 777);
    const changes = new ChangeLog(handle.db);
    expect(await changes.read(noon)).toMatchObject({ upTo: 199, isFull: true });
    await handle.db.updateTable("consumer").set({ position: 199 }).execute();
    const batch = await changes.read(noon);
    expect(batch?.occurrences.map(({ changes: some }) => some.map(({ kind }) => kind))).toEqual([
      ["first_seen", "seen"],
    ]);
  });

  it("comes in smaller batches when its rows are large", async () => {
    const data = JSON.stringify({ count: 0, events: [], padding: "x".repeat(1_000_000) });
    for (let id = 1; id <= 60; id++) {
      await handle.db
        .insertInto("change")
        .values({ id, at: noon, project_id: 1, issue_id: id, kind: "seen", data })
        .execute();
    }
    const changes = new ChangeLog(handle.db);
    expect(await changes.read(noon)).toMatchObject({ upTo: 25, isFull: true });
  });

  it("comes in batches of 200", async () => {
    for (let id = 1; id <= 450; id++) await append(id);
    const changes = new ChangeLog(handle.db);
    const batch = await changes.read(noon);
    expect(batch).toMatchObject({ upTo: 200, isFull: true });
  });
});
