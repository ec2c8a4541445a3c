"""How soon a team should look: a fixed rule on what was said, never a score. The reason says which rule it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.handover.conversation.draft import Draft
from bot.handover.document import Urgency, UrgencyLevel
from bot.wording import wording

_SOON_DAYS = 31
_FROM_CONVERSATION = 3
_Rule = tuple[str, Callable[[Draft, date], bool]]


def urgency(draft: Draft, today: date) -> Urgency:
    """Danger comes first; then what should not wait for the ordinary order; the person's own score counts nowhere."""
    levels = {signal.level for signal in draft.known.safety_signals}
    if levels & {"urgent", "life_threatening"}:
        return Urgency(level="now", reason=_kinds(draft))
    if levels or draft.trigger == "safety":
        return Urgency(level="today", reason=_kinds(draft))
    reasons = [_reason(key) for key, applies in _WITHIN_THREE_WORKDAYS if applies(draft, today)]
    level: UrgencyLevel = "three_workdays" if reasons else "normal"
    return Urgency(level=level, reason="; ".join(reasons)[:200] or None)


def _kinds(draft: Draft) -> str | None:
    """What kind of danger; not when its sender took those words out of the message."""
    if "signals" in draft.left_out:
        return None
    return ", ".join(sorted({signal.kind for signal in draft.known.safety_signals}))[:200] or None


def _weighs_in_meldcode(draft: Draft, today: date) -> bool:
    """From the talk with the family on, somebody is deciding whether to report."""
    step = (draft.get("meldcode") or "").rpartition("_")[2]
    return step.isdigit() and int(step) >= _FROM_CONVERSATION


def _help_ends(draft: Draft, today: date) -> bool:
    ends = draft.get("ends_on")
    return ends is not None and (date.fromisoformat(ends) - today).days <= _SOON_DAYS


def _place_to_live(draft: Draft, today: date) -> bool:
    """A youth who says that there are worries about a place to live."""
    return draft.get("wonen") == "big5_worry"


def _parents_must_not_know(draft: Draft, today: date) -> bool:
    """A youth under sixteen who asks for help behind the parents' back waits for an answer before saying more."""
    return draft.get("parents") == "secret" and draft.get("age_band") in ("4-11", "12-15")


def _reason(key: str) -> str:
    return wording().text(f"more_questions.reason_{key}")


_WITHIN_THREE_WORKDAYS: tuple[_Rule, ...] = (
    ("meldcode", _weighs_in_meldcode),
    ("help_ends", _help_ends),
    ("wonen", _place_to_live),
    ("parents", _parents_must_not_know),
)
