"""A FastAPI application with the official SDK, and the requests that make it fail."""

import json
import os
import threading
import time
import urllib.error
import urllib.request

import sentry_sdk
import uvicorn
from fastapi import FastAPI, HTTPException

# Not written out here, since the SDK sends source lines along.
PASSWORD, TOKEN = os.environ["E2E_PASSWORD"], os.environ["E2E_TOKEN"]

sentry_sdk.init(
    dsn=os.environ["SENTRY_DSN"],
    release="api@1.0.0",
    environment="staging",
    send_default_pii=True,
    traces_sample_rate=1.0,
    _experiments={"transport_compression_algo": "gzip"},
)

app = FastAPI()


@app.get("/orders/{order_id}")
def order(order_id: int) -> dict:
    sentry_sdk.set_tag("correlation_id", "corr-5")
    sentry_sdk.add_breadcrumb(category="orders", message=f"looked up order {order_id}")
    orders = {1: "shoes"}
    return {"name": orders[order_id]}


@app.post("/login")
def login(credentials: dict) -> dict:
    raise PermissionError(f"{credentials['user']} may not sign in")


@app.get("/missing")
def missing() -> dict:
    raise HTTPException(status_code=404, detail="an ordinary answer, not an error")


def ask(url: str, body: dict | None = None) -> int:
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode() if body else None,
        headers={
            "Authorization": f"Bearer {TOKEN}",
            "Cookie": f"sessionid={TOKEN}",
            "Content-Type": "application/json",
            "X-Forwarded-For": "203.0.113.7",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def main() -> None:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    base = "http://127.0.0.1:%d" % server.servers[0].sockets[0].getsockname()[1]
    statuses = [
        ask(f"{base}/orders/7?page=2&token={TOKEN}"),
        ask(f"{base}/login", {"user": "ada", "password": PASSWORD}),
        ask(f"{base}/missing"),
    ]
    server.should_exit = True
    thread.join()
    sentry_sdk.flush(timeout=10)
    print(json.dumps({"statuses": " ".join(map(str, statuses))}), flush=True)


main()
