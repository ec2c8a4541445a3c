"""Runs the front door in this process (`rits run` starts it)."""

from __future__ import annotations

import resource

import structlog
import uvicorn

from bot.services import Services
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.ports import WebServices
from bot.web.server import CONNECTIONS, server_config
from bot.web.wiring import web_services

log = structlog.get_logger(__name__)
# Of our own, beside the connections of visitors: the database, the content, the way to the dialogue.
OWN_FILES = 512


def serve(settings: Settings) -> None:
    """Until the process is told to stop. Broken content stops it here, with file and line."""
    parts = Services(settings)
    parts.shelf.refresh()
    services = web_services(parts)
    _warn_of_strangers(services)
    make_room()
    app = create_app(services)
    uvicorn.Server(server_config(app, host=settings.host, port=settings.port)).run()


def make_room() -> None:
    """A crowd must not take the last file handle: many machines give 1024, and a message is stored with one."""
    wanted = CONNECTIONS + OWN_FILES
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    possible = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    if given != resource.RLIM_INFINITY and given < possible:
        resource.setrlimit(resource.RLIMIT_NOFILE, (possible, most))
    if possible < wanted:
        log.warning("files.few", possible=possible, wanted=wanted)


def _warn_of_strangers(services: WebServices) -> None:
    """A typing error in the list: nothing breaks, but the site of that municipality is refused."""
    for slug in sorted(services.origins.gemeenten):
        place = services.contacts.find_gemeente(slug)
        if place is None or place.slug != slug:
            log.warning("origins.unknown_gemeente", gemeente=slug)
