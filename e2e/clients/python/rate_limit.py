"""Sends ten errors one after the other, waiting for each, against a key that takes fewer."""

import os

import sentry_sdk

sentry_sdk.init(dsn=os.environ["SENTRY_DSN"], auto_session_tracking=False)

for number in range(1, 11):
    sentry_sdk.capture_exception(ValueError(f"burst {number}"))
    sentry_sdk.flush(timeout=5)
