import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../store/meta/meta.test-suite.js";
import { noon } from "./alert.test-suite.js";
import { purgeAlertHistory } from "./purge.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe.each(metaKinds())("the purge on $name", ({ makePlace }) => {
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

  it("deletes changes that are old and were read, and history older than 90 days", async () => {
    const { db } = handle;
    const ages = [9, 3, 2, 0.5];
    for (const hours of ages) {
      await db
        .insertInto("change")
        .values({ at: noon - hours * hourMs, project_id: 1, issue_id: 1, kind: "seen", data: "{}" })
        .execute();
    }
    await db
      .insertInto("consumer")
      .values({ name: "alert", position: 2, claimed_to: null, attempts: 0, updated_at: 1 })
      .execute();
    await db
      .insertInto("organization")
      .values({ slug: "o", name: "O", created_at: 1, settings: "{}" })
      .execute();
    await db
      .insertInto("rule")
      .values({
        organization_id: 1,
        slug: "r",
        name: "R",
        definition: "{}",
        enabled: 1,
        origin: "api",
        created_at: 1,
        updated_at: 1,
      })
      .execute();
    for (const days of [91, 89]) {
      await db
        .insertInto("rule_history")
        .values({ rule_id: 1, at: noon - days * dayMs, outcome: "fired", reason: "new issue", data: "{}" })
        .execute();
    }
    expect(await purgeAlertHistory(db, noon)).toEqual({ changes: 2, history: 1, notifications: 0 });
    expect(await db.selectFrom("change").select("id").orderBy("id").execute()).toEqual([
      { id: 3 },
      { id: 4 },
    ]);
  });

  it("deletes more than fits one step", async () => {
    const row = { at: noon - dayMs, project_id: 1, issue_id: 1, kind: "seen", data: "{}" };
    await handle.db
      .insertInto("change")
      .values(Array.from({ length: 1_200 }, () => row))
      .execute();
    await handle.db
      .insertInto("consumer")
      .values({ name: "alert", position: 1_100, claimed_to: null, attempts: 0, updated_at: 1 })
      .execute();
    expect(await purgeAlertHistory(handle.db, noon)).toMatchObject({ changes: 1_100 });
  });

  it("deletes finished notifications of more than 90 days ago with their attempts", async () => {
    const states = ["delivered", "failed", "pending", "delivered"] as const;
    for (const [index, state] of states.entries()) {
      const { id } = await handle.db
        .insertInto("notification")
        .values({
          dedupe_key: `k${index}`,
          organization_id: 1,
          channel_id: 1,
          kind: "test",
          payload: "{}",
          state,
          attempts: 1,
          next_attempt_at: 1,
          created_at: noon - (index === 3 ? 89 : 91) * dayMs,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await handle.db
        .insertInto("delivery")
        .values({
          notification_id: id,
          channel_id: 1,
          attempt: 1,
          at: noon,
          outcome: state,
          reason: "",
          duration_ms: 1,
        })
        .execute();
    }
    expect(await purgeAlertHistory(handle.db, noon)).toMatchObject({ notifications: 2 });
    expect(await handle.db.selectFrom("delivery").select("outcome").orderBy("id").execute()).toEqual([
      { outcome: "pending" },
      { outcome: "delivered" },
    ]);
  });

  it("stops when the program does", async () => {
    const row = { at: 1, project_id: 1, issue_id: 1, kind: "seen", data: "{}" };
    await handle.db.insertInto("change").values(row).execute();
    await handle.db
      .insertInto("consumer")
      .values({ name: "alert", position: 9, claimed_to: null, attempts: 0, updated_at: 1 })
      .execute();
    expect(await purgeAlertHistory(handle.db, noon, AbortSignal.abort())).toMatchObject({ changes: 0 });
  });

  it("deletes no change before alert has read one", async () => {
    const row = { at: 1, project_id: 1, issue_id: 1, kind: "seen", data: "{}" };
    await handle.db.insertInto("change").values(row).execute();
    expect(await purgeAlertHistory(handle.db, noon)).toEqual({ changes: 0, history: 0, notifications: 0 });
  });
});
