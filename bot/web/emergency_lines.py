"""The four numbers that every page shows, whatever else is broken. A test compares them with the content."""

from __future__ import annotations

from bot.web.ports import HelpLine
from bot.wording import Wording

KEYS = ("emergency", "suicide", "home", "child")


def emergency_lines(wording: Wording) -> tuple[HelpLine, ...]:
    return tuple(
        HelpLine(
            name=wording.text(f"web.line_{key}_name"),
            number=wording.text(f"web.line_{key}_number"),
            for_whom=wording.text(f"web.line_{key}_for"),
        )
        for key in KEYS
    )
