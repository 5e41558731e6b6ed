import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngineFixture, type EngineFixture } from "./embedded/engine-fixture.js";
import { ClickHouseStore } from "./clickhouse-store.js";
import type { EventStoreError } from "./event-store-error.js";
import type { EventParam } from "./port.js";

let fixture: EngineFixture;
let store: ClickHouseStore;

beforeAll(async () => {
  fixture = await startEngineFixture();
  store = fixture.store;
  await store.command(
    "CREATE TABLE t (a UInt32, s String) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100",
  );
});
afterAll(() => fixture.dispose());

async function failure(promise: Promise<unknown>): Promise<EventStoreError> {
  return await promise.then(
    () => expect.fail("it succeeded"),
    (error: EventStoreError) => error,
  );
}

const countLongSql = "SELECT count() AS c FROM numbers(1000000000000) WHERE sipHash64(number) = 3";

const PARAMETERS: readonly [type: string, value: EventParam, sql: string, expected: unknown][] = [
  ["UInt64", 18446744073709551615n, "toString({p:UInt64})", "18446744073709551615"],
  ["Int32", -5, "{p:Int32}", -5],
  ["Float64", 1.5, "{p:Float64}", 1.5],
  ["String", "plain", "{p:String}", "plain"],
  [
    "String with quotes",
    `'"\\ \n\t\0 '; DROP TABLE t; -- ☃ 🚀`,
    "{p:String}",
    `'"\\ \n\t\0 '; DROP TABLE t; -- ☃ 🚀`,
  ],
  ["String of backslash and quote", "\\'", "{p:String}", "\\'"],
  ["String that ends in a backslash", "a\\", "{p:String}", "a\\"],
  ["empty String", "", "{p:String}", ""],
  ["Bool", true, "{p:Bool}", true],
  ["Nullable", null, "{p:Nullable(String)}", null],
  ["Array", ["a'b", "c\\d", "\n"], "{p:Array(String)}", ["a'b", "c\\d", "\n"]],
  ["Array of numbers", [1, 2], "{p:Array(UInt8)}", [1, 2]],
  ["Map", new Map([["k'", "v\\"]]), "{p:Map(String, String)}", { "k'": "v\\" }],
  ["DateTime64", new Date("2026-01-02T03:04:05.678Z"), "{p:DateTime64(3, 'UTC')}", "2026-01-02 03:04:05.678"],
  ["UUID", "61f0c404-5cb3-11e7-907b-a6006ad3dba0", "{p:UUID}", "61f0c404-5cb3-11e7-907b-a6006ad3dba0"],
  ["Identifier", "s", "(SELECT count({p:Identifier}) FROM t)", 0],
];

const MISTAKES: readonly [what: string, sql: string, code: number][] = [
  ["bad syntax", "SELEC 1", 62],
  ["an unknown table", "SELECT * FROM nowhere", 60],
  ["an unknown column", "SELECT nothing FROM t", 47],
  ["a value that is no number", "SELECT toUInt8('x') AS x", 6],
  ["a change in a query", "SELECT * FROM url('http://127.0.0.1:1/', CSV, 'a String')", 164],
];

describe("queries", () => {
  it.each(PARAMETERS.map(([type, value, sql, expected]) => ({ type, value, sql, expected })))(
    "returns a parameter of type $type unchanged",
    async ({ value, sql, expected }) => {
      expect(await store.query(`SELECT ${sql} AS v`, { p: value })).toEqual([{ v: expected }]);
    },
  );

  it("answers 100 queries at once, each with its own parameters and settings", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_unused, index) => {
        const failing = index % 5 === 0;
        const sql = failing
          ? "SELECT throwIf(number > 50000, 'provoked') AS x, {i:UInt32} AS i FROM numbers(100000)"
          : "SELECT {i:UInt32} AS i, getSetting('max_result_rows') AS m, number FROM numbers(20)";
        const rows = store.query<{ i: number; m: number }>(sql, { i: index }, { maxRows: 1000 + index });
        return failing ? (await failure(rows)).kind : await rows;
      }),
    );
    for (const [index, answer] of answers.entries()) {
      const rows = Array.from({ length: 20 }, (_unused, number) => ({ i: index, m: 1000 + index, number }));
      expect(answer).toEqual(index % 5 === 0 ? "rejected" : rows);
    }
  });

  it("takes parameters of many kilobytes", async () => {
    const hashes = Array.from({ length: 2_000 }, (_, index) => String(index).padStart(32, "f"));
    const sql = "SELECT toUInt32(length({hashes:Array(String)})) AS n";
    expect(await store.query(sql, { hashes })).toEqual([{ n: 2_000 }]);
  });

  it("does not answer a missing parameter with the value of an earlier query", async () => {
    await store.query("SELECT {secret:String} AS s", { secret: "other tenant" });
    const error = await failure(store.query("SELECT {secret:String} AS s"));
    expect([error.kind, error.code]).toEqual(["rejected", 456]);
  });

  it.each(MISTAKES)("says what is wrong with %s", async (_what, sql, code) => {
    const error = await failure(store.query(sql));
    expect([error.kind, error.code]).toEqual(["rejected", code]);
  });

  it("refuses a result with more rows than allowed", async () => {
    const error = await failure(store.query("SELECT number FROM numbers(1000)", {}, { maxRows: 10 }));
    expect(error.kind).toBe("over_limit");
  });

  it("stops a query that takes longer than allowed", async () => {
    const error = await failure(store.query(countLongSql, {}, { timeoutMs: 300 }));
    expect([error.kind, error.code]).toEqual(["timeout", 159]);
  });

  it("stops an aborted query in the engine too", async () => {
    const abort = new AbortController();
    const query = failure(store.query(countLongSql, {}, { signal: abort.signal }));
    setTimeout(() => abort.abort(), 200);
    expect((await query).kind).toBe("aborted");
    const running = async (): Promise<number> => {
      const rows = await store.query<{ c: number }>(
        "SELECT count() AS c FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%processes%'",
      );
      return rows[0]?.c ?? -1;
    };
    await expect.poll(running, { timeout: 3_000 }).toBe(0);
  });
});

describe("inserts", () => {
  const count = async (): Promise<unknown> => await store.query("SELECT count() AS c FROM t");

  it("keeps hostile strings byte for byte", async () => {
    const hostile = [
      "'; DROP TABLE t; --",
      "\\'\\",
      "\u0000\u001f\n\t",
      "🚀\u202e",
      "</script>",
      "x".repeat(2_000_000),
    ];
    const rows = hostile.map((s, a) => JSON.stringify({ a, s })).join("\n");
    await store.insert("t", rows, { dedupToken: "hostile" });
    const stored = await store.query<{ s: string }>("SELECT s FROM t ORDER BY a");
    expect(stored.map((row) => row.s)).toEqual(hostile);
    await store.command("TRUNCATE TABLE t");
  });

  it.each([
    ["a negative unsigned number", `{"a":-1,"s":""}`],
    ["a text for a number", `{"a":"x","s":""}`],
    ["half a surrogate pair", `{"a":1,"s":"\\ud800"}`],
    ["a line that is no JSON", `}{`],
    ["a cut line", `{"a":1`],
  ])("refuses the whole batch for %s and names the row", async (_what, bad) => {
    const rows = `{"a":1,"s":"one"}\n{"a":2,"s":"two"}\n${bad}\n`;
    const error = await failure(store.insert("t", rows, { dedupToken: bad }));
    expect([error.kind, error.row]).toEqual(["bad_row", 3]);
    expect(await count()).toEqual([{ c: 0 }]);
  });

  it("stores rows once when the batch comes again under its token", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await store.insert("t", `{"a":1,"s":"one"}\n`, { dedupToken: "once" });
    }
    expect(await count()).toEqual([{ c: 1 }]);
    await store.insert("t", `{"a":1,"s":"one"}\n`, { dedupToken: "another" });
    expect(await count()).toEqual([{ c: 2 }]);
    await store.command("TRUNCATE TABLE t");
  });

  it("says that the table is missing, without retrying", async () => {
    const error = await failure(store.insert("nowhere", `{"a":1}\n`, { dedupToken: "x" }));
    expect([error.kind, error.code]).toEqual(["rejected", 60]);
  });

  it("gives up when nobody answers for as long as it may retry", async () => {
    const nobody = new ClickHouseStore({ socketPath: "/tmp/vedette-nobody.sock" });
    const error = await failure(nobody.insert("t", `{"a":1}\n`, { dedupToken: "x", retryForMs: 200 }));
    expect([error.kind, error.retryable]).toEqual(["unavailable", true]);
    expect(await nobody.ping()).toBe(false);
    await nobody.close();
  });

  it("stops retrying when the caller aborts", async () => {
    const nobody = new ClickHouseStore({ socketPath: "/tmp/vedette-nobody.sock" });
    const insert = nobody.insert("t", `{"a":1}\n`, { dedupToken: "x", signal: AbortSignal.timeout(150) });
    expect((await failure(insert)).kind).toBe("aborted");
    await nobody.close();
  });
});

describe("the rest of the port", () => {
  it("answers a ping and names its tables", async () => {
    expect(await store.ping()).toBe(true);
    await store.insert("t", `{"a":1,"s":"one"}\n`, { dedupToken: "stats" });
    const stats = await store.stats();
    expect(stats.tables).toMatchObject([{ table: "t", rows: 1, activeParts: 1 }]);
    expect(stats.engineVersion).toMatch(/^\d+\.\d+/);
  });

  it("refuses names that are no identifiers", async () => {
    expect(() => new ClickHouseStore({ socketPath: "/x", database: "a; DROP" })).toThrow(
      "no name of a table",
    );
    await expect(store.insert("t; DROP", "{}", { dedupToken: "x" })).rejects.toThrow("no name of a table");
  });
});
