"""The conversation that makes a handover: a pure state machine. No Rasa, no database, no clock of its own.

`start` makes a draft, `question` says what is asked now, `receive` takes one message. Only an explicit yes to the
preview gives `ready`; the caller then stores the document and only after that confirms.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.handover.conversation import steps
from bot.handover.conversation.address import without_addresses
from bot.handover.conversation.age import OLDEST, band_of
from bot.handover.conversation.asking import unclear
from bot.handover.conversation.draft import Draft, Given, Known, Outcome, Team
from bot.handover.conversation.exchange import Exchange
from bot.handover.conversation.heard import Heard
from bot.handover.conversation.more_questions import optional_question
from bot.handover.conversation.name import read_name
from bot.handover.conversation.phrases import clean, help_was_called, is_greeting, is_resume, says_yes
from bot.handover.conversation.progress import moved
from bot.handover.conversation.questions import question, resume, say, says_more, without_details
from bot.handover.conversation.relation import is_in_family, read_profession, read_relation
from bot.handover.document import TEXT_LIMIT, Trigger
from bot.handover.personal_number import MARK, has_bsn, without_bsn
from bot.turn import Audience, Message

__all__ = ["hold", "question", "receive", "resume", "start"]
LONG_SILENCE = timedelta(hours=2)
MOST_UNANSWERED = 10
ONLY_WHO = 8
"""Words; in a longer message who somebody is comes beside something else."""


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
    return moved(_carried_over(draft).with_(last_at=now))


def receive(draft: Draft, given: Given, *, now: datetime) -> Outcome:
    """What one message does. Never raises on what people type, and never loses what was filled in."""
    if _was_silent(draft, now):
        return _after_silence(draft, given, now)
    waited, draft = draft.waits, draft.with_(consented_at=None, waits=False, last_at=now)
    typed = clean(given.text)
    if waited and not given.value and (is_resume(typed) or says_yes(typed) or help_was_called(typed)):
        return Outcome(draft, (resume(draft),), "asking")
    with_relation = _with_relation(draft, typed)
    if with_relation != draft and _says_only_who(draft, typed):
        return _who_changed(with_relation)
    draft = with_relation
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


def _was_silent(draft: Draft, now: datetime) -> bool:
    return draft.last_at is not None and now - draft.last_at > LONG_SILENCE


def _after_silence(draft: Draft, given: Given, now: datetime) -> Outcome:
    """Says what is still there before anything else. A typed yes of hours later sends nothing unseen."""
    back = draft.with_(last_at=now, waits=True, consented_at=None)
    typed = clean(given.text)
    if not given.value and given.intent is None and (is_greeting(typed) or is_resume(typed) or says_yes(typed)):
        shown = back.with_(waits=False, paused=False)
        return Outcome(shown, (Message(say(shown, "still_here")), question(shown)), "asking")
    outcome = receive(back, given, now=now)
    if outcome.status in ("ready", "cancelled", "paused"):
        return outcome
    return replace(outcome, said=(Message(say(back, "still_here")), *outcome.said))


def _carried_over(draft: Draft) -> Draft:
    """What was told elsewhere in the conversation counts as answered; the preview shows it."""
    known = draft.known
    draft = _with_relation(draft, known.question_own_words or "")
    if draft.audience != "professional":
        return draft
    return draft.answered(
        role=read_profession(known.question_own_words),
        meldcode=f"meldcode_{known.meldcode_step}" if known.meldcode_step is not None else None,
        route=f"route_{known.route}" if known.route else None,
    )


def _with_relation(draft: Draft, typed: str) -> Draft:
    """ "Ik ben de oma": heard wherever it is said, and what was agreed to as a parent is asked again."""
    if draft.audience == "professional" or "relation" in draft.left_out:
        return draft
    relation = read_relation(typed)
    youth = draft.audience == "jongere"
    if relation is None or relation == draft.get("relation") or (youth and is_in_family(relation)):
        return draft
    told = draft.answered(relation=relation)
    if steps.speaker(told) == steps.speaker(draft):
        return told
    # The age that a friend told is their own, and not of whom this is about.
    own: dict[str, None] = {"age": None, "age_band": None} if youth else {}
    return told.answered(child_consent=None, family_consent=None, parents=None, secrecy=None, **own)


def _says_only_who(draft: Draft, typed: str) -> bool:
    """ "Ik ben trouwens de buurvrouw" is no answer to another question; beside a name it is."""
    named = draft.step == "name" and read_name(typed) is not None
    return len(typed.split()) <= ONLY_WHO and not steps.is_story(draft) and not named


def _who_changed(draft: Draft) -> Outcome:
    """Other rules may hold now, so the next question is looked for again."""
    stays = draft.step not in steps.MENUS and not steps.is_done(draft.step, draft)
    optional = optional_question(draft) is not None
    changed = draft if stays and (optional or steps.applies(draft.step, draft)) else moved(draft)
    return Outcome(changed, (Message(say(changed, "changed")), question(changed)), "asking")


def _tells_story(draft: Draft) -> bool:
    return steps.is_story(draft) or (draft.step == "cancel" and draft.resume_at in steps.STORY)


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
    unanswered = dict.fromkeys(_unnamed(draft, text) for text in known.unanswered)
    kept = tuple(text for text in unanswered if text)[-MOST_UNANSWERED:]
    return known.copy(update={"question_own_words": words, "unanswered": kept})


def _unnamed(draft: Draft, text: str) -> str:
    """A question that had no answer, without numbers and addresses: it was no answer to how to be reached."""
    return without_addresses(without_details(draft, without_bsn(clean(text))), MARK)[:TEXT_LIMIT]


def _without_number(draft: Draft, typed: str) -> str:
    return without_bsn(typed) if steps.is_told_freely(draft) else without_bsn(typed).replace(MARK, " ").strip()
