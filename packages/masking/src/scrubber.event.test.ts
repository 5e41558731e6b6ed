import { describe, expect, it } from "vitest";
import { compileScrubber } from "./index.js";
import type { ScrubberOptions } from "./index.js";

type Payload = Record<string, unknown>;

function scrub(event: Payload, options: ScrubberOptions = {}): Payload {
  const { _meta, ...rest } = compileScrubber(options).scrubEvent(event).event;
  return rest;
}

const exception = (fields: Payload): Payload => ({ exception: { values: [fields] } });
const withFrame = (frame: Payload): Payload =>
  exception({ type: "E", stacktrace: { frames: [null, frame] } });

describe("where the rules apply", () => {
  it.each<[string, Payload, Payload]>([
    ["extra", { extra: { a: { password: 1 } } }, { extra: { a: { password: "[Filtered]" } } }],
    ["lists", { extra: { a: [["x", "Bearer abc"]] } }, { extra: { a: [["x", "[Filtered]"]] } }],
    [
      "contexts",
      { contexts: { app: { app_token: "x" } } },
      { contexts: { app: { app_token: "[Filtered]" } } },
    ],
    [
      "tag pairs",
      {
        tags: [
          ["auth", "x"],
          ["a", "b"],
        ],
      },
      {
        tags: [
          ["auth", "[Filtered]"],
          ["a", "b"],
        ],
      },
    ],
    ["tag objects", { tags: { auth: "x" } }, { tags: { auth: "[Filtered]" } }],
    ["user", { user: { id: "1", data: { otp: "2" } } }, { user: { id: "1", data: { otp: "[Filtered]" } } }],
    [
      "header pairs",
      { request: { headers: [["Authorization", "Basic x"]] } },
      { request: { headers: [["Authorization", "[Filtered]"]] } },
    ],
    [
      "header objects",
      { request: { headers: { "X-Api-Key": ["x"] } } },
      { request: { headers: { "X-Api-Key": "[Filtered]" } } },
    ],
    [
      "query pairs",
      { request: { query_string: [["token", "x"]] } },
      { request: { query_string: [["token", "[Filtered]"]] } },
    ],
    ["query text", { request: { query_string: "a=1&token=x" } }, { request: { query_string: "[Filtered]" } }],
    ["request data", { request: { data: { secret: "x" } } }, { request: { data: { secret: "[Filtered]" } } }],
    [
      "request text data",
      { request: { data: "card=4111111111111111" } },
      { request: { data: "card=[Filtered]" } },
    ],
    [
      "request env",
      { request: { env: { DB_PASSWORD: "x" } } },
      { request: { env: { DB_PASSWORD: "[Filtered]" } } },
    ],
    [
      "request url",
      { request: { url: "https://a:b@x.ro/" } },
      { request: { url: "https://[Filtered]@x.ro/" } },
    ],
    [
      "crumbs",
      { breadcrumbs: { values: [{ message: "my password", data: { token: 1 } }] } },
      { breadcrumbs: { values: [{ message: "[Filtered]", data: { token: "[Filtered]" } }] } },
    ],
    [
      "bare crumbs",
      { breadcrumbs: [{ message: "my password" }] },
      { breadcrumbs: [{ message: "[Filtered]" }] },
    ],
    ["frame variables", withFrame({ vars: { passwd: "x" } }), withFrame({ vars: { passwd: "[Filtered]" } })],
    [
      "thread variables",
      { threads: { values: [{ stacktrace: { frames: [{ vars: { otp: 1 } }] } }] } },
      { threads: { values: [{ stacktrace: { frames: [{ vars: { otp: "[Filtered]" } }] } }] } },
    ],
    [
      "spans",
      { spans: [{ op: "auth", description: "the secret", data: { apikey: 1 } }] },
      { spans: [{ op: "auth", description: "[Filtered]", data: { apikey: "[Filtered]" } }] },
    ],
    [
      "message parameters",
      { logentry: { message: "%s", params: ["my password"] } },
      { logentry: { message: "%s", params: ["[Filtered]"] } },
    ],
    [
      "response",
      { contexts: { response: { headers: [["Set-Cookie", "sessionid=x; Path=/"]] } } },
      { contexts: { response: { headers: [["Set-Cookie", "sessionid=[Filtered]; Path=/"]] } } },
    ],
  ])("scrubs %s", (_name, before, after) => expect(scrub(before)).toEqual(after));

  it.each<[string, Payload]>([
    ["debug_meta", { debug_meta: { images: [{ code_file: "/home/ana/auth/secret" }] } }],
    [
      "frame files, functions and source",
      withFrame({
        filename: "/home/ana/auth.py",
        abs_path: "/home/ana/auth.py",
        function: "check_password",
        context_line: "password = 'x'",
      }),
    ],
    ["secret words in exception.value", exception({ type: "AuthError", value: "bad password for author" })],
    ["secret words in logentry.formatted", { logentry: { formatted: "bad password for author" } }],
    ["User-Agent", { request: { headers: [["User-Agent", "auth-client 4111111111111111"]] } }],
    ["trace ids", { contexts: { trace: { trace_id: "4".repeat(32), span_id: "4111111111111111" } } }],
    ["names of our own fields", { transaction: "/auth", modules: { auth: "1" }, fingerprint: ["auth"] }],
    [
      "odd shapes",
      {
        exception: null,
        breadcrumbs: "x",
        tags: [],
        user: null,
        request: [],
        contexts: null,
        threads: [null],
        spans: {},
        sdk: 1,
      },
    ],
  ])("leaves %s, sharing the input", (_name, event) => {
    const { event: after, remarks } = compileScrubber().scrubEvent(event);
    expect(after).toBe(event);
    expect(remarks).toEqual([]);
  });

  it("replaces in place in messages and exception values", () => {
    expect(
      scrub({ ...exception({ value: "no a@b.ro" }), logentry: { formatted: "4111111111111111" } }),
    ).toEqual({
      ...exception({ value: "no [email]" }),
      logentry: { formatted: "[creditcard]" },
    });
    expect(scrub({ message: "a@b.ro" })).toEqual({ message: "[email]" });
  });

  it.each<[string, unknown, unknown]>([
    [
      "pairs",
      [
        ["PHPSESSID", "x"],
        ["theme", "dark"],
      ],
      [
        ["PHPSESSID", "[Filtered]"],
        ["theme", "dark"],
      ],
    ],
    ["objects", { _xsrf: "x", theme: "a" }, { _xsrf: "[Filtered]", theme: "a" }],
    ["text", "su=1; theme=dark; csrftoken=2; flag", "su=[Filtered]; theme=dark; csrftoken=[Filtered]; flag"],
  ])("scrubs session cookies in %s", (_name, before, after) => {
    expect(scrub({ request: { cookies: before } })).toEqual({ request: { cookies: after } });
    expect(scrub({ extra: { cookies: before } })).toEqual({ extra: { cookies: after } });
    expect(scrub({ request: { cookies: before } }, { scrubDefaults: false })).toEqual({
      request: { cookies: before },
    });
  });

  it("empties sensitive request data of any form", () => {
    const options = { sensitiveFields: ["data"] };
    for (const data of ["x", ["x", 1], 5]) {
      expect(scrub({ request: { data } }, options)).toEqual({ request: { data: "[Filtered]" } });
    }
    expect(scrub({ request: { data: { a: ["x"] } } }, options)).toEqual({
      request: { data: { a: "[Filtered]" } },
    });
  });

  it("empties a context with a secret name from the inside, so that it stays an object", () => {
    expect(scrub({ contexts: { auth: { method: "sso", level: 2 } } })).toEqual({
      contexts: { auth: { method: "[Filtered]", level: "[Filtered]" } },
    });
  });
});

