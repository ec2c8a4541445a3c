"""What is said when there is no answer: never the same words twice in a row, and soon a person first.

`last_reply` holds the kind of the miss and how many there were in a row, such as `clarify:2`."""

from __future__ import annotations

from actions.turn import Turn
from bot.answers.local_team import human_button
from bot.turn import Button, Category, HandoverFacts, Message

OFFERED = HandoverFacts(offered=True)
PATIENCE = 2
"""Misses in a row after which a person comes first."""
IN_FULL, IN_SHORT = "other_language", "other_language_short"
KINDS = frozenset(
    {"clarify", "unknown", "something_else", "out_of_scope", "bsn_typed", "too_long", "no_words", IN_FULL, IN_SHORT}
    | {"gemeente_not_known", "form_not_open", "age_noted"}
)
SOMETHING_ELSE = "something_else"


def missed(last_reply: object) -> tuple[str | None, int]:
    """The kind of the last miss and how many there were in a row; (None, 0) when the last reply was no miss."""
    kind, _, count = str(last_reply or "").partition(":")
    return (kind, int(count or 1)) if kind in KINDS else (None, 0)


def count_miss(turn: Turn, kind: str) -> int:
    """Remember one more, and how many that makes."""
    last, before = missed(turn.slot("last_reply"))
    count = before + 1
    if kind == SOMETHING_ELSE == last:  # asked in an open way once: then a person
        count = max(count, PATIENCE + 1)
    turn.remember(last_reply=f"{kind}:{count}")
    return count


def say_miss(
    turn: Turn,
    kind: str,
    text: str,
    again: str,
    *,
    buttons: tuple[Button, ...] = (),
    category: Category = "clarify",
    person: str = "conversation.person_first",
    topic: str | None = None,
    confidence: float | None = None,
) -> None:
    """`text` the first time, `again` the second; after that a person first, in two wordings that take turns."""
    count = count_miss(turn, kind)
    if count > PATIENCE:
        ending = "" if (count - PATIENCE) % 2 else "_again"
        said = turn.text_of(person + ending)
        message = Message(said, (human_button(), *buttons))
    else:
        message = Message(text if count == 1 else again, (*buttons, human_button()))
    turn.say(message, category, topic=topic, confidence=confidence, handover=OFFERED)


def say_cannot(turn: Turn, kind: str) -> None:
    """A message that nobody could look up, or a button that works no more."""
    text, again = turn.text_of(f"conversation.{kind}"), turn.text_of(f"conversation.{kind}_again")
    say_miss(turn, kind, text, again, confidence=1.0)
