"""Files -> Knowledge. Starting up fails loudly; a reload keeps the last good content."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from bot.answers.content_files import content_of, double_entry, visible_files
from bot.answers.file_watch import FileWatch
from bot.answers.gemeente_file import read_gemeente, read_names, read_places
from bot.answers.register_file import read_help_lines, read_sources, read_terms
from bot.answers.schema import Gemeente, GemeenteName, Knowledge, Source, Topic, TopicKey
from bot.answers.topic_file import read_topic
from bot.errors import InvalidFileError

log = structlog.get_logger(__name__)
Found = TypeVar("Found")


def load_knowledge(folder: Path) -> Knowledge:
    """All content of a folder; the first broken file stops it."""
    knowledge, errors = read_knowledge(folder)
    if errors:
        raise errors[0]
    return knowledge


def read_knowledge(folder: Path) -> tuple[Knowledge, list[InvalidFileError]]:
    """All content that can be read, and an error for each file that can not."""
    reading = _Reading(folder)
    gemeenten = reading.gemeenten()
    knowledge = Knowledge(
        topics=reading.topics(),
        sources=reading.sources(),
        help_lines=reading.one("hulplijnen.yml", read_help_lines, {}),
        gemeenten=gemeenten,
        names={**_names_of(gemeenten), **reading.one("gemeenten/namen.yml", read_names, {})},
        places=reading.one("gemeenten/plaatsen.yml", read_places, {}),
        terms=reading.one("begrippen.yml", read_terms, {}),
    )
    return knowledge, reading.errors


def topic_paths(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every topic file with the gemeente it belongs to, None for the national ones."""
    yield from ((path, None) for path in visible_files(folder, "antwoorden/*/*.md"))
    for path in visible_files(folder, "gemeenten/*/antwoorden/*/*.md"):
        yield path, path.parents[2].name


def _names_of(gemeenten: Mapping[str, Gemeente]) -> dict[str, GemeenteName]:
    """The example gemeente is not on the list of the country, but can be chosen all the same."""
    return {slug: GemeenteName(slug, found.name, found.province) for slug, found in gemeenten.items()}


class _Reading:
    """One pass over the files, that gathers errors instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.errors: list[InvalidFileError] = []

    def one(self, name: str, read: Callable[[Path], Found], empty: Found) -> Found:
        path = self._folder / name
        return content_of(path, read, empty, self.errors) if path.exists() else empty

    def topics(self) -> dict[TopicKey, Topic]:
        topics: dict[TopicKey, Topic] = {}
        for path, gemeente in topic_paths(self._folder):
            topic = content_of(path, partial(read_topic, gemeente=gemeente), None, self.errors)
            if topic is None:
                continue
            key = (topic.slug, gemeente, topic.variant)
            if key in topics:
                self.errors.append(double_entry(path, None, topic.slug, topics[key].path))
            topics.setdefault(key, topic)
        return topics

    def sources(self) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        came_from: dict[str, Path] = {}
        for path in visible_files(self._folder, "bronnen/*.yml"):
            for key, source in content_of(path, read_sources, {}, self.errors).items():
                if key in sources:
                    self.errors.append(double_entry(path, None, key, came_from[key]))
                sources.setdefault(key, source)
                came_from.setdefault(key, path)
        return sources

    def gemeenten(self) -> dict[str, Gemeente]:
        paths = sorted(self._folder.glob("gemeenten/*/gemeente.yml"))
        found = (content_of(path, read_gemeente, None, self.errors) for path in paths)
        return {gemeente.slug: gemeente for gemeente in found if gemeente}


class KnowledgeShelf:
    """The content in use. With a broken file the whole previous content stays in use."""

    def __init__(self, folder: Path, *, pause: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._watch = FileWatch(self._files, pause=pause, clock=clock)
        self.current = load_knowledge(folder)
        self.errors: list[InvalidFileError] = []

    def reload(self) -> list[InvalidFileError]:
        """Read everything again. Gives the errors; with any error nothing changes."""
        self._watch.look()
        knowledge, self.errors = read_knowledge(self._folder)
        if self.errors:
            log.warning("knowledge.reload_refused", errors=len(self.errors))
            return self.errors
        self.current = knowledge
        log.info("knowledge.reloaded", topics=len(knowledge.slugs()))
        return []

    def refresh(self) -> list[InvalidFileError]:
        """Reload when a file changed; cheap enough for every turn, since it looks once in `pause` seconds."""
        return self.reload() if self._watch.changed() else self.errors

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.rglob("*") if path.suffix in {".md", ".yml"})
