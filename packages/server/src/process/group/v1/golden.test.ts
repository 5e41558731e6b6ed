import { describe, expect, it } from "vitest";
import type { FrameShape, GroupableEvent } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

/*
 * Hashes of v1, for ever. A change here splits every issue of its kind in every installation: when one of these
 * fails, the change belongs into v2.
 */
const failed = (platform: string, type: string, ...frames: FrameShape[]): GroupableEvent => ({
  platform,
  exception: { values: [{ type, value: "order 17 failed", stacktrace: { frames } }] },
});

const python = failed(
  "python",
  "KeyError",
  { module: "django.core.handlers", function: "inner", in_app: false },
  { module: "shop.views", function: "pay", in_app: true, lineno: 10 },
  { module: "shop.cart", function: "Cart.total.<locals>.<lambda>", in_app: true, lineno: 20 },
);

const GOLDEN: readonly [name: string, event: GroupableEvent, hash: string][] = [
  ["python", python, "9a640bea5e03580477f649623b7b78f3"],
  [
    "browser",
    failed(
      "javascript",
      "TypeError",
      { filename: "/vendor.js", function: "x", in_app: true },
      { filename: "/static/main.8f3a2b1c.js", function: "Object.checkout", in_app: true },
    ),
    "d98bfeba209967d36cb72e796eee1cc6",
  ],
  [
    "browser, minified",
    failed("javascript", "TypeError", { filename: "/static/main.8f3a2b1c.js", function: "t", in_app: true }),
    "57de3873e5fa00693df81d188af81f6b",
  ],
  [
    "browser, anonymous with source",
    failed("javascript", "TypeError", {
      filename: "webpack:///./src/cart.ts",
      function: "?",
      context_line: "  items.map((i) => i.price * 2)",
    }),
    "b8d08d814c1d064668f5ff6674ce1df9",
  ],
  [
    "node",
    failed(
      "node",
      "Error",
      { filename: "node:events", function: "emit", in_app: false },
      { filename: "/home/ann/shop/dist/cart.js", function: "async Cart.load", in_app: true },
    ),
    "249b733d060697ae44837f71572e97f0",
  ],
  [
    "java",
    failed(
      "java",
      "IllegalStateException",
      { module: "java.lang.Thread", function: "run" },
      { module: "com.shop.Cart$$EnhancerBySpringCGLIB$$1a", function: "lambda$total$0" },
      { module: "com.shop.Cart$1", function: "run" },
    ),
    "16e924577c10c68126a5365841b50156",
  ],
  [
    "go",
    failed("go", "*errors.errorString", {
      module: "github.com/shop/api/v2",
      function: "(*Server).Pay.func1.2",
    }),
    "7447e7e2ecbd34fc38272a58b92df882",
  ],
  [
    "ruby",
    failed("ruby", "NoMethodError", {
      filename: "app/models/user.rb",
      function: "block (2 levels) in User#save",
      in_app: true,
    }),
    "7ab666961a237bf4685729f4d2d5591b",
  ],
  [
    "php",
    failed("php", "RuntimeException", {
      filename: "/src/Cart.php",
      function: "{closure:App\\Cart::total():12}",
      in_app: true,
    }),
    "52d8d42c90b94c60d688289f805bc77a",
  ],
  [
    "dotnet",
    failed("csharp", "System.Exception", {
      module: "Shop.Cart+<Load>d__12",
      function: "MoveNext",
      in_app: true,
    }),
    "3405013c737924fd341d1c4d4e23e42e",
  ],
  [
    "rust",
    failed(
      "native",
      "panic",
      { function: "<shop::Cart as core::ops::Drop>::drop::h0123456789abcdef" },
      { function: "core::panicking::panic_fmt" },
    ),
    "4af5132fefe5ca046559d023df730af3",
  ],
  [
    "native",
    failed(
      "native",
      "SIGSEGV",
      { function: "int Cart::total<int>(int) [clone .part.0]" },
      { package: "/opt/shop/cart.so", instruction_addr: "0x7f0010", image_addr: "0x7f0000" },
    ),
    "cd2ec77339581c38d927660fc166cebb",
  ],
  [
    "elixir",
    failed("elixir", "MatchError", {
      module: "Shop",
      filename: "lib/shop.ex",
      function: '"-total/2-fun-0-"',
      in_app: true,
    }),
    "52def1b9ea021cf057dd645b81cbfaff",
  ],
  [
    "overflow",
    failed(
      "python",
      "RecursionError",
      ...Array.from({ length: 9 }, (_, index) => ({ module: "t", function: index % 2 ? "a" : "b" })),
    ),
    "9aa4ba7d9d4cee488c1344a786a062fb",
  ],
  [
    "chain",
    {
      platform: "python",
      exception: {
        values: [
          { type: "KeyError", stacktrace: { frames: [{ module: "a", function: "x" }] } },
          { type: "CartError", stacktrace: { frames: [{ module: "b", function: "y" }] } },
        ],
      },
    },
    "937a6118793463be6aab4f380c8950cc",
  ],
  [
    "group",
    {
      platform: "python",
      exception: {
        values: [
          { type: "A", mechanism: { exception_id: 2, parent_id: 0 } },
          { type: "B", mechanism: { exception_id: 1, parent_id: 0 } },
          { type: "ExceptionGroup", mechanism: { exception_id: 0, is_exception_group: true } },
        ],
      },
    },
    "a80ba882cdb4d462c0e61bc5f080b67d",
  ],
  [
    "no stack",
    {
      exception: {
        values: [{ type: "HTTPError", value: "GET https://api.shop.io/v1/9 gave status 404 after 12ms" }],
      },
    },
    "08a1caf232bf67328b0932d72faed5c3",
  ],
  [
    "template",
    { logentry: { message: "User %s", params: ["ann"], formatted: "User ann" } },
    "f467f8fd7c229f0b4694be81c71c68d7",
  ],
  [
    "message",
    { logentry: { formatted: "User 'ann' <ann@shop.io> paid 17.50 at 2024-05-06T07:08:09Z from 10.0.0.1" } },
    "03ba490200be5b87f9981e86655f73e2",
  ],
  [
    "fingerprint",
    { fingerprint: ["db-down", "{{ level }}"], level: "error" },
    "b58d3be2978d5bdfabba5b2e2838874f",
  ],
  [
    "refined default",
    { ...python, fingerprint: ["{{ default }}", "eu"] },
    "2c295e97a7d6e9e14fb10dd5f76ac96c",
  ],
  ["checksum", { checksum: "mine" }, "3fd30542fe3f61b14bd4a4b2dc0b6fb3"],
  [
    "csp",
    {
      type: "csp",
      tags: [
        ["effective-directive", "img-src"],
        ["blocked-host", "x.example"],
      ],
    },
    "a026b2084d61e98d953ae1e6c02cb75d",
  ],
  [
    "thread",
    {
      platform: "python",
      threads: { values: [{ crashed: true, stacktrace: { frames: [{ module: "a", function: "x" }] } }] },
    },
    "75ae24e19538ca386f5ad5a74d3d11ee",
  ],
  [
    "template file",
    { template: { filename: "/app/templates/cart.html", context_line: "{% x %}" } },
    "a594767f7758a380a6b447f0f20b0998",
  ],
  ["nothing", { type: "default", logger: "shop" }, "fef80cca1e5d787f2bd7d3cc4ff766e6"],
];

describe("the hashes of v1", () => {
  it.each(GOLDEN)("stay the same for %s", (_, event, hash) => {
    expect(groupEventV1(event).hashes).toEqual([hash]);
  });

  it("are all different here", () => {
    expect(new Set(GOLDEN.map(([, , hash]) => hash)).size).toBe(GOLDEN.length);
  });
});
