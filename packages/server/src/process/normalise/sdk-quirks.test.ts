import { describe, expect, it } from "vitest";
import { normalised, RECEIVED_AT } from "./payload.test-kit.js";
import { parsePayload } from "./parse-payload.js";

const seconds = RECEIVED_AT / 1000;

/** What each SDK does differently (ingest sheet 10), in payloads made up after its habits. */
describe("SDK quirks", () => {
  it("Go sends a bare list of exceptions, a message beside it, nanoseconds with offset and an empty user", () => {
    const event = normalised({
      event_id: "0123456789abcdef0123456789abcdef",
      level: "error",
      platform: "go",
      timestamp: "2026-03-01T13:59:58.123456789+02:00",
      message: "cart is empty",
      exception: [
        {
          type: "*errors.errorString",
          value: "cart is empty",
          stacktrace: {
            frames: [
              { function: "main", module: "main", abs_path: "/app/main.go", lineno: 12, in_app: true },
            ],
          },
        },
      ],
      user: {},
      contexts: {
        device: { arch: "amd64", num_cpu: 8 },
        runtime: { name: "go", version: "go1.24", go_maxprocs: 8 },
      },
      sdk: { name: "sentry.go", version: "0.40.0", integrations: ["Environment"], packages: [] },
      tags: null,
      breadcrumbs: null,
      request: {},
    });
    expect(event).toMatchObject({
      type: "error",
      timestamp: seconds - 2 + 0.123457,
      logentry: { formatted: "cart is empty" },
      exception: { values: [{ type: "*errors.errorString" }] },
      contexts: { device: { num_cpu: 8 }, runtime: { go_maxprocs: 8 } },
    });
    expect(event.user).toBeUndefined();
    expect(event.request).toBeUndefined();
    expect(event.errors).toBeUndefined();
  });

  it("Java sends a message object, bare breadcrumbs and an empty fingerprint", () => {
    const event = normalised({
      timestamp: "2026-03-01T11:59:59.500Z",
      platform: "java",
      message: { message: "Order %s failed", params: ["42"], formatted: "Order 42 failed" },
      breadcrumbs: [{ timestamp: "2026-03-01T11:59:58.000Z", message: "before", type: "http", data: {} }],
      fingerprint: [],
      exception: {
        values: [{ type: "IllegalStateException", value: "x", module: "java.lang", thread_id: 1 }],
      },
      threads: { values: [{ id: 1, name: "main", crashed: true }] },
    });
    expect(event).toMatchObject({
      timestamp: seconds - 0.5,
      logentry: { message: "Order %s failed", formatted: "Order 42 failed", params: ["42"] },
      breadcrumbs: { values: [{ timestamp: seconds - 2, message: "before" }] },
      exception: { values: [{ thread_id: 1 }] },
    });
    expect(event.fingerprint).toBeUndefined();
    expect(event.breadcrumbs?.values[0]?.data).toBeUndefined();
  });

  it(".NET sends lists as header values, seven digits of a second and an empty request", () => {
    const headers = { Host: ["shop.example"], Accept: ["text/html", "*/*"] };
    const event = normalised({
      timestamp: "2026-03-01T11:59:59.1234567+00:00",
      platform: "csharp",
      request: { headers },
    });
    expect(event.timestamp).toBe(seconds - 1 + 0.123457);
    expect(event.request?.headers).toEqual([
      ["Accept", "text/html,*/*"],
      ["Host", "shop.example"],
    ]);
    expect(normalised({ request: {} }).request).toBeUndefined();
  });

  it("PHP sends empty lists where objects belong", () => {
    const event = normalised({
      platform: "php",
      timestamp: seconds - 1.5,
      tags: [],
      extra: [],
      user: [],
      contexts: [],
      modules: [],
      request: { url: "https://shop.example/", headers: [], cookies: [], env: [], data: [] },
      exception: {
        values: [{ type: "RuntimeException", value: "x", stacktrace: { frames: [{ vars: [], lineno: 3 }] } }],
      },
      breadcrumbs: { values: [] },
      sdk: { name: "sentry.php", version: "4.18.0", settings: [] },
    });
    expect(event).toMatchObject({ request: { url: "https://shop.example/" }, exception: { values: [{}] } });
    expect(event.errors).toBeUndefined();
    for (const key of ["tags", "extra", "user", "contexts", "modules", "breadcrumbs"] as const) {
      expect(event[key]).toBeUndefined();
    }
  });

  it("Python sends its own remarks and a thread for a message with a stack", () => {
    const event = normalised({
      platform: "python",
      timestamp: "2026-03-01T11:59:59.123456Z",
      message: "hello",
      threads: {
        values: [
          { stacktrace: { frames: [{ function: "f", vars: { a: "'b'" } }] }, crashed: false, current: true },
        ],
      },
      extra: { "sys.argv": ["x"] },
      _meta: {
        threads: {
          values: { "0": { stacktrace: { frames: { "0": { vars: { a: { "": { len: 9000 } } } } } } } },
        },
      },
      modules: { pip: "24.0" },
      server_name: "web-1",
    });
    expect(event._meta).toMatchObject({ threads: { values: { "0": {} } } });
    expect(event).toMatchObject({ type: "default", threads: { values: [{ current: true }] } });
  });

  it("raven for Python sends bare NaN and old names", () => {
    const text =
      '{"sentry.interfaces.Message":{"message":"a %s","params":[1]},"extra":{"x":NaN},"project":"1","time_spent":null}';
    const parsed = parsePayload(text);
    const event = normalised(parsed.ok ? parsed.value : null, { client: "raven-python/6.10.0" });
    expect(event).toMatchObject({
      logentry: { formatted: "a 1" },
      extra: { x: null },
      sdk: { name: "raven-python", version: "6.10.0" },
    });
  });

  it("the browser SDK sends float times, URLs as file names and asks never to infer the address", () => {
    const event = normalised({
      platform: "javascript",
      timestamp: seconds - 0.123,
      exception: {
        values: [
          {
            type: "TypeError",
            value: "Cannot read properties of undefined",
            mechanism: { type: "auto.browser.global_handlers.onerror", handled: false },
            stacktrace: {
              frames: [
                { filename: "https://shop.example/a.js", function: "?", lineno: 1, colno: 99, in_app: true },
              ],
            },
          },
        ],
      },
      request: {
        url: "https://shop.example/cart",
        headers: { "User-Agent": "x", Referer: "https://shop.example/" },
      },
      sdk: { name: "sentry.javascript.browser", version: "10.63.0", settings: { infer_ip: "never" } },
      contexts: { trace: { trace_id: "4c79f60c11214eb38604f4ae0781bfb2", span_id: "fa90fdead5f74052" } },
    });
    expect(event.exception?.values[0]?.stacktrace?.frames[0]).toMatchObject({
      filename: "/a.js",
      abs_path: "https://shop.example/a.js",
      colno: 99,
    });
    expect(event.user).toBeUndefined();
    expect(event.sdk).not.toHaveProperty("client_ip", expect.any(String));
  });

  it("Ruby sends whole seconds and a thread id as text", () => {
    const event = normalised({
      platform: "ruby",
      timestamp: "2026-03-01T11:59:59Z",
      exception: {
        values: [{ type: "ZeroDivisionError", value: "divided by 0 (ZeroDivisionError)", thread_id: 1234 }],
      },
      threads: { values: [{ id: "1234", crashed: true, current: true }] },
    });
    expect(event).toMatchObject({ timestamp: seconds - 1, threads: { values: [{ id: "1234" }] } });
  });
});
