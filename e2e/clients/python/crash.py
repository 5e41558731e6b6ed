"""Dies of an exception nobody catches; the SDK sends it on the way out."""

import os

import sentry_sdk

sentry_sdk.init(
    dsn=os.environ["SENTRY_DSN"],
    release="checkout@2.3.1",
    environment="production",
    _experiments={"transport_compression_algo": os.environ.get("COMPRESSION", "gzip")},
)


def open_shop() -> None:
    raise RuntimeError("the shop cannot open")


open_shop()
