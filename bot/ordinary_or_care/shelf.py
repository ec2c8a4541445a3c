"""The register in use beside the content in use: read anew when that is, and kept when a file is broken."""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.answers.schema import Knowledge
from bot.ordinary_or_care.files import load_register, read_register
from bot.ordinary_or_care.model import Register

log = structlog.get_logger(__name__)


class RegisterShelf:
    """`at(knowledge)` gives the register that belongs to this reading of the content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: Knowledge | None = None
        self._current: Register | None = None

    def at(self, knowledge: Knowledge) -> Register:
        """The first reading fails loudly; later a broken file leaves the previous register in use."""
        if self._current is None:
            self._current, self._seen = load_register(self._folder), knowledge
        elif knowledge is not self._seen:
            self._seen = knowledge
            self._read_again()
        return self._current

    def _read_again(self) -> None:
        register, errors = read_register(self._folder)
        if errors or register is None:
            log.warning("register.reload_refused", errors=len(errors))
            return
        self._current = register
        log.info("register.reloaded", worries=len(register.worries))
