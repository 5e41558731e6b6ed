import { describe, expect, it } from "vitest";
import type { FrameShape } from "./event-shape.js";
import { groupEventV1 } from "./group-event-v1.js";

/* Browser and Node: which events are one problem, and which are two. */

type Frames = readonly FrameShape[];
type Pair = readonly [why: string, a: Frames, b: Frames];

function hashOf(frames: Frames, value = "x is not a function", platform = "javascript"): string | undefined {
  return groupEventV1({
    platform,
    exception: { values: [{ type: "TypeError", value, stacktrace: { frames } }] },
  }).hashes[0];
}

/** The browser's SDK calls every frame in-app. */
const web = (filename: string, name: string, more: FrameShape = {}): FrameShape => ({
  filename,
  function: name,
  in_app: true,
  lineno: 1,
  ...more,
});
const node = (filename: string, name: string, more: FrameShape = {}): FrameShape => ({
  filename,
  function: name,
  ...more,
});

const TOGETHER: readonly Pair[] = [
  [
    "the bundle's hash differs (webpack)",
    [web("/static/js/main.8f3a2b1c.js", "checkout")],
    [web("/static/js/main.91c0ffee.js", "checkout")],
  ],
  [
    "the bundle's hash differs (vite)",
    [web("/assets/index-BxK9_d2Q.js", "checkout")],
    [web("/assets/index-Ck31sQ0z.js", "checkout")],
  ],
  [
    "the bundle's hash differs (esbuild)",
    [web("/chunk-2YQ5PXQB.js", "checkout")],
    [web("/chunk-ABCD2EFG.js", "checkout")],
  ],
  [
    "the bundle's hash differs (Next.js)",
    [web("/_next/static/chunks/pages/cart-0a1b2c3d4e5f6a7b.js", "checkout")],
    [web("/_next/static/chunks/pages/cart-ffeeddccbbaa0099.js", "checkout")],
  ],
  [
    "chunks are renumbered",
    [web("/js/12.8f3a2b1c.chunk.js", "checkout")],
    [web("/js/47.0badcafe.chunk.js", "checkout")],
  ],
  [
    "minified names differ between releases",
    [web("/main.8f3a2b1c.js", "t"), web("/main.8f3a2b1c.js", "n")],
    [web("/main.91c0ffee.js", "e"), web("/main.91c0ffee.js", "r")],
  ],
  [
    "the host differs",
    [web("https://a.example.com/main.js", "checkout")],
    [web("https://b.example.com/main.js", "checkout")],
  ],
  ["a cache buster differs", [web("/main.js?v=1", "checkout")], [web("/main.js?v=2", "checkout")]],
  [
    "columns differ",
    [web("/main.js", "checkout", { lineno: 1 })],
    [web("/main.js", "checkout", { lineno: 800 })],
  ],
  [
    "Chrome and Firefox name methods differently",
    [web("/main.js", "Object.checkout")],
    [web("/main.js", "checkout")],
  ],
  ["Chrome shows aliases", [web("/main.js", "Cart.checkout [as onClick]")], [web("/main.js", "checkout")]],
  ["Chrome marks async functions", [web("/main.js", "async checkout")], [web("/main.js", "checkout")]],
  ["Firefox marks callbacks", [web("/main.js", "checkout/<")], [web("/main.js", "checkout")]],
  ["constructors are marked", [web("/main.js", "new Checkout")], [web("/main.js", "Checkout")]],
  [
    "an extension is in between",
    [web("chrome-extension://abcdef/inject.js", "hook"), web("/main.js", "checkout")],
    [web("/main.js", "checkout")],
  ],
  [
    "a CDN script is in between",
    [web("https://cdn.jsdelivr.net/npm/x.js", "run"), web("/main.js", "checkout")],
    [web("https://unpkg.com/y.js", "go"), web("/main.js", "checkout")],
  ],
  [
    "the vendor bundle differs",
    [web("/vendors~main.abc12345.js", "dispatch"), web("/main.js", "checkout")],
    [web("/vendor.js", "invoke"), web("/main.js", "checkout")],
  ],
  [
    "React's version differs",
    [web("/react-dom.production.min.js", "a"), web("/main.js", "checkout")],
    [web("/react-dom.development.js", "invokeGuarded"), web("/main.js", "checkout")],
  ],
  [
    "native frames are in between",
    [web("[native code]", "forEach"), web("/main.js", "checkout")],
    [web("<anonymous>", "Array.forEach"), web("/main.js", "checkout")],
  ],
  [
    "the SDK wraps the handler",
    [web("/main.js", "checkout"), web("/main.js", "sentryWrapped")],
    [web("/main.js", "checkout")],
  ],
  [
    "down-levelled async functions are in between",
    [web("/main.js", "__awaiter"), web("/main.js", "checkout")],
    [web("/main.js", "checkout")],
  ],
  [
    "Promise.all has another index",
    [web("index 0", "async Promise.all"), web("/main.js", "checkout")],
    [web("index 7", "async Promise.all"), web("/main.js", "checkout")],
  ],
  [
    "source maps use different prefixes",
    [web("webpack:///./src/cart.ts", "checkout")],
    [web("webpack://shop/./src/cart.ts", "checkout")],
  ],
  [
    "anonymous functions with the same line",
    [web("src/cart.ts", "<anonymous>", { context_line: "  items.map((i) => i.price)" })],
    [web("src/cart.ts", "?", { context_line: "items.map((i) => i.price)" })],
  ],
  [
    "anonymous functions with other literals",
    [web("src/cart.ts", "", { context_line: "go('a', 1)" })],
    [web("src/cart.ts", "", { context_line: 'go("b", 22)' })],
  ],

  [
    "Node runs from another folder",
    [node("/home/ann/shop/dist/cart.js", "checkout")],
    [node("/srv/shop/dist/cart.js", "checkout")],
  ],
  [
    "Node internals differ",
    [
      node("node:internal/process/task_queues", "processTicksAndRejections", { in_app: false }),
      node("/app/cart.js", "checkout", { in_app: true }),
    ],
    [node("node:events", "emit", { in_app: false }), node("/app/cart.js", "checkout", { in_app: true })],
  ],
  [
    "node_modules are not told",
    [node("/app/node_modules/express/lib/router.js", "next"), node("/app/src/cart.js", "checkout")],
    [node("/app/node_modules/koa/index.js", "handle"), node("/app/src/cart.js", "checkout")],
  ],
  [
    "Windows and Linux",
    [node("C:\\Users\\ann\\shop\\src\\cart.js", "checkout")],
    [node("/home/ann/shop/src/cart.js", "checkout")],
  ],
  [
    "serverless unpacks elsewhere",
    [node("/var/task/src/cart.js", "checkout")],
    [node("/app/src/cart.js", "checkout")],
  ],
  [
    "the SDK gives the module",
    [node("/x/a/dist/cart.js", "checkout", { module: "cart" })],
    [node("/y/b/dist/cart.js", "checkout", { module: "cart" })],
  ],
];

