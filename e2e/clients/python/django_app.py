"""A Django application with the official SDK, and the requests that make it fail."""

import json
import logging
import os
import sys
import threading
import urllib.error
import urllib.request
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import sentry_sdk
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

# Not written out here, since the SDK sends source lines along.
PASSWORD, TOKEN = os.environ["E2E_PASSWORD"], os.environ["E2E_TOKEN"]

sentry_sdk.init(
    dsn=os.environ["SENTRY_DSN"],
    release="backoffice@4.2.0",
    environment="staging",
    send_default_pii=True,
    traces_sample_rate=1.0,
    _experiments={"transport_compression_algo": "gzip"},
)


def invoice(request: HttpRequest, number: int) -> HttpResponse:
    sentry_sdk.set_tag("correlation_id", "corr-6")
    total = 100 / (number - number)
    return HttpResponse(str(total))


def upload(request: HttpRequest) -> HttpResponse:
    logging.getLogger("backoffice").error("upload of %s refused", "invoice.pdf")
    return HttpResponse("refused", status=422)


urlpatterns = [path("invoices/<int:number>/", invoice), path("upload/", upload)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=sys.modules[__name__],
    SECRET_KEY="only for this run",
    LOGGING_CONFIG=None,
)
django.setup()
logging.getLogger("django.request").propagate = False


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args) -> None:
        """Says nothing: the scenario's last line is its answer."""


def ask(url: str, body: bytes | None = None) -> int:
    headers = {"Authorization": f"Bearer {TOKEN}", "Cookie": f"sessionid={TOKEN}"}
    request = urllib.request.Request(url, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def main() -> None:
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        statuses = [
            ask(f"{base}/invoices/7/?page=2"),
            ask(f"{base}/upload/", f"password={PASSWORD}&user=ada".encode()),
        ]
        server.shutdown()
    sentry_sdk.flush(timeout=10)
    print(json.dumps({"statuses": " ".join(map(str, statuses))}), flush=True)


main()
