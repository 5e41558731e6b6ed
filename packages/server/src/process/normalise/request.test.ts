import { describe, expect, it } from "vitest";
import { normalised } from "./payload.test-kit.js";

const requestOf = (request: unknown) => normalised({ request }).request;

describe("request", () => {
  it("splits query and fragment off the URL", () => {
    expect(requestOf({ url: "https://x.io/a?b=c%20d&e=#top" })).toMatchObject({
      url: "https://x.io/a",
      query_string: [
        ["b", "c d"],
        ["e", ""],
      ],
      fragment: "top",
    });
  });

  it("writes a trailing ellipsis as dots", () => {
    expect(requestOf({ url: "https://x.io/long…" })?.url).toBe("https://x.io/long...");
  });

  it.each([
    ["get", "GET"],
    ["OPTIONS", "OPTIONS"],
    ["x", undefined],
    ["G3T", undefined],
  ])("reads the method %j as %s", (method, expected) => {
    expect(requestOf({ method, url: "/" })?.method).toBe(expected);
  });

  it.each([
    [
      "?a=1&b=x+y",
      [
        ["a", "1"],
        ["b", "x y"],
      ],
    ],
    [
      { a: 1, b: ["x"] },
      [
        ["a", "1"],
        ["b", '["x"]'],
      ],
    ],
    [
      [["a", "1"], null, ["b", true]],
      [
        ["a", "1"],
        ["b", "true"],
      ],
    ],
    ["", undefined],
    [[], undefined],
  ])("reads the query %j", (query, expected) => {
    expect(requestOf({ url: "/", query_string: query })?.query_string).toEqual(expected);
  });

  it("sorts headers of an object, writes their names in capitals and joins .NET lists", () => {
    expect(requestOf({ headers: { "x-request-id": 7, accept: ["a", "b"], Host: "h" } })?.headers).toEqual([
      ["Accept", "a,b"],
      ["Host", "h"],
      ["X-Request-Id", "7"],
    ]);
  });

  it("keeps the order of headers sent as pairs", () => {
    expect(
      requestOf({
        headers: [
          ["b", "1"],
          ["a", "2"],
        ],
      })?.headers,
    ).toEqual([
      ["B", "1"],
      ["A", "2"],
    ]);
  });

  it("takes cookies from the header when there are no others", () => {
    expect(requestOf({ headers: { Cookie: "a=b; c=d%20e; flag" } })).toMatchObject({
      headers: undefined,
      cookies: [
        ["a", "b"],
        ["c", "d e"],
        ["flag", ""],
      ],
    });
    expect(requestOf({ headers: { Cookie: "a=b" }, cookies: { x: 1 } })).toMatchObject({
      headers: [["Cookie", "a=b"]],
      cookies: [["x", "1"]],
    });
  });

  it.each([
    ['{"a": 1}', { a: 1 }, "application/json"],
    ["[1,2]", [1, 2], "application/json"],
    ["a=1&b=2&a=3", { a: ["1", "3"], b: "2" }, "application/x-www-form-urlencoded"],
    ["plain text", "plain text", undefined],
    ["aGVsbG8=", "aGVsbG8=", undefined],
    ["{broken", "{broken", undefined],
    [{ a: [1] }, { a: [1] }, undefined],
  ])("reads the body %j", (data, expected, type) => {
    expect(requestOf({ data })).toMatchObject({ data: expected, inferred_content_type: type });
  });

  it("cuts a large body to 8 KiB", () => {
    const data = requestOf({ data: "x".repeat(20_000) })?.data;
    expect(JSON.stringify(data).length).toBeLessThanOrEqual(8192);
  });

  it.each([{}, [], null, "text"])("finds no request in %j", (request) => {
    expect(requestOf(request)).toBeUndefined();
  });
});
