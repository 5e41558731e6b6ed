import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMeta } from "../../store/meta/connect.js";
import type { MetaHandle } from "../../store/meta/connect.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../../store/meta/meta.test-suite.js";
import { dueChannels, dueQuery } from "./due-channels.js";

const now = 1_790_000_000_000;

describe.each(metaKinds())("the channels with something due on $name", ({ name, makePlace }) => {
  let place: MetaPlace;
  let meta: MetaHandle;

  beforeEach(async () => {
    place = await makePlace();
    meta = await openMeta(place.target);
  });
  afterEach(async () => {
    await meta.close();
    await place.remove();
  });

  let keys = 0;
  async function add(channelId: number, nextAttemptAt: number, state: "pending" | "sending" | "delivered") {
    await meta.db
      .insertInto("notification")
      .values({
        dedupe_key: `k${keys++}`,
        organization_id: 1,
        channel_id: channelId,
        kind: "test",
        payload: "{}",
        state,
        attempts: 0,
        next_attempt_at: nextAttemptAt,
        created_at: now,
      })
      .execute();
  }

  it("come in the order in which they wait, those at work left out", async () => {
    await add(1, now - 10, "pending");
    await add(2, now - 30, "sending");
    await add(2, now, "pending");
    await add(3, now + 1, "pending");
    await add(4, now - 99, "delivered");
    await add(5, now - 20, "pending");
    expect(await dueChannels(meta.db, [], now)).toEqual([2, 5, 1]);
    expect(await dueChannels(meta.db, [5, 9], now)).toEqual([2, 1]);
  });

  it.runIf(name === "sqlite")("are found without a look at what was sent", () => {
    const { sql, parameters } = dueQuery(meta.db, [7], now).compile();
    const database = new Database(place.target);
    const plan = database.prepare(`explain query plan ${sql}`).all(...parameters);
    database.close();
    expect(JSON.stringify(plan)).toContain("notification_due");
  });
});
