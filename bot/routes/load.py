"""`knowledge/routes/` -> RouteBook. Starting up fails loudly; later the last good book stays in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import structlog

from bot.answers.schema import Knowledge
from bot.errors import InvalidFileError
from bot.routes import files
from bot.routes.schema import Route, RouteBook
from bot.wording import wording

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
        return self._try(self._folder / name, read, empty) if (self._folder / name).exists() else empty

    def routes(self) -> dict[str, Route]:
        routes: dict[str, Route] = {}
        for path in sorted(self._folder.glob("*.yml")):
            if path.name in TABLES or path.name.startswith("."):
                continue
            found: dict[str, Route] = self._try(path, files.read_routes, {})
            for key, route in found.items():
                if key in routes:
                    remedy = wording().text("check.double_entry", field=key, other=routes[key].path)
                    self.errors.append(InvalidFileError(path, route.line, remedy))
                routes.setdefault(key, route)
        return routes

    def _try(self, path: Path, read: Callable[[Path], Found], empty: Found) -> Found:
        try:
            return read(path)
        except InvalidFileError as error:
            self.errors.append(error)
            return empty


class RouteShelf:
    """The book in use. It is read again when the knowledge was; a broken file leaves the previous book in use."""

    def __init__(self, knowledge_folder: Path) -> None:
        self._folder = knowledge_folder
        self._book = load_routes(knowledge_folder)
        self._read_with: Knowledge | None = None

    def beside(self, knowledge: Knowledge) -> RouteBook:
        """The book that belongs to this content."""
        if self._read_with is None:
            self._read_with = knowledge
        if self._read_with is not knowledge:
            self._read_with = knowledge
            self._reload()
        return self._book

    def _reload(self) -> None:
        book, errors = read_routes(self._folder)
        if errors:
            log.warning("routes.reload_refused", errors=len(errors))
            return
        self._book = book
        log.info("routes.reloaded", routes=len(book.routes))
