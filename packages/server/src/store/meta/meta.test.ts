import { sql, type InsertResult } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMeta, type MetaHandle } from "./connect.js";
import { metaKinds, type MetaPlace } from "./meta.test-suite.js";

function see(meta: MetaHandle): Promise<InsertResult> {
  return meta.db
    .insertInto("event_seen")
    .values({ project_id: 1, event_id: "e".repeat(32), seen_at: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
}

describe.each(metaKinds())("the meta store on $name", ({ makePlace }) => {
  let place: MetaPlace;
  let meta: MetaHandle;
  const extra: MetaHandle[] = [];

  beforeEach(async () => {
    place = await makePlace();
    meta = await openMeta(place.target);
  });

  afterEach(async () => {
    await Promise.all([meta, ...extra.splice(0)].map((handle) => handle.close()));
    await place.remove();
  });

  async function openAnother(): Promise<MetaHandle> {
    const handle = await openMeta(place.target, { migrate: false });
    extra.push(handle);
    return handle;
  }

  function seedProject() {
    return meta.db.transaction().execute(async (trx) => {
      const organization = await trx
        .insertInto("organization")
        .values({ slug: "default", name: "Default", created_at: 1_790_000_000_000, settings: "{}" })
        .returning("id")
        .executeTakeFirstOrThrow();
      return trx
        .insertInto("project")
        .values({
          organization_id: organization.id,
          slug: "checkout",
          name: "Checkout",
          status: "active",
          created_at: 1_790_000_000_000,
          settings: "{}",
          next_short_id: 1,
          revision: 1,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
  }

  it("gives the first project the id 1 and reads its columns back as written", async () => {
    const project = await seedProject();
    expect(project).toMatchObject({
      id: 1,
      organization_id: 1,
      created_at: 1_790_000_000_000,
      platform: null,
    });
  });

  it("answers counts and sums as numbers", async () => {
    await seedProject();
    const row = await meta.db
      .selectFrom("project")
      .select((eb) => [eb.fn.countAll<number>().as("rows"), eb.fn.sum<number>("created_at").as("total")])
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ rows: 1, total: 1_790_000_000_000 });
  });

  it("loses no increment when two handles count in transactions at once", async () => {
    const { id } = await seedProject();
    const other = await openAnother();
    const increment = (handle: MetaHandle) =>
      handle.db.transaction().execute(async (trx) => {
        const { revision } = await trx
          .selectFrom("project")
          .select("revision")
          .where("id", "=", id)
          .forUpdate()
          .executeTakeFirstOrThrow();
        await trx
          .updateTable("project")
          .set({ revision: revision + 1 })
          .where("id", "=", id)
          .execute();
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => increment(index % 2 === 0 ? meta : other)));
    const row = await meta.db.selectFrom("project").select("revision").executeTakeFirstOrThrow();
    expect(row.revision).toBe(41);
  });

  it("waits for a write lock without stopping the thread", async () => {
    await seedProject();
    const other = await openAnother();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const slow = meta.db.transaction().execute(async (trx) => {
      await trx.updateTable("project").set({ name: "first" }).execute();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await other.db.updateTable("project").set({ name: "second" }).execute();
    await slow;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
    const row = await meta.db.selectFrom("project").select("name").executeTakeFirstOrThrow();
    expect(row.name).toBe("second");
  });

  it("undoes a transaction which fails", async () => {
    await seedProject();
    const failing = meta.db.transaction().execute(async (trx) => {
      await trx.updateTable("project").set({ name: "lost" }).execute();
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    const row = await meta.db.selectFrom("project").select("name").executeTakeFirstOrThrow();
    expect(row.name).toBe("Checkout");
  });

  it("removes what belongs to a project together with it", async () => {
    const { id } = await seedProject();
    await meta.db
      .insertInto("project_key")
      .values({ public_key: "a".repeat(32), project_id: id, label: "", is_active: 1, created_at: 1 })
      .execute();
    await meta.db.deleteFrom("project").where("id", "=", id).execute();
    expect(await meta.db.selectFrom("project_key").selectAll().execute()).toEqual([]);
  });

  it("takes an event id once", async () => {
    expect(Number((await see(meta)).numInsertedOrUpdatedRows)).toBe(1);
    expect(Number((await see(meta)).numInsertedOrUpdatedRows)).toBe(0);
  });

  it("keeps text with U+0000 and lone surrogates out of trouble", async () => {
    await meta.db.insertInto("setting").values({ key: "odd", value: "a\0b\ud800c" }).execute();
    const row = await meta.db.selectFrom("setting").select("value").executeTakeFirstOrThrow();
    expect(row.value).toMatch(/^a.b.+c$/s);
  });

  it("understands greatest, least and a case-sensitive like", async () => {
    const query = sql<{ big: number; small: number; same: number }>`
      select greatest(1, 3, 2) as big, least(4, null, 2) as small, case when 'a' like 'A' then 1 else 0 end as same`;
    const { rows } = await query.execute(meta.db);
    expect(rows).toEqual([{ big: 3, small: 2, same: 0 }]);
  });

  it("refuses a value of the wrong type", async () => {
    const wrong = sql`insert into environment (project_id, name, first_seen) values ('many', 'x', 1)`;
    await expect(wrong.execute(meta.db)).rejects.toThrow(/TEXT value in INTEGER|invalid input syntax/);
  });

  it("opens again with its rows, and refuses to open for an older program", async () => {
    await seedProject();
    const again = await openMeta(place.target);
    extra.push(again);
    expect(await again.db.selectFrom("project").select("id").execute()).toEqual([{ id: 1 }]);
    await sql`insert into vedette_migration (name, timestamp) values ('9999-later', '2099-01-01')`.execute(
      meta.db,
    );
    await expect(openMeta(place.target)).rejects.toThrow(/newer Vedette \(it has step 9999-later\)/);
  });
});
