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
from bot.handover.asking import unclear
from bot.handover.document import TEXT_LIMIT, Trigger
from bot.handover.draft import Draft, Given, Known, Outcome, Team
from bot.handover.exchange import Exchange
from bot.handover.heard import Heard
from bot.handover.personal_number import MARK, has_bsn, without_bsn
from bot.handover.phrases import clean, help_was_called, is_resume, says_yes
from bot.handover.progress import moved
from bot.handover.questions import question, resume, say, says_more, without_details
from bot.turn import Audience, Message

__all__ = ["hold", "question", "receive", "resume", "start"]


def start(
    *,
    trigger: Trigger,
    audience: Audience,
    gemeente: str | None,
    gemeente_name: str | None = None,
    known: Known | None = None,
    now: datetime,
    team: Team | None = None,
    handover_id: str | None = None,
) -> Draft:
    """A draft with everything filled in that the conversation already told."""
    told = known or Known()
    draft = Draft(
        handover_id=handover_id or uuid4().hex,
        started_at=now,
        audience=audience,
        trigger=trigger,
        team=team or Team(),
    )
    draft = draft.with_(known=_tidied(draft, told))
    if gemeente:
        draft = draft.answered(gemeente=gemeente, gemeente_name=gemeente_name)
    if told.age is not None and 0 <= told.age <= OLDEST:
        draft = draft.answered(age=str(told.age), age_band=band_of(told.age))
    return moved(draft)


def receive(draft: Draft, given: Given, *, now: datetime) -> Outcome:
    """What one message does. Never raises on what people type, and never loses what was filled in."""
    waited, draft = draft.waits, draft.with_(consented_at=None, waits=False)
    typed = clean(given.text)
    if waited and not given.value and (is_resume(typed) or says_yes(typed) or help_was_called(typed)):
        return Outcome(draft, (resume(draft),), "asking")
    story = without_details(draft, typed) if _tells_story(draft) else typed
    if story != typed:
        return _details_left_out(draft, replace(given, text=story), now)
    text = _without_number(draft, typed)
    turn = Exchange(draft, given, Heard(text, given.value, now.date(), given.gemeente, given.places), now)
    if not has_bsn(typed):
        return turn.outcome()
    refusal = Message(say(draft, "bsn_refused"))
    nothing_else = not any(char.isalnum() for char in turn.heard.text.replace(MARK, ""))
    # A message with such a number in it is never the yes to sending, whatever else it says.
    outcome = unclear(draft, "") if nothing_else or draft.step == "review" else turn.outcome()
    return replace(outcome, said=(refusal, *outcome.said))


def _tells_story(draft: Draft) -> bool:
    return draft.step in steps.STORY or (draft.step == "cancel" and draft.resume_at in steps.STORY)


def _details_left_out(draft: Draft, given: Given, now: datetime) -> Outcome:
    """Goes on with the words that are left, and says that something was left out."""
    told = Message(say(draft, "details_left_out"))
    outcome = receive(draft, given, now=now) if says_more(draft, given.text or "") else unclear(draft, "")
    return replace(outcome, said=(told, *outcome.said))


def hold(draft: Draft, text: str | None) -> Draft:
    """Danger came in between: the form waits. Words typed where the story is asked are kept as part of it."""
    words = without_details(draft, without_bsn(clean(text)))[:TEXT_LIMIT]
    waiting = draft.with_(waits=True)
    if draft.step != "own_words" or not words:
        return waiting
    told = draft.get("own_words") if draft.editing else draft.known.question_own_words
    if draft.get("rewrite") and not draft.editing:
        told = None
    together = words if not told else told if words in told else f"{told}\n{words}"[:TEXT_LIMIT]
    if draft.editing:
        return waiting.answered(own_words=together)
    return waiting.answered(rewrite=None).with_(known=draft.known.copy(update={"question_own_words": together}))


def _tidied(draft: Draft, known: Known) -> Known:
    words = without_details(draft, without_bsn(clean(known.question_own_words))) or None
    return known.copy(update={"question_own_words": words})


def _without_number(draft: Draft, typed: str) -> str:
    return without_bsn(typed) if draft.step in steps.OPEN else without_bsn(typed).replace(MARK, " ").strip()
