// Dies of an error nobody catches; the SDK sends it on the way out.
import * as Sentry from "@sentry/node";

Sentry.init({ dsn: process.env.SENTRY_DSN, release: "checkout@2.3.1", environment: "production" });

function openShop() {
  throw new EvalError("the shop cannot open");
}

setTimeout(openShop, 1);
