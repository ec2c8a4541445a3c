"""The token that our own processes show each other; made once and kept beside the database."""

from __future__ import annotations

import os
import secrets

from bot.settings import Settings


def service_token(settings: Settings) -> str:
    """The configured token, or the one in `var/token`, made there at the first start (readable by us alone)."""
    if settings.token:
        return settings.token
    path = settings.token_file
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()
