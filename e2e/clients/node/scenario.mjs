// What an application on Node does with the official SDK: one run through everything it can send.
import { createServer, get } from "node:http";
import * as Sentry from "@sentry/node";

// Not written out here, since the SDK sends source lines along.
const { E2E_PASSWORD, E2E_TOKEN, E2E_CARD } = process.env;
const ids = {};

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  release: "checkout@2.3.1",
  environment: "production",
  serverName: "web-7",
  beforeSend: (event) => (event.tags?.unwanted ? null : event),
});

Sentry.setUser({ id: "42", email: "ada@example.com", username: "ada" });
Sentry.setContext("cart", { items: 3, currency: "EUR" });
Sentry.setTag("shop", "berlin");

class PaymentError extends Error {
  name = "PaymentError";
}

function chargeCard(attempt) {
  if (attempt === 1) throw new PaymentError("@everyone card declined for order 7");
  throw new PaymentError("@everyone card declined for order 7");
}

function readStock() {
  throw new RangeError("stock of shelf is negative");
}

function saveOrder() {
  try {
    readStock();
  } catch (cause) {
    throw new TypeError("order cannot be saved", { cause });
  }
}

function capture(name, failing, prepare = () => {}) {
  try {
    failing();
  } catch (error) {
    Sentry.withScope((scope) => {
      prepare(scope);
      ids[name] = Sentry.captureException(error);
    });
  }
}

function payments() {
  for (const attempt of [1, 2])
    capture(
      `payment_${attempt}`,
      () => chargeCard(attempt),
      (scope) => {
        scope.addBreadcrumb({ category: "cart", message: "put shoes into the cart", level: "info" });
        scope.setTags({ area: "payments", correlation_id: "corr-1234" });
      },
    );
}

function fingerprints() {
  for (const tenant of ["a", "b"])
    capture(
      `tenant_${tenant}`,
      () => JSON.parse("{tenant"),
      (scope) => scope.setFingerprint(["{{ default }}", tenant]),
    );
  capture("group_1", readStock, (scope) => scope.setFingerprint(["stock-sync"]));
  capture(
    "group_2",
    () => decodeURI("%"),
    (scope) => scope.setFingerprint(["stock-sync"]),
  );
}

function secrets() {
  capture(
    "secrets",
    () => decodeURIComponent("%zz"),
    (scope) => {
      scope.setExtra("form", { password: E2E_PASSWORD, note: `paid with ${E2E_CARD}` });
      scope.setContext("upstream", { authorization: `Bearer ${E2E_TOKEN}`, host: "bank.example.com" });
    },
  );
}

function attachments() {
  capture(
    "attached",
    () => null.invoice,
    (scope) => {
      scope.addAttachment({ filename: "invoice.csv", data: "id;sum\n7;19.90\n", contentType: "text/csv" });
      scope.addAttachment({ filename: "rows.txt", data: "0123456789abcdef\n".repeat(4_000) });
    },
  );
}

function messages() {
  const [user, orders] = ["ada", 3];
  ids.message = Sentry.captureMessage(Sentry.parameterize`user ${user} has ${orders} open orders`, "warning");
  ids.fatal = Sentry.captureMessage("database is gone", "fatal");
}

/** The same event twice, as a retrying proxy would deliver it. */
async function twins() {
  const event = { event_id: "7ca1f00d7ca1f00d7ca1f00d7ca1f00d", message: "sent twice", level: "error" };
  ids.twin = event.event_id;
  Sentry.getClient().sendEvent({ ...event });
  Sentry.getClient().sendEvent({ ...event });
}

function otherItems() {
  Sentry.captureCheckIn(
    { monitorSlug: "nightly-report", status: "ok", duration: 2 },
    { schedule: { type: "crontab", value: "0 3 * * *" } },
  );
  Sentry.captureFeedback({
    message: "the button does nothing",
    name: "Ada",
    associatedEventId: ids.payment_1,
  });
  capture(
    "dropped",
    () => chargeCard(3),
    (scope) => scope.setTag("unwanted", "yes"),
  );
  delete ids.dropped;
}

/** A request that fails inside a plain server. */
async function serveOneRequest() {
  const server = createServer((request, response) => {
    Sentry.setTag("transaction_kind", "web");
    capture("request", () => new URL("no address"));
    response.end(request.method);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const headers = { Authorization: `Bearer ${E2E_TOKEN}`, Cookie: "session=abc", "X-Correlation": "corr-5" };
  await new Promise((resolve) =>
    get(`http://127.0.0.1:${server.address().port}/orders/7?page=2`, { headers }, (answer) =>
      answer.resume().once("end", resolve),
    ),
  );
  await new Promise((resolve) => server.close(resolve));
}

Sentry.startSession();
payments();
capture("stock", readStock);
capture("cause", saveOrder);
fingerprints();
secrets();
attachments();
messages();
await twins();
otherItems();
await serveOneRequest();
Sentry.endSession();
await Sentry.flush(10_000);
console.log(JSON.stringify(ids));
