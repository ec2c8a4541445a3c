"""For a demonstration: one file a parcel in a folder. Readable by whoever can read the folder, so not for real use."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from bot.handover.delivery.parcel import Parcel, TryAgainError
from bot.handover.delivery.webhook import message
from bot.handover.rendering.sbar import sbar


class Files:
    """Named by the key: the same parcel again is the same file. A withdrawal removes what was written before."""

    name = "files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, parcel: Parcel) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if parcel.document is None:
                self._forget(parcel.reference)
            name = _as_name(parcel.key)
            if parcel.document is not None:
                self._write(self._folder / f"{name}.txt", sbar(parcel.document))
            self._write(self._folder / f"{name}.json", json.dumps(message(parcel), ensure_ascii=True, indent=2))
        except OSError as error:
            raise TryAgainError(f"file_{type(error).__name__}"[:60]) from None

    def close(self) -> None:
        """Nothing is held."""

    def _write(self, path: Path, text: str) -> None:
        """Whole or not at all: written beside it, on the disk, then renamed."""
        beside = path.with_name(f"{path.name}.part")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)

    def _forget(self, reference: str) -> None:
        for path in self._folder.glob(f"{_as_name(reference)}.*"):
            path.unlink(missing_ok=True)


def _as_name(key: str) -> str:
    """A key holds colons; a file name had better not, and never a way out of the folder."""
    return re.sub(r"[^A-Za-z0-9_-]", ".", key)
