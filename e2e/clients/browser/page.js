// What a page does with the official SDK. The test bundles it, serves it and presses its buttons.
import * as Sentry from "@sentry/browser";

const parameters = new URLSearchParams(location.search);
const ids = {};
globalThis.eventIds = ids;
globalThis.flushed = () => Sentry.flush(10_000);

const tunnel = parameters.get("tunnel");

Sentry.init({
  dsn: parameters.get("dsn"),
  ...(tunnel ? { tunnel } : {}),
  release: "web@5.0.0",
  environment: "production",
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1,
  beforeSend: (event) => (event.tags?.unwanted ? null : event),
});
Sentry.setUser({ id: "42", email: "ada@example.com" });
Sentry.setTag("shop", "berlin");

class PaymentError extends Error {
  name = "PaymentError";
}

function chargeCard() {
  throw new PaymentError("@everyone card declined for order 7");
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

function pay() {
  capture("payment", chargeCard, (scope) => scope.setTags({ area: "payments", correlation_id: "corr-1234" }));
}

function pressBroken() {
  null.price.toFixed(2);
}

function others() {
  capture(
    "cause",
    () => {
      throw new TypeError("order cannot be saved", { cause: new RangeError("stock is negative") });
    },
    (scope) =>
      scope.addAttachment({ filename: "cart.json", data: '{"items":3}', contentType: "application/json" }),
  );
  capture("dropped", chargeCard, (scope) => scope.setTag("unwanted", "yes"));
  ids.message = Sentry.captureMessage("the cart is slow", "warning");
  Sentry.captureFeedback({ message: "the button does nothing", name: "Ada", email: "ada@example.com" });
}

const on = (id, act) => document.getElementById(id).addEventListener("click", act);
on("pay", pay);
on("broken", pressBroken);
on("rejected", () => void Promise.reject(new SyntaxError("answer of the bank is no JSON")));
on("others", others);
