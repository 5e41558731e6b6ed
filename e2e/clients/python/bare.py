"""What a Python program does with the official SDK: one run through everything it can send."""

import json
import os

import sentry_sdk
from sentry_sdk.crons import capture_checkin

# Not written out here, since the SDK sends source lines along.
PASSWORD, TOKEN, CARD = (os.environ[f"E2E_{name}"] for name in ("PASSWORD", "TOKEN", "CARD"))

ids: dict[str, str] = {}


def drop_unwanted(event, hint):
    return None if event.get("tags", {}).get("unwanted") else event


class PaymentError(Exception):
    pass


def charge_card(attempt: int) -> None:
    if attempt == 1:
        raise PaymentError("@everyone card declined for order 7")
    raise PaymentError("@everyone card declined for order 7")


def read_stock() -> None:
    shelf = {"shoes": 3}
    raise LookupError(f"stock of {len(shelf)} shelf is negative")


def save_order() -> None:
    try:
        read_stock()
    except LookupError as cause:
        raise TypeError("order cannot be saved") from cause


def capture(name, failing, prepare=lambda scope: None) -> None:
    try:
        failing()
    except Exception as error:
        with sentry_sdk.new_scope() as scope:
            prepare(scope)
            event_id = sentry_sdk.capture_exception(error)
        if event_id:
            ids[name] = event_id


def payments() -> None:
    def prepare(scope) -> None:
        scope.add_breadcrumb(category="cart", message="put shoes into the cart", level="info")
        scope.set_tag("area", "payments")
        scope.set_tag("correlation_id", "corr-1234")

    for attempt in (1, 2):
        capture(f"payment_{attempt}", lambda: charge_card(attempt), prepare)


def fingerprints() -> None:
    def of_tenant(tenant: str):
        return lambda scope: setattr(scope, "fingerprint", ["{{ default }}", tenant])

    def synced(scope) -> None:
        scope.fingerprint = ["stock-sync"]

    for tenant in ("a", "b"):
        capture(f"tenant_{tenant}", lambda: json.loads("{tenant"), of_tenant(tenant))
    capture("group_1", read_stock, synced)
    capture("group_2", lambda: int("seven"), synced)


def secrets() -> None:
    def prepare(scope) -> None:
        scope.set_extra("form", {"password": PASSWORD, "note": f"paid with {CARD}"})
        scope.set_context("upstream", {"authorization": f"Bearer {TOKEN}", "host": "bank.example.com"})

    capture("secrets", lambda: bytes.fromhex("zz"), prepare)


def attachments() -> None:
    def prepare(scope) -> None:
        scope.add_attachment(bytes=b"id;sum\n7;19.90\n", filename="invoice.csv", content_type="text/csv")
        scope.add_attachment(bytes=b"0123456789abcdef\n" * 4_000, filename="rows.txt")

    capture("attached", lambda: {}["invoice"], prepare)


def messages() -> None:
    ids["message"] = sentry_sdk.capture_event(
        {
            "logentry": {
                "message": "user %s has %s open orders",
                "params": ["ada", "3"],
                "formatted": "user ada has 3 open orders",
            },
            "level": "warning",
        }
    )
    ids["fatal"] = sentry_sdk.capture_message("database is gone", level="fatal")


def twins() -> None:
    """The same event twice, as a retrying proxy would deliver it."""
    ids["twin"] = "7ca1f00d7ca1f00d7ca1f00d7ca1f00d"
    for _ in range(2):
        sentry_sdk.capture_event({"event_id": ids["twin"], "message": "sent twice", "level": "error"})


def other_items() -> None:
    capture_checkin(
        monitor_slug="nightly-report",
        status="ok",
        duration=2,
        monitor_config={"schedule": {"type": "crontab", "value": "0 3 * * *"}},
    )
    capture("dropped", lambda: charge_card(3), lambda scope: scope.set_tag("unwanted", "yes"))


def main() -> None:
    sentry_sdk.init(
        dsn=os.environ["SENTRY_DSN"],
        release="checkout@2.3.1",
        environment="production",
        server_name="web-7",
        before_send=drop_unwanted,
        _experiments={"transport_compression_algo": os.environ.get("COMPRESSION", "gzip")},
    )
    sentry_sdk.set_user({"id": "42", "email": "ada@example.com", "username": "ada"})
    sentry_sdk.set_context("cart", {"items": 3, "currency": "EUR"})
    sentry_sdk.set_tag("shop", "berlin")
    sentry_sdk.get_isolation_scope().start_session(session_mode="application")
    payments()
    capture("stock", read_stock)
    capture("cause", save_order)
    fingerprints()
    secrets()
    attachments()
    messages()
    twins()
    other_items()
    sentry_sdk.get_isolation_scope().end_session()
    sentry_sdk.flush(timeout=10)
    print(json.dumps(ids), flush=True)


main()
