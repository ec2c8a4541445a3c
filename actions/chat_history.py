"""What was said earlier in this conversation, read back from the tracker: for the message that goes to a team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any, Literal

from actions.turn import Turn
from bot.handover.conversation.languages import WRITTEN_IN
from bot.handover.conversation.more_fields import shortened
from bot.handover.conversation.phrases import clean
from bot.handover.document import ChatLine
from bot.handover.personal_number import without_bsn

MOST_LINES = 30
# What the person said is what matters; of a long answer its beginning tells which one it was.
LONGEST = {"person": 1000, "rits": 200}


def chat_before_form(turn: Turn) -> tuple[ChatLine, ...]:
    """The messages of both sides until the form opened; pressed buttons and what the form heard are not among them."""
    lines = [line for event in _before_form(turn) for line in _line(event)]
    return tuple(lines[-MOST_LINES:])


def unanswered(turn: Turn) -> tuple[str, ...]:
    """Messages that the assistant had no answer to: after those it noted that it failed."""
    found: dict[str, None] = {}
    typed = ""
    for event in turn.tracker.events:
        if event.get("event") == "user":
            typed = _typed(event)
        elif event.get("event") == "slot" and event.get("name") == "unanswered" and event.get("value") and typed:
            found[typed] = None
            typed = ""
    return tuple(found)


def language_written(turn: Turn) -> str | None:
    """The code of the last language other than Dutch that somebody wrote in."""
    said = (_parsed(event).get("language") for event in turn.tracker.events if event.get("event") == "user")
    codes = [WRITTEN_IN[language] for language in said if language in WRITTEN_IN]
    return codes[-1] if codes else None


def last_short_form(turn: Turn, name: str) -> dict[str, Any]:
    """The answers to a form of short questions that was open or finished in this conversation, as they last were."""
    kept: dict[str, Any] = {}
    for value in (*_slot_values(turn, "short_form"), turn.tracker.get_slot("short_form")):
        if isinstance(value, dict) and value.get("form") == name:
            kept = dict(value.get("values") or {})
    return kept


def _slot_values(turn: Turn, name: str) -> Iterator[Any]:
    for event in turn.tracker.events:
        if event.get("event") == "slot" and event.get("name") == name:
            yield event.get("value")


def _before_form(turn: Turn) -> Iterator[dict[str, Any]]:
    """Everything until the draft that is open now was begun; after an earlier message that is later than the first."""
    events = list(turn.tracker.events)
    begins = [at for at, event in enumerate(events) if _begins_form(events, at)]
    yield from (event for event in events[: begins[-1] if begins else len(events)] if event.get("event") in _SPOKEN)


_SPOKEN = ("user", "bot")


def _begins_form(events: list[dict[str, Any]], at: int) -> bool:
    """The loop of the form becomes active."""
    event = events[at]
    return event.get("event") == "active_loop" and bool(event.get("name"))


def _line(event: dict[str, Any]) -> Iterator[ChatLine]:
    by: Literal["person", "rits"] = "person" if event["event"] == "user" else "rits"
    text = _typed(event) if by == "person" else clean(str(event.get("text") or "").replace("**", ""))
    text = shortened(without_bsn(text), LONGEST[by])
    if text:
        at = datetime.fromtimestamp(float(event.get("timestamp") or 0.0), timezone.utc)
        yield ChatLine(by=by, text=text, at=at)


def _typed(event: dict[str, Any]) -> str:
    text = str(event.get("text") or "")
    return "" if text.startswith("/") else clean(text)


def _parsed(event: dict[str, Any]) -> dict[str, Any]:
    return event.get("parse_data") or {}
