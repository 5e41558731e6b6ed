import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountsOf, createAuth, migrateAuth, needsPasswordChange } from "../api/auth/create-auth.js";
import type { Accounts } from "../api/auth/create-auth.js";
import { sha256Hex } from "../shared/ids.js";
import { openMeta } from "../store/meta/connect.js";
import type { MetaHandle } from "../store/meta/connect.js";
import { metaKinds } from "../store/meta/meta.test-suite.js";
import type { MetaPlace } from "../store/meta/meta.test-suite.js";
import { bootstrap } from "./bootstrap.js";
import type { BootstrapPresets } from "./bootstrap.js";

const nothing: BootstrapPresets = { adminEmail: null, adminPassword: null, publicKey: null, token: null };

describe.each(metaKinds())("a first start on $name", (kind) => {
  let place: MetaPlace;
  let meta: MetaHandle;
  let accounts: Accounts;
  beforeEach(async () => {
    place = await kind.makePlace();
    meta = await openMeta(place.target);
    const auth = createAuth({
      meta: meta.db,
      dialect: meta.dialect,
      secret: "a secret for tests of 32 characters",
      publicUrl: "http://vedette.test",
      trustedOrigins: [],
    });
    await migrateAuth(auth);
    accounts = accountsOf(auth, meta.db);
  });
  afterEach(async () => {
    await meta.close();
    await place.remove();
  });

  const start = (presets: Partial<BootstrapPresets> = {}) =>
    bootstrap({ meta: meta.db, accounts, now: () => 1_790_000_000_000 }, { ...nothing, ...presets });
  const count = async (table: "organization" | "project" | "project_key" | "member" | "api_token") => {
    const rows = await meta.db.selectFrom(table).selectAll().execute();
    return rows.length;
  };

  it("makes organisation, project 1, a key and an administrator with a one-time password", async () => {
    const made = await start();
    expect(made).toMatchObject({ created: true, projectId: 1, email: "admin@vedette.local" });
    expect(made.publicKey).toMatch(/^[0-9a-f]{32}$/);
    expect(made.oneTimePassword).toMatch(/^[\w-]{16}$/);
    const userId = await accounts.find(made.email);
    expect(userId && (await needsPasswordChange(meta.db, userId))).toBe(true);
  });

  it("makes nothing twice", async () => {
    const first = await start();
    const second = await start();
    expect(second).toEqual({ ...first, created: false, oneTimePassword: null });
    expect([await count("organization"), await count("project"), await count("project_key")]).toEqual([
      1, 1, 1,
    ]);
    expect([await count("member"), await count("api_token")]).toEqual([1, 0]);
  });

  it("takes presets, and adds a key and a token preset later", async () => {
    const adminPassword = "a password of ours";
    const first = await start({
      adminEmail: "Me@Example.com",
      adminPassword,
      publicKey: "a".repeat(32),
      token: "one",
    });
    expect(first).toMatchObject({ publicKey: "a".repeat(32), oneTimePassword: null });
    expect(await accounts.find("me@example.com")).not.toBeNull();
    const later = await start({ publicKey: "b".repeat(32), token: "two" });
    expect(later.publicKey).toBe("b".repeat(32));
    await start({ publicKey: "b".repeat(32), token: "two" });
    const tokens = await meta.db.selectFrom("api_token").select("token_hash").orderBy("id").execute();
    expect(tokens.map((token) => token.token_hash)).toEqual([sha256Hex("one"), sha256Hex("two")]);
    expect(await count("project_key")).toBe(2);
  });

  it("shows the project that a preset key belongs to", async () => {
    await start();
    const other = await meta.db
      .insertInto("project")
      .values({
        organization_id: 1,
        slug: "other",
        name: "Other",
        platform: null,
        status: "active",
        created_at: 0,
        first_event_at: null,
        settings: "{}",
        next_short_id: 1,
        revision: 1,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await meta.db
      .updateTable("project_key")
      .set({ project_id: other.id, public_key: "c".repeat(32) })
      .execute();
    expect(await start({ publicKey: "c".repeat(32) })).toMatchObject({ projectId: other.id });
  });
});
