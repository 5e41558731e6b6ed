import type { EventDetail, Frame } from "../src/api/events.js";
import type { Issue } from "../src/api/issue.js";

const source = `import { money } from "../money.js";
import type { Cart, Line } from "./cart.js";

/** Sum of a cart with what is taken off for vouchers. */
export function totalOf(cart: Cart): number {
  const lines = cart.lines.filter((line) => line.quantity > 0);
  return lines.reduce((sum, line) => {
    const unit = line.product.price.priceCents; // fails when the product was taken down
    return sum + money(unit * line.quantity).minus(line.voucher ?? 0);
  }, 0);
}`.split("\n");

const context = (line: number): [number, string][] => source.map((text, index) => [line - 7 + index, text]);
const library = (name: string, file: string, line: number): Frame => ({
  function: name,
  filename: `node_modules/${file}`,
  lineNo: line,
  colNo: 14,
  inApp: false,
});

const frames: readonly Frame[] = [
  library("Server.emit", "node:events", 519),
  library("parserOnIncoming", "node:_http_server", 1153),
  library("Layer.handleRequest", "router/lib/layer.js", 152),
  library("next", "router/lib/route.js", 157),
  library("Route.dispatch", "router/lib/route.js", 117),
  library("handle", "@fastify/middie/index.js", 79),
  {
    function: "postOrder",
    filename: "src/orders/post-order.ts",
    lineNo: 41,
    colNo: 22,
    inApp: true,
    context: context(41),
    vars: { orderId: "8f2c-11", retry: 2, dryRun: false },
  },
  library("runInContext", "@opentelemetry/context-async-hooks/build/src/context.js", 88),
  library("AsyncLocalStorage.run", "node:async_hooks", 346),
  {
    function: "priceCart",
    filename: "src/cart/price-cart.ts",
    lineNo: 23,
    colNo: 9,
    inApp: true,
    context: context(23),
    vars: { cart: { id: "c_19", lines: [{ sku: "A-1", quantity: 2, product: null }], currency: "EUR" } },
  },
  {
    function: "totalOf.lines.reduce",
    filename: "src/cart/cart-summary.tsx",
    absPath: "/app/src/cart/cart-summary.tsx",
    lineNo: 118,
    colNo: 38,
    inApp: true,
    context: context(118),
    vars: {
      line: { sku: "A-1", quantity: 2, product: { id: 77, price: null }, voucher: null },
      sum: 0,
      token: "[Filtered]",
      card: "***MASKED***",
      html: "<b onmouseover=alert(1)>not bold</b>",
      docs: "https://docs.example.com/carts?x=1",
      bad: "javascript:alert(1)",
      many: Array.from({ length: 90 }, (_, index) => index * index),
    },
  },
];

const before = (ms: number) => new Date(Date.now() - 64_000 - ms).toISOString();
const crumbs = [
  {
    timestamp: before(812_000),
    type: "navigation",
    category: "navigation",
    level: "info",
    data: { from: "/", to: "/products/lantern" },
  },
  {
    timestamp: before(64_000),
    type: "ui",
    category: "ui.click",
    level: "info",
    message: "button.add-to-cart[data-sku=A-1]",
  },
  {
    timestamp: before(32_500),
    type: "http",
    category: "fetch",
    level: "info",
    data: { method: "GET", url: "https://shop.example.com/api/cart", status_code: 200 },
  },
  {
    timestamp: before(9_100),
    category: "console",
    level: "warning",
    message: "voucher HELLO10 expired, ignoring",
  },
  {
    timestamp: before(4_000),
    category: "query",
    level: "info",
    message: "SELECT * FROM carts WHERE id = $1",
    data: { "db.system": "postgresql", rows: 1 },
  },
  ...Array.from({ length: 14 }, (_, index) => ({
    timestamp: before(3_000 - index * 150),
    category: "log",
    level: "debug",
    message: `retry ${index + 1} of inventory reservation`,
  })),
  {
    timestamp: before(340),
    type: "http",
    category: "fetch",
    level: "error",
    data: {
      method: "POST",
      url: "https://inventory.internal/v2/reserve",
      status_code: 503,
      reason: "Service Unavailable",
    },
  },
  {
    timestamp: before(12),
    category: "exception",
    level: "error",
    message: "<script>alert('crumb')</script> TypeError: Cannot read properties of undefined",
  },
];

const idOf = (issue: Issue, position: number) =>
  (BigInt(issue.id) * 7_919n * 10n ** 26n + BigInt(position)).toString(16).padStart(32, "0").slice(-32);
const newest = 40;

