import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openMeta } from "./connect.js";
import { metaKinds } from "./meta.test-suite.js";

/** Table to sorted columns, as written in schema.ts; with `?` behind a column that may be null. */
function columnsOfSchema(): Record<string, readonly string[]> {
  const source = readFileSync(new URL("./schema.ts", import.meta.url), "utf8");
  const bodies = new Map(
    [...source.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map((m) => [m[1], m[2] ?? ""]),
  );
  const tables = [...(bodies.get("MetaSchema") ?? "").matchAll(/^ {2}(\w+): (\w+);/gm)];
  return Object.fromEntries(
    tables.map(([, table = "", type]) => {
      const columns = [...(bodies.get(type) ?? "").matchAll(/^ {2}(\w+): (.*);/gm)];
      return [
        table,
        columns.map(([, name, kind = ""]) => name + (kind.includes("null") ? "?" : "")).toSorted(),
      ];
    }),
  );
}

describe.each(metaKinds())("the tables on $name", ({ makePlace }) => {
  it("have exactly the columns of the schema, null where it says so", async () => {
    const place = await makePlace();
    const meta = await openMeta(place.target);
    const tables = await meta.db.introspection.getTables();
    await meta.close();
    await place.remove();
    const actual = tables
      .filter((table) => !table.name.startsWith("vedette_migration"))
      .map(({ name, columns }) => [
        name,
        columns.map((column) => column.name + (column.isNullable ? "?" : "")).toSorted(),
      ]);
    expect(Object.fromEntries(actual)).toEqual(columnsOfSchema());
  });
});
