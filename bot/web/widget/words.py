"""Which words the chat takes along to the browser: a string, or a pair (`je`, `u`) where they differ."""

from __future__ import annotations

from typing import Any

from bot.turn import AUDIENCES
from bot.web.emergency_lines import emergency_lines
from bot.web.widget.joining import BundleError
from bot.wording import Wording

# From which file: every key with this beginning, and how it is called in the scripts.
_BEGINNINGS = (("web", "chat_", ""), ("learning", "chat_", ""), ("live", "chat_", "live_"), ("widget", "widget_", ""))
# One key for each language; what follows is its tag.
_LANGUAGE = "language_"
_WHO = (*AUDIENCES, "everybody")
_PAGE = (
    "title exit exit_hint lines_title help_more_title nav_help nav_leave welcome_title welcome_computer kept "
    "place_label audience_label suggestions_label log_label input_label send human"
).split()

Words = str | list[str]


def words(wording: Wording, *, kept_hours: int) -> dict[str, Words]:
    """By the name that the scripts use."""
    found: dict[str, Words] = {}
    for name, key in _keys(wording):
        if name.startswith(_LANGUAGE):
            continue
        if name in found:
            raise BundleError(f"two texts are called '{name}' in the scripts; one of them is {key}")
        found[name] = both_forms(wording, key, hours=kept_hours, name="{name}", team="{team}")
    return found


def languages(wording: Wording) -> list[dict[str, Any]]:
    """The line that says, in each language, that one may write in it."""
    keys = {name.removeprefix(_LANGUAGE): key for name, key in _keys(wording) if name.startswith(_LANGUAGE)}
    # Dutch first, as everywhere on the page.
    ordered = sorted(keys, key=lambda lang: (lang != "nl", lang))
    return [{"lang": lang, "text": both_forms(wording, keys[lang])} for lang in ordered]


def lines(wording: Wording) -> list[dict[str, str]]:
    """The four numbers; inside the script they work when the server is gone."""
    return [{"name": line.name, "number": line.number or "", "for": line.for_whom} for line in emergency_lines(wording)]


def both_forms(wording: Wording, key: str, **values: object) -> Words:
    je, u = wording.text(key, "jongere", **values), wording.text(key, "ouder", **values)
    return je if je == u else [je, u]


def _keys(wording: Wording) -> list[tuple[str, str]]:
    page = [*_PAGE, *(f"audience_{who}" for who in AUDIENCES), *(f"welcome_{who}" for who in _WHO)]
    page += [f"suggestion_{who}_{number}" for who in _WHO for number in (1, 2, 3)]
    found = [(name, f"web.{name}") for name in page]
    for file, beginning, called in _BEGINNINGS:
        start = f"{file}.{beginning}"
        found += [(called + key.removeprefix(start), key) for key in wording.keys() if key.startswith(start)]
    return found
