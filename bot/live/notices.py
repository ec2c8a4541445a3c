"""What the assistant itself says in a chat with a worker: who came, who went, and what can be done then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.live.chat import LiveChat, NoticeKey
from bot.turn import Audience, Button
from bot.wording import wording

ASK_FOR_HUMAN = "/ask_for_human"
END = "/live_end"


@dataclass(frozen=True)
class Spoken:
    """A line as it is kept: the words, and the choices under them."""

    text: str
    buttons: tuple[Button, ...] = ()
    urgent: bool = False


class Notices:
    """Words for a move. `team_name` gives the name of a team as people know it, by slug."""

    def __init__(self, team_name: Callable[[str], str | None]) -> None:
        self._team_name = team_name

    def __call__(self, key: NoticeKey, chat: LiveChat) -> Spoken:
        filed = "_filed" if key == "missed" and chat.reference else ""
        text = say(
            f"notice_{key}{filed}",
            chat.audience,
            name=chat.staff_name or say("someone", chat.audience),
            team=self.team_of(chat),
            reference=chat.reference or "",
        )
        return Spoken(text, _buttons(key, chat))

    def team_of(self, chat: LiveChat) -> str:
        return self._team_name(chat.team) or say("team_unknown", chat.audience)


def say(key: str, audience: Audience | None, **values: object) -> str:
    return wording().text(f"live.{key}", audience, **values)


def back_button(audience: Audience | None) -> Button:
    return Button(say("button_back", audience), END)


def message_button(audience: Audience | None) -> Button:
    """Starts the handover with what is known, and with the promise of the team."""
    return Button(say("button_message", audience), ASK_FOR_HUMAN)


def _buttons(key: NoticeKey, chat: LiveChat) -> tuple[Button, ...]:
    if key == "gone":
        return (back_button(chat.audience),)
    if key == "missed" and chat.reference:
        return ()
    if key in ("missed", "ended_time"):
        return (message_button(chat.audience),)
    return ()
