"""The file with the keys: newest first, one a line. A process that runs notices a change and reads it again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet

from bot.errors import SettingsError
from bot.storage.sealing import load_or_create_key

_Mark = tuple[int, int, int]


class KeyFile:
    """Reads the keys, and changes them whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: _Mark | None = None

    def keys(self) -> tuple[bytes, ...]:
        self._seen = self._mark()
        return load_or_create_key(self._path)

    def newer(self) -> tuple[bytes, ...] | None:
        """The keys when the file changed since it was read; None when it did not, or cannot be read now."""
        mark = self._mark()
        if mark is None or mark == self._seen:
            return None
        with suppress(SettingsError, OSError):
            return self.keys()
        return None

    def add(self) -> None:
        """A new first key. The others stay: they open what was sealed before."""
        self._write([Fernet.generate_key(), *self.keys()])

    def keep(self, keys: Sequence[bytes]) -> None:
        """Only these, which must be in the file."""
        there = self.keys()
        if not keys or not set(keys) <= set(there):
            raise SettingsError(f"{self._path} changed in the meantime: nothing was removed")
        self._write([key for key in there if key in keys])

    def _write(self, keys: Sequence[bytes]) -> None:
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.{uuid4().hex[:8]}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(b"\n".join(keys) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        finally:
            draft.unlink(missing_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # sealed with a key that a power cut takes away is lost
        finally:
            os.close(folder)

    def _mark(self) -> _Mark | None:
        with suppress(OSError):
            state = self._path.stat()
            return state.st_ino, state.st_mtime_ns, state.st_size
        return None
