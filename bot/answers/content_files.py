"""What every reader of a content folder needs: which files count, and a mistake that does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.errors import InvalidFileError
from bot.wording import wording

Found = TypeVar("Found")
Empty = TypeVar("Empty")


def visible_files(folder: Path, pattern: str) -> list[Path]:
    """Without the hidden files that editing programs leave beside a text."""
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith("."))


def content_of(
    path: Path, read: Callable[[Path], Found], empty: Empty, errors: list[InvalidFileError]
) -> Found | Empty:
    """What `read` makes of a file. A file that can not be read gives `empty`, and adds to `errors`."""
    try:
        return read(path)
    except InvalidFileError as error:
        errors.append(error)
        return empty


def double_entry(path: Path, line: int | None, key: str, other: Path) -> InvalidFileError:
    """`key` stands in `path`, but was read from the `other` file already."""
    return InvalidFileError(path, line, wording().text("check.double_entry", field=key, other=other))