describe("addresses", () => {
  it("removes address fields and notes it", () => {
    const { event } = compileScrubber({ scrubIpAddresses: true }).scrubEvent<Payload>({
      user: { id: "1", ip_address: "10.0.0.1", geo: { city: "Cluj" } },
      request: { env: { REMOTE_ADDR: "10.0.0.1" }, headers: [["X-Forwarded-For", "10.0.0.1, ::1"]] },
      sdk: { name: "x", client_ip: "10.0.0.1" },
      spans: [{ tags: { "user.ip": "10.0.0.1" } }],
    });
    expect(event).toMatchObject({
      user: { id: "1", geo: { city: "Cluj" } },
      request: { env: {}, headers: [["X-Forwarded-For", "[ip], [ip]"]] },
      sdk: { name: "x" },
      spans: [{ tags: {} }],
      _meta: { user: { ip_address: { "": { rem: [["@ip:remove", "x"]] } } } },
    });
    expect(JSON.stringify(event)).not.toContain("10.0.0.1");
  });

  it("keeps addresses by default and removes a sensitive user address", () => {
    expect(scrub({ user: { ip_address: "10.0.0.1" } })).toEqual({ user: { ip_address: "10.0.0.1" } });
    expect(scrub({ user: { ip_address: "10.0.0.1" } }, { sensitiveFields: ["ip_addr"] })).toEqual({
      user: {},
    });
  });
});

