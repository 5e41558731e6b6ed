import { describe, expect, it } from "vitest";
import { nextCursor, queryString } from "./client.js";

describe("queryString", () => {
  it("repeats lists and leaves out what is undefined", () => {
    expect(queryString({ project: ["1", "2"], query: "is:unresolved", cursor: undefined })).toBe(
      "?project=1&project=2&query=is%3Aunresolved",
    );
  });

  it("is empty when nothing is asked", () => {
    expect(queryString({ project: [] })).toBe("");
  });
});

describe("nextCursor", () => {
  const link = (results: string) =>
    `<http://x/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ` +
    `<http://x/?cursor=0:100:0>; rel="next"; results="${results}"; cursor="0:100:0"`;

  it("reads the cursor of the next page", () => {
    expect(nextCursor(link("true"))).toBe("0:100:0");
  });

  it("is null on the last page and without a header", () => {
    expect(nextCursor(link("false"))).toBeNull();
    expect(nextCursor(null)).toBeNull();
  });
});
