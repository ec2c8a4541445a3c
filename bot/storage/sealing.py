"""Encryption at rest: what is personal in a handover is readable only with the key of this installation."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import HandoverError, SettingsError


class SealBrokenError(HandoverError):
    """A stored handover cannot be opened with the keys we have."""


class Seal:
    """Seals with the first key and opens with any of them, so that a key can be replaced without downtime.

    `newer` gives the keys when they changed since the last time: a process that runs seals with a new key at once.
    """

    def __init__(
        self, keys: Sequence[bytes | str], *, newer: Callable[[], Sequence[bytes | str] | None] | None = None
    ) -> None:
        self._fernet = _fernet_of(keys)
        self._newer = newer

    def close(self, text: str) -> bytes:
        self._look_again()
        return self._fernet.encrypt(text.encode("utf-8"))

    def open(self, sealed: bytes) -> str:
        try:
            return self._fernet.decrypt(sealed).decode("utf-8")
        except InvalidToken:
            if self._look_again():
                return self.open(sealed)
            raise SealBrokenError("a stored handover does not open with the keys of this installation") from None

    def renew(self, sealed: bytes) -> bytes:
        """The same content under the first key."""
        self._look_again()
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise SealBrokenError("a stored handover does not open with the keys of this installation") from None

    def _look_again(self) -> bool:
        keys = self._newer() if self._newer else None
        if not keys:
            return False
        self._fernet = _fernet_of(keys)
        return True


def _fernet_of(keys: Sequence[bytes | str]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        # Without the cause: its text could repeat a part of the key.
        raise SettingsError("the handover key is not usable: expected one or more Fernet keys") from None


def load_or_create_key(path: Path) -> tuple[bytes, ...]:
    """The keys in this file, one a line, newest first. A new file gets one new key and is for the owner only."""
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} can be read by others: set its mode to 600")
    keys = tuple(line.strip() for line in path.read_bytes().splitlines() if line.strip())
    if not keys:
        raise SettingsError(f"{path} holds no key: without it stored handovers cannot be read")
    return keys


def _create(path: Path) -> None:
    """Whole or not at all: two processes that start together must end up with the same key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{uuid4().hex[:8]}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        # link() refuses when somebody else was first, where rename() would replace their key.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
