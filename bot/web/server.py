"""How uvicorn runs the front door: no version in the headers, no addresses in the log, small limits."""

from __future__ import annotations

import uvicorn
from starlette.types import ASGIApp


def server_config(app: ASGIApp, *, host: str, port: int, trusted_proxies: str = "127.0.0.1") -> uvicorn.Config:
    """`trusted_proxies`: whose X-Forwarded-For is believed; rate limits count per address."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        server_header=False,
        access_log=False,
        log_config=None,
        ws="none",  # not used, and the websockets that Rasa pins is too old for uvicorn
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32 * 1024,
        limit_concurrency=512,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )
