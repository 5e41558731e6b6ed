import { expect, it, describe } from "vitest";
import { claimMeta } from "./connect.js";
import { metaKinds } from "./meta.test-suite.js";

const options = { waitMs: 0, onLost: (error: Error) => expect.fail(error.message) };

describe.runIf(process.env["VEDETTE_TEST_POSTGRES_URL"])("the claim on a PostgreSQL database", () => {
  const kind = metaKinds().find(({ name }) => name === "postgres");

  it("is held by one server at a time", async () => {
    const place = await kind?.makePlace();
    if (!place) throw new Error("no PostgreSQL to test with");
    const release = await claimMeta(place.target, options);
    expect(await claimMeta(place.target, options)).toBeNull();
    const waiting = claimMeta(place.target, { ...options, waitMs: 10_000 });
    await release?.();
    const second = await waiting;
    expect(second).not.toBeNull();
    await second?.();
    await place.remove();
  });

  it("concerns one database only", async () => {
    const places = [await kind?.makePlace(), await kind?.makePlace()];
    const releases = [];
    for (const place of places) releases.push(await claimMeta(place?.target ?? "", options));
    expect(releases).not.toContain(null);
    for (const release of releases) await release?.();
    for (const place of places) await place?.remove();
  });
});

it("of a file comes with its data directory", async () => {
  expect(await claimMeta("meta.sqlite", options)).not.toBeNull();
});
