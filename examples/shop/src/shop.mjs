// A shop of three routes, and customers who use it. Everything it reports goes through the official SDK.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as Sentry from "@sentry/node";
import { findArticle, priceOf } from "./catalogue.mjs";
import { charge } from "./payment.mjs";

const slowAfterMs = 3_000;

/** Prices and pays a cart. */
async function checkout(customer, cart) {
  Sentry.addBreadcrumb({ category: "cart", message: `checkout of ${cart.length} articles`, level: "info" });
  const total = priceOf(cart);
  await charge(customer, total);
  return { paid: total };
}

/** A search that gets slow with long words, and says so. */
function search(words) {
  const tookMs = words.length * 420;
  if (tookMs > slowAfterMs) {
    Sentry.captureMessage(`Search took ${tookMs} ms`, {
      level: "warning",
      tags: { slow: "true", took_ms: tookMs },
    });
  }
  return { found: findArticle(words) ? 1 : 0 };
}

const routes = {
  "/checkout": ({ customer, cart }) => checkout(customer, cart),
  "/search": ({ words }) => search(words),
  "/stock": ({ slug }) => ({ price: JSON.parse(`{"slug": ${slug}}`) }),
};

const server = createServer((request, response) => {
  Sentry.withIsolationScope(async (scope) => {
    const url = new URL(request.url, "http://shop.example");
    try {
      const input = JSON.parse(url.searchParams.get("input") ?? "{}");
      scope.setTransactionName(`${request.method} ${url.pathname}`);
      scope.setTag("correlation_id", randomUUID().slice(0, 8));
      scope.setTag("url", url.pathname);
      if (input.customer) scope.setUser({ id: String(input.customer.id), email: input.customer.email });
      response.end(JSON.stringify(await routes[url.pathname](input)));
    } catch (error) {
      const fatal = error.name === "PaymentTimeoutError";
      Sentry.captureException(error, { level: fatal ? "fatal" : "error" });
      response.writeHead(500).end(JSON.stringify({ error: error.name }));
    }
  });
});

/** What customers do; each step is one request. */
const visits = [
  (id) => ["/checkout", { customer: customerOf(id), cart: ["lantern"] }],
  (id) => ["/checkout", { customer: customerOf(id), cart: ["lantern", "spyglass", "drum"] }],
  (id) => ["/checkout", { customer: customerOf(id), cart: ["lantern", "hourglass"] }],
  () => ["/search", { words: "spyglass" }],
  () => ["/search", { words: "drum" }],
  (id) => ["/stock", { slug: id % 2 ? '"drum"' : "drum" }],
];

function customerOf(id) {
  return { id, email: `customer${id}@example.com` };
}

server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  const { port } = server.address();
  console.log(`shop: http://127.0.0.1:${port}`);
  let visit = 0;
  const visitMs = Number(process.env.VISIT_MS ?? 400);
  setInterval(async () => {
    const [path, input] = visits[visit % visits.length](visit + 1);
    visit++;
    await fetch(`http://127.0.0.1:${port}${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  }, visitMs);
});

process.on("SIGTERM", () => {
  void Sentry.close(2_000).then(() => process.exit(0));
});
