"""Stopping, waiting and coming back: nothing is sent by it, and only stopping throws away what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handover.conversation import steps
from bot.handover.conversation.answering import answer
from bot.handover.conversation.asking import asked
from bot.handover.conversation.draft import Draft, Outcome
from bot.handover.conversation.heard import choice
from bot.handover.conversation.phrases import has_to_leave, is_cancel, is_later, is_no, is_resume, is_yes, says_yes
from bot.handover.conversation.questions import question, say
from bot.turn import Message

if TYPE_CHECKING:
    from bot.handover.conversation.exchange import Exchange


def stop(turn: Exchange) -> Outcome | None:
    pressed = turn.given.intent == "cancel"
    if not pressed and not is_cancel(turn.heard.text):
        return None
    if pressed or turn.draft.step == "cancel" or not _anything_told(turn.draft):
        return _cancelled(turn.draft)
    return asked(turn.draft.with_(step="cancel", resume_at=turn.draft.step, attempts=0))


def stop_for_sure(turn: Exchange) -> Outcome | None:
    if turn.draft.step != "cancel":
        return None
    heard, draft = turn.heard, turn.draft
    if choice(draft, heard) == "stop_now" or is_yes(heard.text):
        return _cancelled(draft)
    back = draft.with_(step=draft.resume_at or steps.next_step(draft), resume_at=None, attempts=0)
    if heard.value == "send" or says_yes(heard.text):
        # Between stopping and sending lies the preview, once more.
        return asked(back)
    if choice(draft, heard) == "continue" or is_no(heard.text) or is_resume(heard.text):
        return asked(back)
    return turn.at(back).outcome()


def later(turn: Exchange) -> Outcome | None:
    # Asked for a moment, "later" is an answer.
    answers = turn.draft.step in ("best_time", "safe_when") and not has_to_leave(turn.heard.text)
    if answers or turn.heard.value or not is_later(turn.heard.text):
        return None
    return pause(turn.draft, "paused")


def pause(draft: Draft, key: str) -> Outcome:
    paused = draft.with_(paused=True, attempts=0)
    return Outcome(paused, (Message(say(paused, key), question(paused).buttons),), "paused")


def while_paused(turn: Exchange) -> Outcome:
    running = turn.at(turn.draft.with_(paused=False))
    if turn.heard.value == "continue" or is_resume(turn.heard.text):
        return asked(running.draft)
    if is_cancel(turn.heard.text) or turn.given.intent in ("cancel", "change_field"):
        return running.outcome()
    tried = None if steps.is_told_freely(turn.draft) else answer(running)
    return tried or Outcome(turn.draft, (), "interrupted")


def _cancelled(draft: Draft) -> Outcome:
    """Nothing of what was filled in stays behind."""
    dropped = Draft(
        handover_id=draft.handover_id,
        started_at=draft.started_at,
        audience=draft.audience,
        trigger=draft.trigger,
    )
    return Outcome(dropped, (Message(say(draft, "cancelled")),), "cancelled")


def _anything_told(draft: Draft) -> bool:
    return bool(set(draft.answers) - {"gemeente", "gemeente_name", "age", "age_band", "relation"})
