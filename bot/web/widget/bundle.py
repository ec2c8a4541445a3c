"""The script `/widget.js`: the modules, the words, the numbers and the looks of this installation in one file.

The same parts always give the same file, so that a page may pin it by its integrity.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.web.static_files import FOLDER
from bot.web.widget.joining import BundleError, join
from bot.web.widget.looks import sheets, themes
from bot.web.widget.words import languages, lines, words
from bot.wording import Wording

ENTRY = "widget.js"
DEFAULT_THEME = "neutraal"


@dataclass(frozen=True)
class Bundle:
    """One version of the script, and the sheets for a browser that cannot take them from it."""

    text: str
    look: str
    sheets: Mapping[str, str]

    @property
    def hash(self) -> str:
        return _mark(self.text)

    @property
    def integrity(self) -> str:
        """For the `integrity` of a script tag (Subresource Integrity)."""
        digest = hashlib.sha384(self.text.encode()).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"

    @property
    def path(self) -> str:
        """The address of exactly this version."""
        return f"/widget/{self.hash}.js"


@lru_cache(maxsize=8)
def widget_bundle(
    wording: Wording, *, exit_url: str, kept_hours: int, theme: str = DEFAULT_THEME, folder: Path = FOLDER
) -> Bundle:
    """Reads the files, once in a process; BundleError names the one that does not fit."""
    css, looks = sheets(folder), themes(folder)
    if theme not in looks:
        raise BundleError(f"no theme '{theme}'; there is {', '.join(looks)}")
    whole = {name: "\n".join([css["tokens"], look, css["parts"], css["widget"]]) for name, look in looks.items()}
    mark = _mark("".join(whole.values()))
    data = {
        "texts": words(wording, kept_hours=kept_hours),
        "languages": languages(wording),
        "lines": lines(wording),
        "exit": exit_url,
        "css": css,
        "themes": looks,
        "theme": theme,
        "look": mark,
    }
    code = join(folder / "widget", ENTRY)
    return Bundle(f'(() => {{\n"use strict";\n{code}start({_script_value(data)});\n}})();\n', mark, whole)


def _script_value(data: Mapping[str, Any]) -> str:
    """JSON that is also safe inside a script element: no `<` in it, and no line ends that old scripts know."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
