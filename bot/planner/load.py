"""Files -> PlanContent. Starting up fails loudly; a reload keeps the last good content."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.errors import InvalidFileError
from bot.planner.content_file import SITUATIONS_FILE, read_situations, read_steps
from bot.planner.schema import PlanContent, PlanStep, Situation, SituationKey
from bot.wording import wording

log = structlog.get_logger(__name__)
FOLDER = "toekomstplan"


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
    for path in _files(folder):
        try:
            if path.name == SITUATIONS_FILE:
                situations = read_situations(path)
                continue
            for step in read_steps(path):
                other = steps.setdefault(step.key, step)
                if other is not step:
                    errors.append(_double(step, other))
        except InvalidFileError as error:
            errors.append(error)
    return PlanContent(tuple(steps.values()), situations), errors


def _files(folder: Path) -> list[Path]:
    """Without the hidden files that editing programs leave beside a text."""
    return sorted(path for path in folder.glob("*.yml") if not path.name.startswith("."))


def _double(step: PlanStep, other: PlanStep) -> InvalidFileError:
    remedy = wording().text("check.double_entry", field=step.key, other=other.path)
    return InvalidFileError(step.path, step.line, remedy)


class PlanShelf:
    """The content in use. With a broken file the whole previous content stays in use."""

    def __init__(self, folder: Path, *, pause: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._pause = pause
        self._clock = clock
        self._seen = self._fingerprint()
        self._looked_at = clock()
        self.current = load_content(folder)

    def refresh(self) -> PlanContent:
        """The content of this moment; files are looked at once in `pause` seconds."""
        if self._clock() - self._looked_at >= self._pause:
            self._looked_at = self._clock()
            seen = self._fingerprint()
            if seen != self._seen:
                self._seen = seen
                self._reload()
        return self.current

    def _reload(self) -> None:
        content, errors = read_content(self._folder)
        if errors:
            log.warning("planner.reload_refused", errors=len(errors))
        else:
            self.current = content
            log.info("planner.reloaded", steps=len(content.steps))

    def _fingerprint(self) -> tuple[tuple[str, int, int], ...]:
        stamps = []
        for path in _files(self._folder):
            try:
                stat = path.stat()
            except OSError:  # moved away while we looked
                continue
            stamps.append((path.name, stat.st_mtime_ns, stat.st_size))
        return tuple(stamps)
