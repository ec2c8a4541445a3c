"""An answer to what was asked, a question left out, or nothing to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handover.conversation import steps
from bot.handover.conversation.asking import asked, skipped, unclear
from bot.handover.conversation.draft import Outcome, Step
from bot.handover.conversation.heard import Accepted, choice
from bot.handover.conversation.more_answers import is_shrug
from bot.handover.conversation.more_questions import optional_question
from bot.handover.conversation.phrases import help_was_called, is_going_on, is_no, is_question, is_refusal
from bot.handover.conversation.progress import at, consistent, moved
from bot.handover.conversation.questions import buttons, question, resume
from bot.handover.conversation.replies import accept, early_contact
from bot.handover.conversation.safe_contact import read_safety
from bot.turn import Message

if TYPE_CHECKING:
    from bot.handover.conversation.exchange import Exchange

_TOLD_EARLY: frozenset[Step] = frozenset({"gemeente", "age", "name", "organisation"})
_NO_IS_REFUSAL: frozenset[Step] = frozenset({"name", "organisation", "contact", "best_time", "needs", "share_with"})


def going_on(turn: Exchange) -> Outcome | None:
    """Going on ("verder", "112 is gebeld") is never an answer: the question comes again, an optional one is passed."""
    draft = turn.draft
    called = not steps.is_story(draft) and help_was_called(turn.heard.text)
    if turn.heard.value or not (called or is_going_on(turn.heard.text)):
        return None
    if draft.step in ("edit", "parts", "leave_out"):
        return asked(at(draft, steps.next_step(draft)))
    if draft.more and not called and optional_question(draft):
        return asked(skipped(draft))
    if draft.attempts or draft.step == "review":
        return unclear(draft, turn.heard.text)
    return Outcome(draft.with_(attempts=1), (resume(draft),), "asking")


def early_contact_told(turn: Exchange) -> Outcome | None:
    if turn.draft.step not in _TOLD_EARLY or turn.heard.value:
        return None
    accepted = early_contact(turn.draft, turn.heard)
    return _accepted(turn, accepted) if accepted else None


def skip(turn: Exchange) -> Outcome | None:
    value, draft, heard = turn.heard.value, turn.draft, turn.heard
    if value == "leave" or (draft.editing and (value == "skip" or choice(draft, heard) == "leave")):
        return asked(moved(draft))
    if value == "remove" and draft.editing and steps.is_removable(draft):
        return asked(moved(draft.answered(**{draft.step: None}).with_(skipped=(*draft.skipped, draft.step))))
    if not _refuses(turn) and choice(draft, heard) != "skip":
        return None
    if steps.is_skippable(draft):
        return asked(skipped(draft))
    return _refused_contact(turn) if draft.step == "contact" else None


def _refuses(turn: Exchange) -> bool:
    draft, heard = turn.draft, turn.heard
    if heard.value:
        return heard.value == "skip"
    if draft.step == "safe_contact" and read_safety(heard.text, doubted=True):
        return False  # "liever niet" is the answer there, and not a question left out
    row = optional_question(draft)
    if row and not choice(draft, heard) and (is_shrug(heard.text) or (is_no(heard.text) and row.no is None)):
        return True
    return is_refusal(heard.text) or (draft.step in _NO_IS_REFUSAL and is_no(heard.text))


def _refused_contact(turn: Exchange) -> Outcome:
    """Said once what it means; after that the person keeps a reference and calls."""
    if turn.draft.get("contact_refused"):
        kept = turn.draft.answered(channel="none", address=None)
        return asked(moved(kept), "contact_self")
    told = turn.draft.answered(contact_refused="yes")
    return Outcome(told, (Message(turn.say("contact_refused"), buttons(told)),), "asking")


def answer(turn: Exchange) -> Outcome | None:
    if not turn.heard.text and not turn.heard.value and not turn.heard.gemeente:
        return None
    accepted = accept(turn.draft, turn.heard)
    if accepted is None:
        return None
    if accepted.draft.get("secrecy") == "call_first":
        waiting = accepted.draft.answered(secrecy=None).with_(paused=True, attempts=0)
        return Outcome(waiting, (Message(turn.say("call_first"), question(waiting).buttons),), "paused")
    return _accepted(turn, accepted)


def _accepted(turn: Exchange, accepted: Accepted) -> Outcome:
    return asked(moved(consistent(turn.draft, accepted.draft)), accepted.remark)


def not_an_answer(turn: Exchange) -> Outcome:
    """A question of its own, an old button, or nothing to go on."""
    if turn.heard.value:
        return unclear(turn.draft, "", may_skip=False)
    asks_else = turn.topic_is_clear or is_question(turn.heard.text)
    if asks_else and turn.draft.step not in steps.STORY:
        return Outcome(turn.draft, (), "interrupted")
    return unclear(turn.draft, turn.heard.text)
