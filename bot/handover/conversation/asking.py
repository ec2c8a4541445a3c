"""Asks: the next question, the same one in other words, and in the end a way out."""

from __future__ import annotations

from bot.handover.conversation import steps
from bot.handover.conversation.address import grouped
from bot.handover.conversation.age import gives_year, too_old
from bot.handover.conversation.draft import Draft, Outcome
from bot.handover.conversation.more_questions import optional_question
from bot.handover.conversation.phrases import says_ja
from bot.handover.conversation.progress import moved
from bot.handover.conversation.questions import buttons, is_prefilled, question, say, team_name
from bot.turn import Message

_GIVES_UP_AFTER = 3
_GIVES_UP_SOONER = 2


def asked(draft: Draft, remark: str | None = None) -> Outcome:
    """The question of this draft, after a remark on what was just said."""
    if remark is None:
        return Outcome(draft, (question(draft),), "asking")
    said = say(draft, remark, team=team_name(draft), address=_address(draft))
    return Outcome(draft, (Message(said), question(draft)), "asking")


def unclear(draft: Draft, typed: str, *, may_skip: bool = True) -> Outcome:
    """Other words each time, then a way out: never the same sentence twice in a row."""
    again = draft.with_(attempts=draft.attempts + 1)
    if may_skip and not again.editing and again.attempts >= _gives_up_after(again):
        left_open = _left_open(again)
        if left_open:
            return left_open
    if again.attempts == 1 or (again.step in steps.CONSENTS and says_ja(typed)):
        return Outcome(again, (Message(say(draft, _again(again, typed)), buttons(again)),), "asking")
    key = "stuck_1" if again.attempts % 2 == 0 else "stuck_2"
    way_out = say(draft, key, phone_route=_phone_route(draft))
    return Outcome(again, (Message(way_out), question(again)), "asking")


def skipped(draft: Draft) -> Draft:
    return moved(draft.with_(skipped=(*draft.skipped, draft.step)))


def _again(draft: Draft, typed: str) -> str:
    if draft.attempts > 1 or (draft.step in steps.CONSENTS and says_ja(typed)):
        return "again_for_sure"
    if draft.step == "own_words" and is_prefilled(draft):
        return "again_own_words_known"
    if draft.step == "age" and too_old(typed):
        return "again_age_too_old"
    if draft.step == "age" and gives_year(typed):
        return "again_age_year"
    return f"again_{draft.step}"


def _left_open(draft: Draft) -> Outcome | None:
    """Goes on without an answer, where that is possible. Nobody is said to agree who was not heard."""
    if draft.step in steps.CONSENTS:
        return asked(moved(draft.answered(**{draft.step: "unknown"})), "consent_left_open")
    if draft.step == "own_words" and is_prefilled(draft):
        # Not lost: it stands in the preview, where it can be changed.
        return asked(moved(draft.answered(own_words=draft.known.question_own_words)))
    if draft.step == "gemeente":
        return asked(skipped(draft.with_(places=())), "gemeente_left_open")
    return asked(skipped(draft), "skipped_for_you") if steps.is_skippable(draft) else None


def _gives_up_after(draft: Draft) -> int:
    """Sooner where a person cannot know better, and where nobody had to answer at all."""
    sooner = draft.step == "gemeente" or optional_question(draft) is not None
    return _GIVES_UP_SOONER if sooner else _GIVES_UP_AFTER


def _phone_route(draft: Draft) -> str:
    if draft.team.phone:
        return say(draft, "phone_route", team=team_name(draft), phone=draft.team.phone)
    return say(draft, "phone_route_unknown", team=team_name(draft))


def _address(draft: Draft) -> str:
    address = draft.get("address") or ""
    return grouped(address) if draft.get("channel") == "phone" else address