/** One event of an issue; `which` is latest, oldest, recommended or an id. */
export function makeEvent(issue: Issue, which: string): EventDetail {
  const position =
    which === "oldest"
      ? 0
      : /^[0-9a-f]{32}$/.test(which)
        ? Number.parseInt(which.slice(-6), 16) - Number.parseInt(idOf(issue, 0).slice(-6), 16)
        : newest;
  const id = idOf(issue, position);
  const isMessage = !issue.metadata.type;
  return {
    id,
    eventID: id,
    title: issue.title,
    message: isMessage ? issue.title : null,
    culprit: issue.culprit,
    platform: issue.platform,
    type: isMessage ? "default" : "error",
    dateCreated: new Date(Date.now() - 64_000 - (newest - position) * 3_600_000).toISOString(),
    size: 11_204,
    user: {
      id: "48121",
      email: "ma***@example.com",
      username: "marta",
      ip_address: "203.0.113.9",
      geo: { country_code: "DE", city: "Hamburg" },
    },
    tags: [
      ["environment", "production"],
      ["level", issue.level],
      ["release", "checkout@4.18.2"],
      ["transaction", "POST /api/orders"],
      ["browser", "Firefox 148.0"],
      ["os", "Windows 11"],
      ["customer_id", "48121"],
      ["correlation_id", "01J9Z3-7K2M-44Q"],
      ["agent_name", "<b>bold agent</b>"],
      ["url", "https://shop.example.com/checkout?step=3"],
    ].map(([key, value]) => ({ key: key ?? "", value: value ?? "" })),
    contexts: {
      browser: { type: "browser", name: "Firefox", version: "148.0" },
      os: { type: "os", name: "Windows", version: "11", build: "26100" },
      runtime: { type: "runtime", name: "node", version: "v20.20.2" },
      trace: {
        type: "trace",
        trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
        span_id: "00f067aa0ba902b7",
        op: "http.server",
        status: "internal_error",
      },
      device: { type: "device", arch: "arm64", memory_size: 17_179_869_184, processor_count: 8 },
      "warehouse state": {
        region: "eu-north",
        queue: { depth: 4_812, oldest: "93s" },
        nodes: ["a", "b", "c"],
      },
    },
    context: { flow: "express-checkout", attempts: [1, 2, 3], payload: { long: "x".repeat(2_400) } },
    packages: Object.fromEntries(
      Array.from({ length: 36 }, (_, index) => [`@shop/package-${index}`, `${index}.4.1`]),
    ),
    sdk: { name: "sentry.javascript.node", version: "11.2.0" },
    fingerprints: ["{{ default }}"],
    groupingExplanation:
      "Same exception type and the same in-app frames: totalOf.lines.reduce, priceCart, postOrder.",
    errors: [
      {
        type: "js_no_source",
        message:
          "No source map was found for static/chunks/417.js; upload one with the release checkout@4.18.2.",
      },
    ],
    release: { version: "checkout@4.18.2" },
    attachments: [
      { id: "1", name: "screenshot.png", mimetype: "image/png", size: 184_203 },
      {
        id: "2",
        name: "state-dump-of-the-whole-application-with-a-long-name-2026-03-10T12-00-00.json",
        mimetype: "application/json",
        size: 3_204,
      },
    ],
    nextEventID: position < newest ? idOf(issue, position + 1) : null,
    previousEventID: position > 0 ? idOf(issue, position - 1) : null,
    entries: [
      ...(isMessage
        ? [{ type: "message", data: { formatted: issue.title } }]
        : [
            {
              type: "exception",
              data: {
                values: [
                  {
                    type: "FetchError",
                    value: "inventory.internal answered 503 after 3 tries",
                    mechanism: { type: "chained", handled: true },
                    stacktrace: { frames: frames.slice(0, 8) },
                  },
                  {
                    type: issue.metadata.type,
                    value: issue.metadata.value,
                    mechanism: { type: "onunhandledrejection", handled: !issue.isUnhandled },
                    stacktrace: { frames },
                  },
                ],
              },
            },
          ]),
      { type: "breadcrumbs", data: { values: crumbs } },
      {
        type: "request",
        data: {
          method: "POST",
          url: "https://shop.example.com/api/orders",
          query: [
            ["step", "3"],
            ["voucher", "HELLO10"],
          ],
          headers: [
            ["Accept", "application/json"],
            ["User-Agent", "Mozilla/5.0 (Windows NT 10.0; rv:148.0) Gecko/20100101 Firefox/148.0"],
            ["Authorization", "[Filtered]"],
            ["X-Forwarded-For", "203.0.113.9"],
          ],
          cookies: [["session", "[Filtered]"]],
          data: { cartId: "c_19", express: true, note: "it's <urgent>" },
        },
      },
    ],
  };
}

/** The newest events as rows. */
export function eventRows(issue: Issue) {
  return Array.from({ length: 30 }, (_, index) => {
    const event = makeEvent(issue, idOf(issue, newest - index));
    return {
      id: event.id,
      eventID: event.id,
      title: event.title,
      message: issue.metadata.value ?? "",
      dateCreated: event.dateCreated,
      tags: event.tags,
    };
  });
}
