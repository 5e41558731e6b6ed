import { describe, expect, it } from "vitest";
import { titleOf } from "./event-title.js";
import { indexTags } from "./index-tags.js";
import { normalised } from "./payload.test-kit.js";

const titled = (payload: unknown) => titleOf(normalised(payload));

describe("titleOf", () => {
  it.each([
    [
      { exception: [{ type: "First" }, { type: "TypeError", value: "x is undefined\n at line 2" }] },
      "TypeError: x is undefined",
    ],
    [{ exception: [{ type: "SIGSEGV" }] }, "SIGSEGV"],
    [{ exception: [{ value: "only a value" }] }, "only a value"],
    [{ message: "\n  hello \nworld" }, "hello"],
    [{ logentry: { message: "a %s", params: ["b"] } }, "a b"],
    [{}, "<unlabeled event>"],
    [{ message: "beside", exception: [{ type: "E", value: "v" }] }, "E: v"],
  ])("calls %j %s", (payload, title) => {
    expect(titled(payload).title).toBe(title);
  });

  it.each([
    ["python", { module: "app.cart", filename: "app/cart.py", function: "checkout" }, "app.cart in checkout"],
    ["python", { filename: "app/cart.py", function: "checkout" }, "app/cart.py in checkout"],
    ["python", { filename: "app/cart.py" }, "app/cart.py in ?"],
    ["javascript", { filename: "https://x.io/cart.js", function: "checkout" }, "checkout(/cart.js)"],
    ["node", { module: "cart", function: "checkout" }, "checkout(cart)"],
    ["native", { package: "/lib/a.so", function: "main" }, "main"],
    ["python", {}, ""],
  ])("places a %s frame %j at %j", (platform, frame, culprit) => {
    const frames = [
      { ...frame, in_app: true },
      { module: "lib", function: "inner", in_app: false },
    ];
    expect(titled({ platform, exception: [{ type: "E", stacktrace: { frames } }] }).culprit).toBe(culprit);
  });

  it("takes the transaction before any frame, and the last frame when none is the app's", () => {
    const stacktrace = {
      frames: [
        { function: "a", module: "m" },
        { function: "b", module: "m" },
      ],
    };
    expect(titled({ exception: [{ type: "E", stacktrace }] }).culprit).toBe("m in b");
    expect(titled({ transaction: "GET /cart", exception: [{ type: "E", stacktrace }] }).culprit).toBe(
      "GET /cart",
    );
  });

  it("tells the parts of the title", () => {
    const stacktrace = { frames: [{ filename: "cart.py", function: "checkout", in_app: true }] };
    expect(titled({ exception: [{ type: "E", value: "v", stacktrace }] })).toMatchObject({
      type: "E",
      value: "v",
      filename: "cart.py",
      function: "checkout",
    });
  });
});

describe("indexTags", () => {
  it("derives tags from attributes, contexts and request", () => {
    const event = normalised({
      level: "fatal",
      environment: "production",
      release: "shop@1",
      dist: "7",
      server_name: "web-1",
      logger: "app",
      transaction: "GET /cart",
      user: { email: "ann@example.com" },
      request: { url: "https://x.io/cart?a=1" },
      exception: [{ type: "E", mechanism: { type: "django", handled: false } }],
      contexts: {
        browser: { name: "Firefox", version: "127.0" },
        os: { name: "Linux", version: "6.1", rooted: false },
        runtime: { name: "CPython", version: "3.12" },
        device: { model: "Pixel 8", family: "Pixel" },
      },
      sdk: { name: "sentry.python" },
      tags: { correlation_id: "abc" },
    });
    expect(indexTags(event)).toEqual({
      level: "fatal",
      environment: "production",
      release: "shop@1",
      dist: "7",
      server_name: "web-1",
      logger: "app",
      transaction: "GET /cart",
      user: "email:ann@example.com",
      url: "https://x.io/cart",
      handled: "no",
      mechanism: "django",
      browser: "Firefox 127.0",
      "browser.name": "Firefox",
      os: "Linux 6.1",
      "os.name": "Linux",
      "os.rooted": "no",
      runtime: "CPython 3.12",
      "runtime.name": "CPython",
      device: "Pixel 8",
      "device.family": "Pixel",
      "sdk.name": "sentry.python",
      correlation_id: "abc",
    });
  });

  it("lets attributes win over custom tags, and custom tags over what is inferred", () => {
    const tags = indexTags(
      normalised({
        level: "error",
        tags: { level: "x", browser: "mine" },
        contexts: { browser: { name: "Firefox" } },
      }),
    );
    expect(tags).toMatchObject({ level: "error", browser: "mine" });
  });

  it.each([
    [{ id: 1, email: "a@b.c" }, "id:1"],
    [{ username: "ann", email: "a@b.c" }, "username:ann"],
    [{ ip_address: "192.0.2.1" }, "ip:192.0.2.1"],
    [{ name: "Ann" }, undefined],
  ])("names the user %j %s", (user, expected) => {
    expect(indexTags(normalised({ user }))["user"]).toBe(expected);
  });
});
