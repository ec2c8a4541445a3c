"""The buttons that bring a worker into the chat: what stands on them, and what a pressed one means.

One tap says both things: a worker may come, and whether that worker sees the last messages of this chat.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any

from bot.handover.reference import read_reference
from bot.live.notices import END, say
from bot.turn import Audience, Button, Message
from bot.web.live_parts import ReadyTeam

_PRESSED = re.compile(r"/live_ask(?P<values>\{.{0,200}\})")


@dataclass(frozen=True)
class Wish:
    """A person wants a worker in the chat."""

    show: bool
    reference: str | None = None


def offer(
    team: ReadyTeam, audience: Audience | None, secret: bytes, conversation: str, reference: str | None
) -> Message:
    """`reference` of the handover that was just confirmed; signed, so that nobody brings along somebody else's."""
    named = {"about": f"{reference}.{_sign(secret, conversation, reference)}"} if reference else {}
    return Message(
        say("offer", audience, team=team.name or say("team_unknown", audience)),
        (
            Button(say("button_show", audience), _payload({"show": "yes", **named})),
            Button(say("button_hide", audience), _payload({"show": "no", **named})),
        ),
    )


def read_wish(payload: str | None, secret: bytes, conversation: str) -> Wish | None:
    """None for another button. What is not as we made it counts for the least: nothing is shown."""
    found = _PRESSED.fullmatch(payload or "")
    if found is None:
        return None
    try:
        values = json.loads(found["values"])
    except (ValueError, RecursionError):
        return Wish(show=False)
    return Wish(values.get("show") == "yes", _reference(values.get("about"), secret, conversation))


def is_asking(payload: str | None) -> bool:
    return _PRESSED.fullmatch(payload or "") is not None


def is_end(payload: str | None) -> bool:
    return payload == END


def stop_button(audience: Audience | None) -> Button:
    return Button(say("button_stop_waiting", audience), END)


def _reference(about: Any, secret: bytes, conversation: str) -> str | None:
    reference, _, signature = str(about or "").partition(".")
    known = read_reference(reference)
    if known is None or not hmac.compare_digest(
        signature.encode("utf-8", "replace"), _sign(secret, conversation, known).encode()
    ):
        return None
    return known


def _sign(secret: bytes, conversation: str, reference: str) -> str:
    return hmac.new(secret, f"live|{conversation}|{reference}".encode(), hashlib.sha256).hexdigest()[:32]


def _payload(values: dict[str, str]) -> str:
    return f"/live_ask{json.dumps(values)}"
