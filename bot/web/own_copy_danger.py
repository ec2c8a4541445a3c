"""Danger in what a person adds to their message: the numbers for them at once, and a sign for the team."""

from __future__ import annotations

from datetime import datetime

from bot.handover.document import SafetySignal
from bot.safety import numbers_in
from bot.turn import Audience, Message
from bot.web.ports import SafetyGate

QUOTE_LIMIT = 200


def urgent_messages(safety: SafetyGate, text: str, audience: Audience | None = None) -> tuple[Message, ...]:
    """What is shown above everything else. The offer of a person has a button that this page cannot have."""
    found = safety.assess(text)
    if not found.is_emergency:
        return ()
    reply = safety.emergency_reply(found, audience=audience, age=None)
    return (reply[0], *(message for message in reply[1:] if not message.buttons))


def signal_of(safety: SafetyGate, text: str, now: datetime) -> SafetySignal | None:
    """What comes on top of the card; None for an ordinary text."""
    found = safety.assess(text)
    if found.level == "none":
        return None
    shown = numbers_in(urgent_messages(safety, text))
    signal = {
        "kind": found.kind or "unknown",
        "quote": text[:QUOTE_LIMIT],
        "level": found.level,
        "numbers_shown": shown,
        "shown_at": now if shown else None,
    }
    return SafetySignal.parse_obj(signal)
