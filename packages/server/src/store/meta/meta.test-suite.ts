import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** A place for a test's own meta store; `remove` after the handles are closed. */
export interface MetaPlace {
  readonly target: string;
  remove(): Promise<void>;
}

/** Makes an empty meta store of its own for one test. */
export interface MetaKind {
  readonly name: "sqlite" | "postgres";
  readonly makePlace: () => Promise<MetaPlace>;
}

/**
 * The databases a meta test is looped over: SQLite always, PostgreSQL when `VEDETTE_TEST_POSTGRES_URL` is set
 * (`node scripts/with-postgres.mjs -- npx vitest run …`).
 */
export function metaKinds(): readonly MetaKind[] {
  const url = process.env["VEDETTE_TEST_POSTGRES_URL"];
  const sqlite: MetaKind = { name: "sqlite", makePlace: makeSqlitePlace };
  return url === undefined
    ? [sqlite]
    : [sqlite, { name: "postgres", makePlace: () => makePostgresPlace(url) }];
}

async function makeSqlitePlace(): Promise<MetaPlace> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-meta-"));
  return {
    target: join(folder, "meta.sqlite"),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function makePostgresPlace(url: string): Promise<MetaPlace> {
  const database = `vedette_test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`;
  await onServer(url, `create database ${database}`);
  const target = new URL(url);
  target.pathname = `/${database}`;
  return { target: target.href, remove: () => onServer(url, `drop database ${database} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
