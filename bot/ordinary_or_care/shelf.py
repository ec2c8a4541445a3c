"""The register in use beside the content in use: read anew when that is, and kept when a file is broken."""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.answers.companion_shelf import CompanionShelf
from bot.answers.schema import Knowledge
from bot.errors import InvalidFileError
from bot.ordinary_or_care.files import read_register
from bot.ordinary_or_care.model import Register

log = structlog.get_logger(__name__)


class RegisterShelf(CompanionShelf[Register]):
    """`at(knowledge)` gives the register that belongs to this reading of the content."""

    def at(self, knowledge: Knowledge) -> Register:
        return self.beside(knowledge)

    def _read(self, folder: Path) -> tuple[Register | None, list[InvalidFileError]]:
        return read_register(folder)

    def _tell_refused(self, errors: int) -> None:
        log.warning("register.reload_refused", errors=errors)

    def _tell_renewed(self, content: Register) -> None:
        log.info("register.reloaded", worries=len(content.worries))