const APART: readonly Pair[] = [
  ["functions differ", [web("/main.js", "checkout")], [web("/main.js", "addItem")]],
  ["files differ", [web("/main.8f3a2b1c.js", "run")], [web("/admin.8f3a2b1c.js", "run")]],
  ["source files differ", [web("src/cart.ts", "run")], [web("src/order.ts", "run")]],
  [
    "callers differ",
    [web("/main.js", "onPay"), web("/main.js", "checkout")],
    [web("/main.js", "onShow"), web("/main.js", "checkout")],
  ],
  [
    "minified names stand in different bundles",
    [web("/main.8f3a2b1c.js", "t")],
    [web("/admin.8f3a2b1c.js", "t")],
  ],
  [
    "anonymous functions have different lines",
    [web("src/a.ts", "", { context_line: "a.b()" })],
    [web("src/a.ts", "", { context_line: "c.d()" })],
  ],
  ["short names in TypeScript sources are real", [web("src/i18n.ts", "t")], [web("src/i18n.ts", "n")]],
  ["Node functions differ", [node("/app/src/cart.js", "checkout")], [node("/app/src/cart.js", "refund")]],
  [
    "Node packages differ when nothing is in-app",
    [node("/app/node_modules/pg/client.js", "query")],
    [node("/app/node_modules/redis/client.js", "query")],
  ],
];

describe("grouping of JavaScript", () => {
  it.each(TOGETHER)("joins events when %s", (_, a, b) => {
    expect(hashOf(b)).toBe(hashOf(a));
    expect(hashOf(b, "x is not a function", "node")).toBe(hashOf(a, "x is not a function", "node"));
  });

  it.each(APART)("parts events when %s", (_, a, b) => {
    expect(hashOf(b)).not.toBe(hashOf(a));
  });

  it("needs the message to tell minified stacks apart", () => {
    const frames = [web("/main.8f3a2b1c.js", "t")];
    const items = hashOf(frames, "Cannot read properties of undefined (reading 'items')");
    expect(hashOf(frames, "Cannot read properties of undefined (reading 'total')")).not.toBe(items);
    expect(
      hashOf([web("/main.00c0ffee.js", "q")], "Cannot read properties of undefined (reading 'items')"),
    ).toBe(items);
  });

  it("ignores the message where the stack names functions", () => {
    const frames = [web("/main.js", "checkout")];
    expect(hashOf(frames, "a is undefined")).toBe(
      hashOf(frames, "undefined is not an object (evaluating 'a.b')"),
    );
  });
});
