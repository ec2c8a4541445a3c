"""How uvicorn runs the front door: no version in the headers, no addresses in the log, small limits, our errors."""

from __future__ import annotations

import json

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.web.errors import RefusedError, error_body
from bot.wording import wording

# Connections of all kinds; long before that the application itself says that it is busy, with the numbers.
CONNECTIONS = 1024
HEADER_BYTES = 32 * 1024


class Protocol(H11Protocol):
    """HTTP as h11 reads it, which has a limit for headers. What is no HTTP is refused in our own shape too."""

    def send_400_response(self, msg: str) -> None:
        refused = json.dumps(error_body(wording(), RefusedError("bad_request")), ensure_ascii=False).encode()
        headers = [
            ("content-type", "application/json"),
            ("content-length", str(len(refused))),
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("connection", "close"),
        ]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=refused), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))
        self.transport.close()


def server_config(app: ASGIApp, *, host: str, port: int, trusted_proxies: str = "127.0.0.1") -> uvicorn.Config:
    """`trusted_proxies`: whose X-Forwarded-For is believed; rate limits count per address."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        server_header=False,
        access_log=False,
        log_config=None,
        ws="none",  # not used, and the websockets that Rasa pins is too old for uvicorn
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=HEADER_BYTES,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )
