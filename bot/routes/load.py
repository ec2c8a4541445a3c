"""`knowledge/routes/` -> RouteBook. Starting up fails loudly; later the last good book stays in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import structlog

from bot.answers.companion_shelf import CompanionShelf
from bot.answers.content_files import content_of, double_entry, visible_files
from bot.errors import InvalidFileError
from bot.routes import files
from bot.routes.schema import Route, RouteBook

log = structlog.get_logger(__name__)
Found = TypeVar("Found")
FOLDER = "routes"
ROLES, QUESTIONS, FRAMES = "rollen.yml", "vragen.yml", "kaders.yml"
CONSENTS, CRISIS, MELDCODE = "toestemming.yml", "crisis.yml", "meldcode.yml"
PARTS, ITEMS = "jw315_delen.yml", "jw315.yml"
TABLES = frozenset({ROLES, QUESTIONS, FRAMES, CONSENTS, CRISIS, MELDCODE, PARTS, ITEMS})
"""Every other file of the folder holds routes."""


def load_routes(knowledge_folder: Path) -> RouteBook:
    """The whole book; the first broken file stops it."""
    book, errors = read_routes(knowledge_folder)
    if errors:
        raise errors[0]
    return book


def read_routes(knowledge_folder: Path) -> tuple[RouteBook, list[InvalidFileError]]:
    """All that can be read, and an error for each file that can not."""
    reading = _Reading(knowledge_folder / FOLDER)
    book = RouteBook(
        roles=reading.table(ROLES, files.read_choices, {}),
        questions=reading.table(QUESTIONS, files.read_choices, {}),
        frames=reading.table(FRAMES, files.read_choices, {}),
        routes=reading.routes(),
        consents=reading.table(CONSENTS, files.read_consents, {}),
        crisis=reading.table(CRISIS, files.read_crisis, ()),
        parts=reading.table(PARTS, files.read_parts, {}),
        items=reading.table(ITEMS, files.read_items, {}),
        steps=reading.table(MELDCODE, files.read_steps, ()),
    )
    return book, reading.errors


class _Reading:
    """One pass over the folder, that gathers errors instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.errors: list[InvalidFileError] = []

    def table(self, name: str, read: Callable[[Path], Found], empty: Found) -> Found:
        path = self._folder / name
        return content_of(path, read, empty, self.errors) if path.exists() else empty

    def routes(self) -> dict[str, Route]:
        routes: dict[str, Route] = {}
        for path in visible_files(self._folder, "*.yml"):
            if path.name in TABLES:
                continue
            for key, route in content_of(path, files.read_routes, {}, self.errors).items():
                if key in routes:
                    self.errors.append(double_entry(path, route.line, key, routes[key].path))
                routes.setdefault(key, route)
        return routes


class RouteShelf(CompanionShelf[RouteBook]):
    """The book in use."""

    def _read(self, folder: Path) -> tuple[RouteBook, list[InvalidFileError]]:
        return read_routes(folder)

    def _tell_refused(self, errors: int) -> None:
        log.warning("routes.reload_refused", errors=errors)

    def _tell_renewed(self, content: RouteBook) -> None:
        log.info("routes.reloaded", routes=len(content.routes))