describe("safe fields", () => {
  it.each([
    "vars.secret",
    "exception.values.stacktrace.frames.vars.secret",
    "$.exception.values.*.stacktrace.frames.0.vars.secret",
    "Secret",
    "vars",
  ])("reads %s as a key or as a whole path", (safe) => {
    const event = withFrame({ vars: { secret: "x" } });
    expect(scrub(event, { safeFields: [safe] })).toEqual(
      safe === "vars.secret" ? withFrame({ vars: { secret: "[Filtered]" } }) : event,
    );
  });

  it("exempts pairs and whole fields by path", () => {
    const event = { tags: [["auth", "x"]], spans: [{ description: "SELECT 1 FROM auth_user" }] };
    expect(scrub(event, { safeFields: ["tags.auth", "spans.description"] })).toEqual(event);
  });
});

describe("_meta", () => {
  it("notes rule, code, place in the new text and old length", () => {
    const { event, remarks } = compileScrubber().scrubEvent<Payload>({
      tags: [
        ["a", "b"],
        ["password", "hunter2"],
      ],
      logentry: { formatted: "a@b.ro has 4111111111111111" },
      extra: { token: 5 },
    });
    expect(event["_meta"]).toEqual({
      tags: { 1: { 1: { "": { rem: [["@password:filter", "s", 0, 10]], len: 7 } } } },
      logentry: {
        formatted: {
          "": {
            rem: [
              ["@email:replace", "s", 0, 7],
              ["@creditcard:filter", "s", 12, 24],
            ],
            len: 27,
          },
        },
      },
      extra: { token: { "": { rem: [["@password:filter", "s", 0, 10]] } } },
    });
    expect(remarks.map(({ path }) => path.join("."))).toEqual([
      "extra.token",
      "tags.1.1",
      "logentry.formatted",
    ]);
  });

  it("adds to what the SDK sent, keeps its length, and drops originals of scrubbed places", () => {
    const sent = {
      extra: {
        "": { len: 9 },
        note: { "": { rem: [["!limit", "s", 1, 4]], len: 9000, err: ["cut"], val: "Bearer abc" } },
        token: { "": { len: 3 }, a: { "": { len: 2 } } },
      },
      release: { "": { err: ["invalid_data"], val: "user:password" } },
    };
    const before = structuredClone(sent);
    const { event } = compileScrubber().scrubEvent<Payload>({
      extra: { note: "Bearer abc", token: { a: 1 } },
      _meta: sent,
    });
    expect(event["_meta"]).toEqual({
      extra: {
        "": { len: 9 },
        note: {
          "": {
            rem: [
              ["!limit", "s", 1, 4],
              ["@bearer:filter", "s", 0, 10],
            ],
            len: 9000,
            err: ["cut"],
          },
        },
        token: { "": { len: 3, rem: [["@password:filter", "s", 0, 10]] } },
      },
      release: { "": { err: ["invalid_data"], val: "[Filtered]" } },
    });
    expect(sent).toEqual(before);
  });

  it("survives a malformed tree and a field named __proto__", () => {
    const event: Payload = JSON.parse('{"extra":{"__proto__":{"token":"x"}},"_meta":{"extra":5}}');
    const text = JSON.stringify(compileScrubber().scrubEvent(event).event);
    expect(text).toContain('"extra":{"__proto__":{"token":"[Filtered]"}}');
    expect(text).toContain('"_meta":{"extra":{"__proto__":{"token":{"":{"rem"');
    expect(({} as Payload)["token"]).toBeUndefined();
  });
});
