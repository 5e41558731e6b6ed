import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileBlobStore } from "../../store/blobs/files/file-blob-store.js";
import { openMeta } from "../../store/meta/connect.js";
import type { MetaHandle } from "../../store/meta/connect.js";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../../store/meta/meta.test-suite.js";
import { noProject } from "../raw-items.js";
import { forgetOldFiles } from "./forget-files.js";

const dayMs = 24 * 3_600_000;
const now = 1_800_000_000_000;

describe.each(metaKinds())("forgetting files on $name", ({ makePlace }) => {
  let folder: string;
  let place: MetaPlace;
  let meta: MetaHandle;
  let blobs: FileBlobStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vedette-files-"));
    place = await makePlace();
    meta = await openMeta(place.target);
    blobs = new FileBlobStore(folder);
    await meta.db
      .insertInto("organization")
      .values({
        slug: "o",
        name: "O",
        created_at: 1,
        alerts_stopped_at: null,
        alerts_stopped_by: null,
        settings: "{}",
      })
      .execute();
  });

  afterEach(async () => {
    await meta.close();
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function addProject(slug: string, retentionDays: number): Promise<number> {
    const row = await meta.db
      .insertInto("project")
      .values({
        organization_id: 1,
        slug,
        name: slug,
        platform: null,
        status: "active",
        created_at: 1,
        first_event_at: null,
        settings: JSON.stringify({ retentionDays }),
        next_short_id: 1,
        revision: 1,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async function addFile(projectId: number, ageDays: number): Promise<string> {
    const blobKey = `attachments/${projectId}/${ageDays}-days`;
    await blobs.put(blobKey, Buffer.from("x"));
    await meta.db
      .insertInto("attachment")
      .values({
        project_id: projectId,
        event_id: "",
        item_type: "attachment",
        name: "x",
        content_type: "",
        attachment_type: "",
        size_bytes: 1,
        blob_key: blobKey,
        created_at: now - ageDays * dayMs,
      })
      .execute();
    return blobKey;
  }

  it("goes by the retention of each project, and by 30 days for raw items", async () => {
    const short = await addProject("short", 7);
    const long = await addProject("long", 90);
    const gone = [await addFile(short, 8), await addFile(long, 91), await addFile(noProject, 31)];
    const kept = [await addFile(short, 6), await addFile(long, 8), await addFile(noProject, 29)];
    expect(await forgetOldFiles({ meta: meta.db, blobs }, now)).toBe(gone.length);
    for (const key of gone) expect(await blobs.get(key)).toBeNull();
    for (const key of kept) expect(await blobs.get(key)).not.toBeNull();
    const rows = await meta.db.selectFrom("attachment").select("blob_key").orderBy("blob_key").execute();
    expect(rows.map((row) => row.blob_key)).toEqual(kept.toSorted());
    expect(await forgetOldFiles({ meta: meta.db, blobs }, now)).toBe(0);
  });

  it("goes on where the last turn was cut short after the file", async () => {
    const project = await addProject("shop", 7);
    const key = await addFile(project, 8);
    await blobs.delete(key);
    expect(await forgetOldFiles({ meta: meta.db, blobs }, now)).toBe(1);
  });
});
