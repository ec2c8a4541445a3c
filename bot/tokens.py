"""The token that our own processes show each other; made once and kept beside the database."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import Settings


def service_token(settings: Settings) -> str:
    """The configured token, or the one in `var/token`, made there at the first start (readable by us alone)."""
    if settings.token:
        return settings.token
    path = settings.token_file
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    token = path.read_text(encoding="utf-8", errors="replace").strip()
    if not token:
        raise SettingsError(f"{path} is empty: remove it, and a new one is made at the next start")
    return token


def is_token(given: str | None, token: str) -> bool:
    """Whether a request shows our token; compared in constant time, and never equal when there is none."""
    return bool(token) and hmac.compare_digest((given or "").encode(), token.encode())


def _make(path: Path) -> None:
    """Whole or not at all: a process that starts at the same moment must not read half a token."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="token.")  # for the owner only
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):  # link() refuses when somebody else was first
            os.link(draft, path)
    finally:
        draft.unlink()
