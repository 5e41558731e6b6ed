import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMeta } from "../../store/meta/connect.js";
import type { MetaHandle } from "../../store/meta/connect.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../../store/meta/meta.test-suite.js";
import type { Meta } from "../../store/port.js";
import type { PreparedEvent } from "../prepare/prepared.js";
import { commitBatch } from "./commit-batch.js";

const now = 1_790_000_000_000;

describe.each(metaKinds())("a batch's commit on $name while people act on its issues", ({ makePlace }) => {
  let place: MetaPlace;
  let worker: MetaHandle;
  let web: MetaHandle;

  beforeEach(async () => {
    place = await makePlace();
    worker = await openMeta(place.target);
    web = await openMeta(place.target, { migrate: false });
    await addProject(web.db);
    await commit(["one"], 1);
    await commit(["two"], 2);
  });
  afterEach(async () => {
    await worker.close();
    await web.close();
    await place.remove();
  });

  function commit(hashes: readonly string[], index: number) {
    const effect = { events: [event(hashes, index)], attachments: [], rules: new Map(), now };
    return worker.db.transaction().execute((trx) => commitBatch(trx, effect));
  }

  /** Does something to the issues, and lets a batch with the hash begin before it is committed. */
  async function during(hash: string, action: (trx: Meta) => Promise<unknown>): Promise<void> {
    let batch: Promise<unknown> = Promise.resolve();
    await web.db.transaction().execute(async (trx) => {
      await trx.selectFrom("issue").select("id").orderBy("id").forUpdate().execute();
      await action(trx);
      batch = commit([hash], 3);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await batch;
  }

  const issues = () => web.db.selectFrom("issue").selectAll().orderBy("id").execute();

  it("counts its events in the issue that theirs was merged into", async () => {
    const [parent, child] = await issues();
    if (!parent || !child) throw new Error("two issues are needed");
    await during("two", async (trx) => {
      await trx.updateTable("issue_hash").set({ issue_id: parent.id }).execute();
      await trx.updateTable("issue").set({ times_seen: 2 }).where("id", "=", parent.id).execute();
      await trx.deleteFrom("issue").where("id", "=", child.id).execute();
    });
    expect(await issues()).toMatchObject([{ id: parent.id, times_seen: 3 }]);
  });

  it("makes a new issue for events whose issue was deleted", async () => {
    const [, child] = await issues();
    await during("two", (trx) =>
      trx
        .deleteFrom("issue")
        .where("id", "=", child?.id ?? 0)
        .execute(),
    );
    expect(await issues()).toMatchObject([{ times_seen: 1 }, { short_id: 3, times_seen: 1 }]);
  });

  it("reopens an issue that was resolved while the batch was under way", async () => {
    await during("two", (trx) =>
      trx
        .updateTable("issue")
        .set({ status: "resolved", substatus: null, status_at: now - 1 })
        .execute(),
    );
    expect(await issues()).toMatchObject([{ status: "resolved" }, { status: "unresolved", times_seen: 2 }]);
  });
});

async function addProject(meta: Meta): Promise<void> {
  const none = { alerts_stopped_at: null, alerts_stopped_by: null, settings: "{}" };
  await meta
    .insertInto("organization")
    .values({ slug: "acme", name: "Acme", created_at: now, ...none })
    .execute();
  await meta
    .insertInto("project")
    .values({
      organization_id: 1,
      slug: "shop",
      name: "Shop",
      platform: "node",
      status: "active",
      created_at: now,
      first_event_at: null,
      settings: "{}",
      next_short_id: 1,
      revision: 1,
    })
    .execute();
}

function event(hashes: readonly string[], index: number): PreparedEvent {
  const eventId = String(index).padStart(32, "0");
  return {
    record: {
      seq: index,
      body: Buffer.alloc(0),
      item: {
        type: "event",
        projectId: 1,
        publicKey: "",
        eventId,
        receivedAt: now,
        sentAt: null,
        header: {},
        clientIp: "",
        userAgent: "",
        client: "",
        envelope: {},
        attachments: [],
      },
    },
    eventId,
    timestamp: now,
    type: "error",
    level: "error",
    platform: "node",
    environment: "production",
    release: "",
    handled: -1,
    grouping: { hashes, explanation: { algorithm: "v1", parts: [] } } as unknown as PreparedEvent["grouping"],
    title: { title: "Boom", culprit: "", type: "Boom", value: "", filename: "", function: "" },
    line: "{}",
    facts: null,
  };
}
