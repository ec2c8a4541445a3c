"""The handover to a person: Rasa's form keeps the turn, `bot/handover` decides, and only a commit is confirmed."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import BotAction
from actions.emergency import answer_to_check, show_emergency
from actions.fallback import missed, say_cannot
from actions.questions import say_out_of_scope, say_unknown
from actions.smalltalk import INTENTS as SMALL_TALK
from actions.smalltalk import say_small_talk
from actions.topic_answer import answer_topic
from actions.turn import Event, Turn
from bot.answers.gemeenten import find_gemeente
from bot.answers.local_team import human_button
from bot.answers.moments import opening_line
from bot.answers.opening_hours import promise
from bot.answers.schema import Team as LocalTeam
from bot.answers.select import choose_topic
from bot.errors import BotError
from bot.handover.compose import document
from bot.handover.confirmation import confirmed, not_stored
from bot.handover.document import AnsweredTopic, SafetySignal, Trigger
from bot.handover.draft import Draft, Given, Known, Outcome, Place, Team
from bot.handover.interview import hold, question, receive, resume, start
from bot.handover.phrases import asks_to_send
from bot.turn import Button, HandoverFacts, Message

log = structlog.get_logger(__name__)
REPLY = "handover_reply"
DONE: list[Event] = [SlotSet("requested_slot", None), SlotSet(REPLY, None), ActiveLoop(None)]
OPEN: list[Event] = [SlotSet("requested_slot", REPLY), SlotSet(REPLY, None)]
NO_ANSWER = ("unknown", "clarify", "out_of_scope", "something_else")


class HandoverForm(BotAction):
    """Called by Rasa's form when it opens and for every message while it is open."""

    def name(self) -> str:
        return "validate_handover_form"

    async def act(self, turn: Turn) -> list[Event]:
        kept = turn.slot("handover_draft")
        if not kept and turn.assessment.is_emergency:
            show_emergency(turn)
            return DONE
        if not kept and turn.slot("last_reference") and asks_to_send(turn.text):
            _say_already_sent(turn)
            return DONE
        if not kept:
            return _begin(turn)
        draft = _with_signals(Draft.from_json(kept), turn)
        if turn.assessment.is_emergency or turn.check_answer:
            return _danger_in_between(turn, draft)
        if turn.intent == "ask_for_human":
            return _ask_again(turn, draft)
        outcome = receive(draft, _given(turn, draft), now=turn.now)
        if outcome.status == "ready":
            return await self._store(turn, outcome)
        return _continue(turn, outcome)

    def after_failure(self, turn: Turn) -> list[Event]:
        """The form waits with what was filled in; without this Rasa would take the message for its answer and close."""
        return OPEN if turn.slot("handover_draft") else DONE

    async def _store(self, turn: Turn, outcome: Outcome) -> list[Event]:
        """Confirm after the commit and not before; when it fails the draft stays, so that it can be sent again."""
        draft = outcome.draft
        team = _local_team(turn, draft)
        phone = team.phone if team else None
        record = document(draft, turn.now)
        try:
            stored = await asyncio.to_thread(
                lambda: self.services.handovers.save(record, idempotency_key=draft.handover_id)
            )
        except BotError:  # not stored, or no database or key to store it with: the same to the person
            said = not_stored(
                draft.audience, team=draft.team.name, team_phone=phone, signals=draft.known.safety_signals
            )
            turn.remember(handover_draft=draft.with_(consented_at=None).to_json())
            turn.say((said, question(draft)), "form", confidence=1.0, handover=HandoverFacts(offered=True))
            return OPEN
        promised = (
            promise(turn.now, team.reply_workdays, closed_on=team.closed_on) if team and team.reply_workdays else None
        )
        said = confirmed(stored.reference, record, promised_by=promised, team=draft.team.name, team_phone=phone)
        turn.remember(handover_draft=None, last_reference=stored.reference)
        facts = HandoverFacts(offered=True, submitted=True, reference=stored.reference)
        turn.say(said, "human", confidence=1.0, handover=facts)
        return DONE


