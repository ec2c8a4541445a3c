"""The conversation that makes a handover: a pure state machine. No Rasa, no database, no clock of its own.

`start` makes a draft, `question` says what is asked now, `receive` takes one message. Only an explicit yes to the
preview gives `ready`; the caller then stores the document and only after that confirms.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.handover import steps
from bot.handover.age import OLDEST, band_of
from bot.handover.document import Trigger
from bot.handover.draft import Draft, Given, Known, Outcome, Team
from bot.handover.exchange import Exchange
from bot.handover.personal_number import MARK, has_bsn, without_bsn
from bot.handover.phrases import clean
from bot.handover.progress import moved
from bot.handover.questions import question, resume, say
from bot.handover.replies import Heard
from bot.turn import Audience, Message

__all__ = ["question", "receive", "resume", "start"]


def start(
    *,
    trigger: Trigger,
    audience: Audience,
    gemeente: str | None,
    known: Known | None = None,
    now: datetime,
    team: Team | None = None,
    handover_id: str | None = None,
) -> Draft:
    """A draft with everything filled in that the conversation already told."""
    told = _tidied(known or Known())
    draft = Draft(
        handover_id=handover_id or uuid4().hex,
        started_at=now,
        audience=audience,
        trigger=trigger,
        known=told,
        team=team or Team(),
        answers={"gemeente": gemeente} if gemeente else {},
    )
    if told.age is not None and 0 <= told.age <= OLDEST:
        draft = draft.answered(age=str(told.age), age_band=band_of(told.age))
    return moved(draft)


def receive(draft: Draft, given: Given, *, now: datetime) -> Outcome:
    """What one message does. Never raises on what people type, and never loses what was filled in."""
    draft = draft.with_(consented_at=None)
    typed = clean(given.text)
    turn = Exchange(draft, given, Heard(_without_number(draft, typed), given.value, now.date(), given.gemeente), now)
    if not has_bsn(typed):
        return turn.outcome()
    refusal = Message(say(draft, "bsn_refused"))
    nothing_else = not any(char.isalnum() for char in turn.heard.text.replace(MARK, ""))
    # A message with such a number in it is never the yes to sending, whatever else it says.
    outcome = turn.unclear() if nothing_else or draft.step == "review" else turn.outcome()
    return replace(outcome, said=(refusal, *outcome.said))


def _tidied(known: Known) -> Known:
    words = without_bsn(clean(known.question_own_words)) or None
    return known.copy(update={"question_own_words": words})


def _without_number(draft: Draft, typed: str) -> str:
    return without_bsn(typed) if draft.step in steps.OPEN else without_bsn(typed).replace(MARK, " ").strip()
