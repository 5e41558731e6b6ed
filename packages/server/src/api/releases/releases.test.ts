import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metaKinds } from "../../store/meta/meta.test-suite.js";
import { startApiServer } from "../api-server.test-suite.js";
import type { ApiServer } from "../api-server.test-suite.js";
import { shortVersion } from "./release-json.js";

const releases = "/organizations/default/releases/";
const firstAt = 1_790_000_000_000;

describe.each(metaKinds())("releases on $name", (kind) => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer({ kind });
    await addRelease("shop@1.0.0", 0, 1);
    await addRelease("shop@1.1.0-beta.2+77", 1, 1);
    await addRelease("a/b 100%", 2, 1);
    await addRelease("of-no-project", 3, null);
  });
  afterAll(() => server.dispose());

  async function addRelease(version: string, index: number, projectId: number | null): Promise<void> {
    const { meta } = server.ports;
    const at = firstAt + index;
    const { id } = await meta
      .insertInto("release")
      .values({
        organization_id: 1,
        version,
        created_at: at,
        released_at: null,
        first_event_at: at,
        last_event_at: at,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    if (projectId === null) return;
    const times = { first_event_at: at, last_event_at: at };
    await meta
      .insertInto("release_project")
      .values({ release_id: id, project_id: projectId, new_issues: index, ...times })
      .execute();
  }

  const versions = async (path: string) => {
    const { body } = await server.ask("GET", path);
    return body.map(({ version }: { version: string }) => version);
  };

  it("are listed, the newest first", async () => {
    expect(await versions(releases)).toEqual([
      "of-no-project",
      "a/b 100%",
      "shop@1.1.0-beta.2+77",
      "shop@1.0.0",
    ]);
    expect(await versions("/projects/default/default/releases/")).toHaveLength(3);
    expect(await versions(`${releases}?project=nothing`)).toEqual([]);
  });

  it("are read by their version, whatever stands in it", async () => {
    const { body } = await server.ask("GET", `${releases}${encodeURIComponent("shop@1.1.0-beta.2+77")}/`);
    expect(body).toMatchObject({
      id: 2,
      version: "shop@1.1.0-beta.2+77",
      shortVersion: "1.1.0-beta.2+77",
      dateCreated: "2026-09-21T14:13:20.001Z",
      newGroups: 1,
      projects: [{ id: 1, slug: "default", name: "Default", newGroups: 1 }],
      versionInfo: {
        package: "shop",
        version: { major: 1, minor: 1, patch: 0, pre: "beta.2", buildCode: "77" },
      },
    });
    const hostile = await server.ask("GET", `${releases}${encodeURIComponent("a/b 100%")}/`);
    expect(hostile.body.version).toBe("a/b 100%");
    expect((await server.ask("GET", `${releases}nothing/`)).status).toBe(404);
    expect((await server.ask("GET", "/projects/default/default/releases/of-no-project/")).status).toBe(404);
  });

  it.each([
    ["SHOP", ["shop@1.1.0-beta.2+77", "shop@1.0.0"]],
    ["100%", ["a/b 100%"]],
    ["_", []],
    ["\\", []],
    ["' or 1=1 --", []],
  ])("are found by a part of the version: %s", async (query, found) => {
    expect(await versions(`${releases}?query=${encodeURIComponent(query)}`)).toEqual(found);
  });

  it("come in pages that link to each other", async () => {
    const first = await server.ask("GET", `${releases}?per_page=3&query=`);
    expect(first.headers["link"]).toBe(
      `<http://vedette.test:9000/api/0${releases}?per_page=3&query=&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ` +
        `<http://vedette.test:9000/api/0${releases}?per_page=3&query=&cursor=0:3:0>; rel="next"; results="true"; cursor="0:3:0"`,
    );
    const second = await server.ask("GET", `${releases}?per_page=3&cursor=0:3:0`);
    expect(second.body).toMatchObject([{ version: "shop@1.0.0" }]);
    expect(second.headers["link"]).toMatch(/rel="previous"; results="true".*rel="next"; results="false"/);
    expect((await server.ask("GET", `${releases}?cursor=x`)).status).toBe(400);
    expect((await server.ask("GET", `${releases}?per_page=10000`)).body).toHaveLength(4);
  });
});

describe("the short form of a version", () => {
  it.each([
    ["shop@1.2.3", "1.2.3"],
    ["0123456789abcdef0123456789abcdef01234567", "0123456789ab"],
    ["app@0123456789abcdef0123456789abcdef01234567", "0123456789ab"],
    ["plain", "plain"],
    ["ends-with@", "ends-with@"],
  ])("of %s is %s", (version, short) => {
    expect(shortVersion(version)).toBe(short);
  });
});