class NoFormOpen(BotAction):
    """A button of a form that is closed."""

    def name(self) -> str:
        return "action_no_form_open"

    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("last_reference"):
            _say_already_sent(turn)
            return []
        say_cannot(turn, "form_not_open")
        return []


def _begin(turn: Turn) -> list[Event]:
    draft = start(
        trigger=_trigger(turn),
        audience=turn.audience or "ouder",
        gemeente=turn.gemeente,
        gemeente_name=turn.knowledge.gemeente_name(turn.gemeente),
        known=_known(turn),
        now=turn.now,
        team=_team(turn, turn.gemeente),
    )
    turn.remember(handover_draft=draft.to_json())
    opening = Message(f"{turn.text_of('conversation.form_opens')}\n\n{_call_now(turn)}")
    turn.say((opening, question(draft)), "human", confidence=1.0, handover=HandoverFacts(offered=True))
    return OPEN


def _call_now(turn: Turn) -> str:
    """Who would rather call need fill in nothing: the number and whether it is open, or honestly that we lack it."""
    known = turn.knowledge.gemeenten.get(turn.gemeente or "")
    name = (known.team.name if known else None) or turn.text_of("handover.team_unknown")
    if known is None or known.team.phone is None:
        return turn.text_of("handover.call_now_unknown", team=name)
    key = "handover.call_now_old" if known.phone_certainty == "laag" else "handover.call_now"
    line = turn.text_of(key, team=name, phone=known.team.phone)
    hours = known.team.hours
    return f"{line} {opening_line(hours, turn.now, closed_on=known.team.closed_on)}" if hours else line


def _say_already_sent(turn: Turn) -> None:
    """A late yes or an old button: it went already, and this is how it is called."""
    reference = turn.slot("last_reference")
    said = Message(turn.text_of("handover.already_sent", reference=reference), (human_button(),))
    turn.say(said, "form", confidence=1.0, handover=HandoverFacts(offered=True))


def _danger_in_between(turn: Turn, draft: Draft) -> list[Event]:
    """Danger interrupts the form; the draft waits. Rasa lets an open form go before every rule, so it is done here."""
    turn.remember(handover_draft=hold(draft, None if turn.text.startswith("/") else turn.text).to_json())
    if turn.assessment.is_emergency:
        show_emergency(turn)
    else:
        answer_to_check(turn)
    waits = Message(turn.text_of("conversation.form_waits"), (_go_on(turn),))
    turn.say(waits, "crisis" if turn.assessment.is_emergency else "form", confidence=1.0)
    return OPEN


def _go_on(turn: Turn) -> Button:
    return Button(turn.text_of("conversation.go_on"), "/ask_for_human")


def _ask_again(turn: Turn, draft: Draft) -> list[Event]:
    """Asking for a person while the form is open: go on where it was."""
    running = draft.with_(paused=False, waits=False)
    turn.remember(handover_draft=running.to_json())
    turn.say(resume(running), "form", confidence=1.0, handover=HandoverFacts(offered=True))
    return OPEN


def _continue(turn: Turn, outcome: Outcome) -> list[Event]:
    offered = HandoverFacts(offered=True)
    if outcome.status == "cancelled":
        # What was sent before is not the message that was stopped now.
        turn.remember(handover_draft=None, last_reference=None)
        turn.say(outcome.said, "form", confidence=1.0)
        return DONE
    draft = _team_of_new_gemeente(turn, outcome.draft)
    turn.remember(handover_draft=draft.to_json())
    if outcome.status == "interrupted":
        _answer_in_between(turn)
        turn.say(resume(draft), "form", confidence=1.0, handover=offered)
        return OPEN
    turn.say(outcome.said, "form", confidence=1.0, handover=offered)
    return OPEN


def _answer_in_between(turn: Turn) -> None:
    """Only a question gets the answer of a topic: the ranking of topics is there for every message."""
    if turn.intent == "vraag" and turn.topics and turn.knowledge.files_of(turn.topics[0][0]):
        answer_topic(turn, *turn.topics[0])
    elif turn.intent == "out_of_scope":
        say_out_of_scope(turn)
    elif turn.intent in SMALL_TALK:
        say_small_talk(turn)
    else:
        say_unknown(turn)


