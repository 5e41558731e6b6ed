// Sends ten errors one after the other, waiting for each, against a key that takes fewer.
import * as Sentry from "@sentry/node";

Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 0 });

for (let number = 1; number <= 10; number++) {
  Sentry.captureException(new Error(`burst ${number}`));
  await Sentry.flush(5_000);
}
