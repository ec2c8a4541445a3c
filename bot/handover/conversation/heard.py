"""What came in at a step, and what it became: shared by the readers of answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.handover.conversation.draft import Draft, Place
from bot.handover.conversation.phrases import plain
from bot.handover.conversation.questions import buttons


@dataclass(frozen=True)
class Heard:
    """A message, cleaned: what was typed or which button was pressed."""

    text: str
    value: str | None
    today: date
    gemeente: str | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Accepted:
    """The draft with the answer in it, and a remark to make about it (a text key)."""

    draft: Draft
    remark: str | None = None


def choice(draft: Draft, heard: Heard) -> str | None:
    """The value of a button of this step, pressed or typed as it reads."""
    shown = {button.payload: button.title for button in buttons(draft)}
    for payload, title in shown.items():
        value = re.search(r'"value": "([^"]+)"', payload)
        if value and (heard.value == value.group(1) or (heard.text and plain(heard.text) == plain(title))):
            return value.group(1)
    return None
