"""Files -> PlanContent. Starting up fails loudly; a reload keeps the last good content."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.answers.content_files import content_of, double_entry, visible_files
from bot.answers.file_watch import FileWatch
from bot.errors import InvalidFileError
from bot.planner.content_file import SITUATIONS_FILE, read_situations, read_steps
from bot.planner.schema import PlanContent, PlanStep, Situation, SituationKey

log = structlog.get_logger(__name__)
FOLDER = "toekomstplan"
FILES = "*.yml"


def load_content(folder: Path) -> PlanContent:
    """The content of `knowledge/toekomstplan/`; the first broken file stops it."""
    content, errors = read_content(folder)
    if errors:
        raise errors[0]
    return content


def read_content(folder: Path) -> tuple[PlanContent, list[InvalidFileError]]:
    """All that can be read, and an error for each file that can not."""
    steps: dict[str, PlanStep] = {}
    situations: dict[SituationKey, Situation] = {}
    errors: list[InvalidFileError] = []
    for path in visible_files(folder, FILES):
        if path.name == SITUATIONS_FILE:
            situations = content_of(path, read_situations, {}, errors)
            continue
        for step in content_of(path, read_steps, (), errors):
            other = steps.setdefault(step.key, step)
            if other is not step:
                errors.append(double_entry(step.path, step.line, step.key, other.path))
    return PlanContent(tuple(steps.values()), situations), errors


class PlanShelf:
    """The content in use. With a broken file the whole previous content stays in use."""

    def __init__(self, folder: Path, *, pause: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._watch = FileWatch(lambda: visible_files(folder, FILES), pause=pause, clock=clock)
        self.current = load_content(folder)

    def refresh(self) -> PlanContent:
        """The content of this moment; files are looked at once in `pause` seconds."""
        if self._watch.changed():
            self._reload()
        return self.current

    def _reload(self) -> None:
        content, errors = read_content(self._folder)
        if errors:
            log.warning("planner.reload_refused", errors=len(errors))
        else:
            self.current = content
            log.info("planner.reloaded", steps=len(content.steps))
