"""One finding of the content check, and how a line about it reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.answers.fields import suggestion
from bot.errors import InvalidFileError
from bot.wording import wording

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """An error keeps content from going out; a warning is advice. The message is Dutch, for an editor."""

    path: Path
    line: int | None
    severity: Severity
    message: str


def error(path: Path, line: int | None, text: str, **values: object) -> Problem:
    return Problem(path, line, "error", wording().text(f"check.{text}", None, **values))


def warning(path: Path, line: int | None, text: str, **values: object) -> Problem:
    return Problem(path, line, "warning", wording().text(f"check.{text}", None, **values))


def unknown_references(
    path: Path, line: int | None, field: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    """An error for each name under `field` that no register knows, with the known name most like it."""
    for name in names:
        if name not in known:
            yield error(path, line, "unknown_reference", field=field, name=name, hint=suggestion(name, known))


def unreadable(found: InvalidFileError) -> Problem:
    return Problem(found.path, found.line, "error", found.remedy)


def by_place(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, errors before warnings."""
    return sorted(problems, key=lambda found: (str(found.path), found.line or 0, found.severity))


def format_problem(problem: Problem) -> str:
    """`antwoorden/…/x.md regel 4: fout: bron 'x' bestaat niet.`"""
    place = wording().text("check.place_line" if problem.line else "check.place", None, **_place(problem))
    severity = wording().text(f"check.severity_{problem.severity}")
    return f"{place}: {severity}: {problem.message}"


def _place(problem: Problem) -> dict[str, object]:
    return {"path": problem.path, "line": problem.line}
