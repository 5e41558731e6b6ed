// Loaded before everything else, as the SDK asks for: node --import ./src/instrument.mjs
import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  environment: process.env.SENTRY_ENVIRONMENT ?? "production",
  release: process.env.SENTRY_RELEASE ?? "shop@1.4.0",
  tracesSampleRate: 0.1,
});