def _given(turn: Turn, draft: Draft) -> Given:
    """The message as the interview takes it. A button gives a value; only typed words are text."""
    pressed = turn.text.startswith("/")
    topic, chance = turn.topics[0] if turn.topics else (None, 0.0)
    gemeente, places = _places(turn) if "gemeente" in (draft.step, draft.resume_at) else (None, ())
    return Given(
        text=None if pressed else turn.text,
        value=turn.entity("value") or turn.entity("field"),
        intent=turn.intent if pressed else None,
        topic=topic,
        topic_confidence=chance,
        gemeente=gemeente,
        places=places,
    )


def _places(turn: Turn) -> tuple[str | None, tuple[Place, ...]]:
    """The municipality that was named, if that is beyond doubt, and all that may be meant."""
    found = None if turn.text.startswith("/") else find_gemeente(turn.knowledge, turn.text)
    if found and found.gemeenten:
        slugs, sure = [name.slug for name in found.gemeenten], found.sure
    else:
        slugs = [slug for slug in str(turn.entity("gemeente") or "").split("|") if slug]
        sure = len(slugs) == 1
    named = ((slug, turn.knowledge.gemeente_name(slug)) for slug in slugs)
    places = tuple(Place(slug=slug, name=name) for slug, name in named if name)
    return places[0].slug if sure and places else None, places


def _known(turn: Turn) -> Known:
    """What the conversation already told."""
    last_topic = turn.slot("last_topic")
    title = None
    if last_topic and turn.knowledge.files_of(last_topic):
        title = choose_topic(turn.knowledge, last_topic, audience=turn.audience, gemeente=None).title
    return Known(
        question_own_words=turn.slot("own_words"),
        topic=last_topic,
        topic_title=title,
        topic_confidence=float(turn.slot("last_confidence") or 0.0),
        age=turn.age,
        safety_signals=_signals(turn.slot("safety_signals") or []),
        answered=tuple(_answered(turn, entry) for entry in turn.slot("answered") or []),
    )


def _answered(turn: Turn, entry: dict[str, Any]) -> AnsweredTopic:
    slug = entry["topic"]
    title = (
        choose_topic(turn.knowledge, slug, audience=None, gemeente=None).title
        if turn.knowledge.files_of(slug)
        else None
    )
    return AnsweredTopic(topic=slug, title=title, content_version=entry["checked_on"], on=entry["at"][:10])


def _signals(kept: list[dict[str, Any]]) -> tuple[SafetySignal, ...]:
    return tuple(
        SafetySignal(
            kind=entry["kind"],
            quote=entry["quote"],
            level=entry["level"],
            numbers_shown=tuple(entry["numbers_shown"]),
            shown_at=entry["at"],
        )
        for entry in kept
    )


def _with_signals(draft: Draft, turn: Turn) -> Draft:
    """Danger that was said while the form was open belongs in it too."""
    signals = _signals(turn.slot("safety_signals") or [])
    return draft.with_(known=draft.known.copy(update={"safety_signals": signals}))


def _trigger(turn: Turn) -> Trigger:
    if turn.slot("safety_signals"):
        return "safety"
    return "no_answer" if missed(turn.slot("last_reply"))[0] in NO_ANSWER else "asked"


def _team(turn: Turn, gemeente: str | None) -> Team:
    known = turn.knowledge.gemeenten.get(gemeente or "")
    return Team(name=known.team.name, phone=known.team.phone) if known else Team()


def _team_of_new_gemeente(turn: Turn, draft: Draft) -> Draft:
    """Who will read it follows from the municipality, also when that was said in the form."""
    gemeente = draft.get("gemeente")
    if gemeente and gemeente != turn.slot("gemeente") and turn.knowledge.gemeente_name(gemeente):
        turn.remember(gemeente=gemeente)
    return replace_team(draft, _team(turn, gemeente))


def replace_team(draft: Draft, team: Team) -> Draft:
    return draft if draft.team == team else draft.with_(team=team)


def _local_team(turn: Turn, draft: Draft) -> LocalTeam | None:
    known = turn.knowledge.gemeenten.get(draft.get("gemeente") or "")
    return known.team if known else None
