"""The look: which themes there are, and which style sheets a page needs."""

from __future__ import annotations

from pathlib import Path

from bot.errors import SettingsError
from bot.web.static_files import FOLDER

DEFAULT_THEME = "neutraal"
THEMES = FOLDER / "themes"


def theme_names(folder: Path = THEMES) -> list[str]:
    """Every file in the folder of themes is one."""
    return sorted(path.stem for path in folder.glob("*.css"))


def theme_file(name: str) -> str:
    """The style sheet of a theme; a name that is not a file is a mistake in the settings."""
    if name not in theme_names():
        raise SettingsError(f"RITS_THEME: {name!r} is not one of {', '.join(theme_names())}")
    return f"themes/{name}.css"


def page_sheets(theme: str = DEFAULT_THEME) -> tuple[str, ...]:
    """What every page links, in this order: a theme may overrule what is derived from it."""
    return ("tokens.css", theme_file(theme), "parts.css", "page.css")
