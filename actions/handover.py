"""The handover to a person: Rasa's form keeps the turn, `bot/handover` decides, and only a commit is confirmed."""

from __future__ import annotations

import structlog
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import BotAction
from actions.chat_history import chat_before_form
from actions.emergency import answer_to_check, show_emergency
from actions.fallback import say_cannot
from actions.questions import say_out_of_scope, say_unknown
from actions.send_handover import send
from actions.smalltalk import INTENTS as SMALL_TALK
from actions.smalltalk import say_small_talk
from actions.start_handover import begin, reading_team, say_already_sent, sends_again
from actions.told_before import signals
from actions.topic_answer import answer_topic
from actions.turn import Event, Turn
from bot.answers.gemeenten import find_gemeente
from bot.handover.conversation.draft import Draft, Given, Outcome, Place
from bot.handover.conversation.interview import hold, receive, resume
from bot.handover.conversation.phrases import says_yes
from bot.handover.conversation.steps import is_told_freely
from bot.turn import Button, HandoverFacts, Message

log = structlog.get_logger(__name__)
REPLY = "handover_reply"
DONE: list[Event] = [SlotSet("requested_slot", None), SlotSet(REPLY, None), ActiveLoop(None)]
OPEN: list[Event] = [SlotSet("requested_slot", REPLY), SlotSet(REPLY, None)]
A_STORY = 8
"""Words; at a question that is answered freely a longer message that asks for a person is an answer too."""


class HandoverForm(BotAction):
    """Called by Rasa's form when it opens and for every message while it is open."""

    def name(self) -> str:
        return "validate_handover_form"

    async def act(self, turn: Turn) -> list[Event]:
        kept = turn.slot("handover_draft")
        if not kept and turn.assessment.is_emergency:
            show_emergency(turn)
            return DONE
        if not kept and sends_again(turn):
            say_already_sent(turn)
            return DONE
        if not kept:
            begin(turn)
            return OPEN
        draft = _with_signals(Draft.from_json(kept), turn)
        if turn.assessment.is_emergency or turn.check_answer:
            return _danger_in_between(turn, draft)
        if _asks_for_person(turn, draft):
            return _ask_again(turn, draft)
        outcome = receive(draft, _given(turn, draft), now=turn.now)
        if outcome.status == "ready":
            return DONE if await send(turn, outcome.draft) else OPEN
        return _continue(turn, outcome)

    def after_failure(self, turn: Turn) -> list[Event]:
        """The form waits with what was filled in; without this Rasa would take the message for its answer and close."""
        return OPEN if turn.slot("handover_draft") else DONE


class NoFormOpen(BotAction):
    """A button of a form that is closed."""

    def name(self) -> str:
        return "action_no_form_open"

    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("last_reference"):
            say_already_sent(turn)
            return []
        say_cannot(turn, "form_not_open")
        return []


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


def _asks_for_person(turn: Turn, draft: Draft) -> bool:
    """Nothing new is asked while the form is open. "Verstuur maar" is no such wish, and a story is an answer."""
    if turn.intent != "ask_for_human" or says_yes(turn.typed):
        return False
    return not (is_told_freely(draft) and len(turn.typed.split()) > A_STORY)


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
    gemeente, places = _where(turn, draft)
    return Given(
        text=None if pressed else turn.text,
        value=turn.entity("value") or turn.entity("field"),
        intent=turn.intent if pressed else None,
        topic=topic,
        topic_confidence=chance,
        gemeente=gemeente,
        places=places,
        chat=chat_before_form(turn) if _may_send_chat(turn, draft) else (),
    )


def _may_send_chat(turn: Turn, draft: Draft) -> bool:
    """The chat is only read back where its sender can say that it goes along."""
    return draft.step in ("review", "parts")


def _where(turn: Turn, draft: Draft) -> tuple[str | None, tuple[Place, ...]]:
    """Read closely where it is asked; in the story only what the conversation itself is sure of."""
    if "gemeente" in (draft.step, draft.resume_at):
        return _places(turn)
    name = turn.knowledge.gemeente_name(turn.said_gemeente)
    if draft.step != "own_words" or draft.get("gemeente") or not turn.said_gemeente or not name:
        return None, ()
    return turn.said_gemeente, (Place(slug=turn.said_gemeente, name=name),)


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


def _with_signals(draft: Draft, turn: Turn) -> Draft:
    """Danger that was said while the form was open belongs in it too."""
    found = signals(turn.slot("safety_signals") or [])
    return draft.with_(known=draft.known.copy(update={"safety_signals": found}))


def _team_of_new_gemeente(turn: Turn, draft: Draft) -> Draft:
    """Who will read it follows from the municipality, also when that was said in the form."""
    gemeente = draft.get("gemeente")
    if gemeente and gemeente != turn.slot("gemeente") and turn.knowledge.gemeente_name(gemeente):
        turn.remember(gemeente=gemeente)
    team = reading_team(turn, gemeente)
    return draft if draft.team == team else draft.with_(team=team)
