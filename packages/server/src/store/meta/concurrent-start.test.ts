import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { entryUrl } from "../../shared/entry-url.js";
import { metaKinds } from "./meta.test-suite.js";
import { openMeta } from "./connect.js";

const starters = 4;

/** Opens the store in a process of its own, as `npm start` does; resolves with what it wrote to stderr. */
function startProcess(target: string): Promise<{ code: number | null; stderr: string }> {
  const script = `const { openMeta } = await import(${JSON.stringify(entryUrl(import.meta.url, "./connect.js").href)});
    const meta = await openMeta(process.argv[1]);
    await meta.db.selectFrom("organization").selectAll().execute();
    await meta.close();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, target]);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once("exit", (code) => resolve({ code, stderr })));
}

describe.each(metaKinds())("processes which start together on an empty $name store", ({ makePlace }) => {
  it("all find the tables, made once", async () => {
    const place = await makePlace();
    const results = await Promise.all(Array.from({ length: starters }, () => startProcess(place.target)));
    expect(results).toEqual(Array.from({ length: starters }, () => ({ code: 0, stderr: "" })));
    const meta = await openMeta(place.target);
    const tables = await meta.db.introspection.getTables();
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining(["organization", "issue", "notification"]),
    );
    await meta.close();
    await place.remove();
  });
});
