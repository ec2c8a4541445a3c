"""The sheets of the chat: the same files as our pages use, made fit for a shadow root."""

from __future__ import annotations

import re
from pathlib import Path

from bot.web.static_files import FOLDER
from bot.web.widget.joining import BundleError

THEMES = "themes"
# In the order in which they are laid over each other; a theme comes after the tokens.
_SHEETS = {"tokens": "tokens.css", "parts": "parts.css", "widget": "widget/widget.css"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};])\s*|(?<=[a-z-]:)\s+|(\s)\s+")


def sheets(folder: Path = FOLDER) -> dict[str, str]:
    return {name: _fit(folder / file) for name, file in _SHEETS.items()}


def themes(folder: Path = FOLDER) -> dict[str, str]:
    return {path.stem: _fit(path) for path in sorted((folder / THEMES).glob("*.css"))}


def _fit(path: Path) -> str:
    """In a shadow root the host is what the document is on a page."""
    try:
        css = path.read_text("utf-8")
    except OSError as error:
        raise BundleError(f"{path.name}: no such sheet") from error
    bare = _COMMENT.sub("", css).replace(":root", ":host")
    return _SPACE.sub(lambda found: found[1] or found[2] or "", bare).replace(";}", "}").strip()
