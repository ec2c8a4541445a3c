"""Content that lies beside the knowledge and is renewed together with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Generic, TypeVar

from bot.answers.schema import Knowledge
from bot.errors import InvalidFileError

Content = TypeVar("Content")


class CompanionShelf(ABC, Generic[Content]):
    """The content in use, read from the folder of the knowledge: again when the knowledge was."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read_with: Knowledge | None = None
        self._current: Content | None = None

    def beside(self, knowledge: Knowledge) -> Content:
        """What belongs to this knowledge. The first reading fails loudly; later a broken file leaves the last good."""
        if self._current is None:
            self._current, self._read_with = self._first(), knowledge
        elif knowledge is not self._read_with:
            self._read_with = knowledge
            self._current = self._again(self._current)
        return self._current

    def _first(self) -> Content:
        content, errors = self._read(self._folder)
        if errors or content is None:
            raise errors[0]
        return content

    def _again(self, last: Content) -> Content:
        content, errors = self._read(self._folder)
        if errors or content is None:
            self._tell_refused(len(errors))
            return last
        self._tell_renewed(content)
        return content

    @abstractmethod
    def _read(self, folder: Path) -> tuple[Content | None, list[InvalidFileError]]:
        """All that can be read; without content there is an error."""

    @abstractmethod
    def _tell_refused(self, errors: int) -> None:
        """Log that the last good content stays."""

    @abstractmethod
    def _tell_renewed(self, content: Content) -> None:
        """Log that there is new content."""
