"""Runs the front door in this process (`rits run` starts it)."""

from __future__ import annotations

import uvicorn

from bot.services import Services
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.server import server_config
from bot.web.wiring import web_services


def serve(settings: Settings) -> None:
    """Until the process is told to stop. Broken content stops it here, with file and line."""
    parts = Services(settings)
    parts.shelf.refresh()
    app = create_app(web_services(parts))
    uvicorn.Server(server_config(app, host=settings.host, port=settings.port)).run()
