import { describe, expect, it } from "vitest";
import { isRead, parseRawInsert, sessionPrefix } from "./statement.js";

describe("isRead", () => {
  it.each([
    "SELECT 1",
    "  -- why\n/* and how */ (select 1)",
    "WITH 1 AS x SELECT x",
    "DESCRIBE t",
    "explain SELECT 1",
  ])("takes %j for a read", (sql) => expect(isRead(sql)).toBe(true));
  it.each([
    "INSERT INTO t SELECT 1",
    "DROP TABLE t",
    "ALTER TABLE t DELETE WHERE 1",
    "KILL QUERY WHERE 1",
    "SELECTED",
  ])("takes %j for a write", (sql) => expect(isRead(sql)).toBe(false));
});

describe("parseRawInsert", () => {
  it("hands rows over as bytes for text formats", () => {
    expect(parseRawInsert("INSERT INTO db.t (a, `b`)\nFORMAT JSONEachRow\n")).toEqual({
      prefix: "INSERT INTO db.t (a, `b`)\nFORMAT JSONEachRow",
      lineDelimited: true,
    });
    expect(parseRawInsert("insert into t format CSV;")?.lineDelimited).toBe(false);
  });
  it("leaves every other statement alone", () => {
    expect(parseRawInsert("INSERT INTO t SELECT 1")).toBeUndefined();
    expect(parseRawInsert("INSERT INTO t VALUES (1)")).toBeUndefined();
  });
});

describe("sessionPrefix", () => {
  const request = {
    sql: "SELECT 1",
    data: Buffer.alloc(0),
    database: "vedette",
    queryId: "q",
    params: new Map([["p", "a'b\\n"]]),
    settings: new Map([
      ["readonly", "0"],
      ["max_threads", "1"],
    ]),
  };

  it("quotes values and makes a read read-only whatever the request says", () => {
    expect(sessionPrefix(request, new Map())).toBe(
      "USE vedette; SET max_threads = '1'; SET log_comment = 'q'; SET param_p = 'a\\'b\\\\n'; SET readonly = 1;",
    );
  });

  it("refuses names that are no identifiers", () => {
    expect(() => sessionPrefix({ ...request, database: "x; DROP" }, new Map())).toThrow("no name");
    expect(() => sessionPrefix({ ...request, params: new Map([["a = 1; --", "1"]]) }, new Map())).toThrow(
      "no name",
    );
  });
});
