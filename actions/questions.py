"""Questions about the world: answered from knowledge, asked back in doubt, or honestly not known."""

from __future__ import annotations

import json

from actions.base import BotAction
from actions.emergency import say_after_crisis
from actions.tools import with_tool
from actions.turn import Event, Turn
from bot.answers.local_team import human_button, render_local_team
from bot.answers.render import render, topic_button
from bot.answers.schema import Topic
from bot.answers.select import choose_topic, select_answer
from bot.turn import Audience, Button, Category, HandoverFacts, Message

MOST_CHOICES = 3
SURE_AFTER_CRISIS = 0.5
OFFERED = HandoverFacts(offered=True)


class AnswerQuestion(BotAction):
    """Intent `vraag`: the best topic, or the one on the button."""

    def name(self) -> str:
        return "action_answer_question"

    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("last_reply") == "crisis" and turn.topics and turn.topics[0][1] < SURE_AFTER_CRISIS:
            say_after_crisis(turn)
            return []
        # A topic that was taken out since the training has no runner-up: that would answer something else.
        if not turn.topics or not turn.knowledge.files_of(turn.topics[0][0]):
            say_unknown(turn)
        elif is_for_reader(turn, turn.topics[0][0]):
            answer_topic(turn, *turn.topics[0])
        else:
            clarify(turn)
        return []


class SetGemeente(BotAction):
    """The person says where they live; the local team follows at once."""

    def name(self) -> str:
        return "action_set_gemeente"

    async def act(self, turn: Turn) -> list[Event]:
        said = str(turn.entity("gemeente") or "")
        if "|" in said:
            turn.say(_which_gemeente(turn, said.split("|")), "clarify", handover=OFFERED)
            return []
        if not turn.gemeente or (said and not turn.said_gemeente):
            sorry = Message(turn.text_of("conversation.gemeente_not_known"), (human_button(),))
            turn.say(sorry, "clarify", handover=OFFERED)
            return []
        turn.remember(gemeente=turn.gemeente)
        team = render_local_team(turn.knowledge, turn.gemeente, audience=turn.audience, now=turn.now)
        turn.say(team, "find_help", handover=OFFERED)
        if not turn.slot("last_topic"):
            turn.say(Message(turn.text_of("conversation.what_is_it_about")), "find_help")
        return []


class Clarify(BotAction):
    """In doubt: the two or three likeliest questions as buttons."""

    def name(self) -> str:
        return "action_clarify"

    async def act(self, turn: Turn) -> list[Event]:
        clarify(turn)
        return []


class Unknown(BotAction):
    """Not understood: said openly, never twice in the same words."""

    def name(self) -> str:
        return "action_unknown"

    async def act(self, turn: Turn) -> list[Event]:
        say_unknown(turn)
        return []


class OutOfScope(BotAction):
    """Somebody else's work: say whose, as far as we know."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def act(self, turn: Turn) -> list[Event]:
        say_out_of_scope(turn)
        return []


class CannotRead(BotAction):
    """A message that cannot be looked up: a citizen service number, a whole book, no words, another language."""

    def name(self) -> str:
        return "action_cannot_read"

    async def act(self, turn: Turn) -> list[Event]:
        key = f"conversation.{turn.intent}" if turn.intent else "conversation.no_words"
        turn.say(Message(turn.text_of(key), (human_button(),)), "clarify", confidence=1.0, handover=OFFERED)
        return []


def clarify(turn: Turn) -> None:
    """Ask back with the likeliest topics that this reader can use."""
    topics = likely_topics(turn)[:MOST_CHOICES]
    if not topics or turn.slot("last_reply") == "crisis":
        say_unknown(turn)
        return
    buttons = [*(topic_button(topic) for topic in topics), _something_else(turn), human_button()]
    text = turn.text_of("conversation.which_question" + _again(turn, "clarify"))
    turn.say(Message(text, tuple(buttons)), "clarify", topic=topics[0].slug, handover=OFFERED)


def is_for_reader(turn: Turn, slug: str) -> bool:
    """What is written for professionals alone helps nobody else; everything else may be read by all."""
    if turn.audience in (None, "professional"):
        return True
    return any(file.audiences != ("professional",) for file in turn.knowledge.files_of(slug))


def answer_topic(turn: Turn, slug: str, confidence: float) -> None:
    """Say the answer of a topic, and remember that it was given. Nobody gets the same answer twice in a row."""
    if _just_said(turn, slug):
        turn.remember(last_reply="said_above")
        buttons = (*_related_buttons(turn, slug), human_button())
        message = Message(turn.text_of("conversation.said_above"), buttons)
        turn.say(message, _category(turn, slug), topic=slug, confidence=confidence, handover=OFFERED)
        return
    audience = turn.audience or _reader(turn, slug)
    answer = select_answer(
        turn.knowledge, slug, audience=audience, gemeente=turn.gemeente, age=turn.age, today=turn.now.date()
    )
    messages = render(answer, knowledge=turn.knowledge, audience=audience, now=turn.now)
    messages = with_tool(turn, answer.topic, messages)
    turn.say(messages, answer.topic.category, topic=slug, confidence=confidence, handover=OFFERED)
    given = {"topic": slug, "checked_on": answer.topic.checked_on.isoformat(), "at": turn.now.isoformat()}
    turn.remember(last_topic=slug, last_confidence=confidence, last_reply="answer")
    turn.remember(answered=[*(turn.slot("answered") or []), given])


def _just_said(turn: Turn, slug: str) -> bool:
    """Typed again about the topic of the answer right above, with nothing new that would change it."""
    pressed = turn.text.startswith("/")
    new = turn.entity("gemeente") or turn.entity("leeftijd") is not None
    return not pressed and not new and turn.slot("last_reply") == "answer" and turn.slot("last_topic") == slug


def _related_buttons(turn: Turn, slug: str) -> tuple[Button, ...]:
    topic = choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente)
    known = [other for other in topic.see_also if turn.knowledge.files_of(other)]
    others = (choose_topic(turn.knowledge, other, audience=turn.audience, gemeente=None) for other in known)
    return tuple(topic_button(other) for other in others)


def _category(turn: Turn, slug: str) -> Category:
    return choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente).category


def likely_topics(turn: Turn) -> list[Topic]:
    """The topics that may be meant, as this person would read them."""
    slugs = [slug for slug, _ in turn.topics if turn.knowledge.files_of(slug) and is_for_reader(turn, slug)]
    return [choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente) for slug in slugs]


def say_unknown(turn: Turn) -> None:
    if turn.slot("last_reply") == "crisis":
        say_after_crisis(turn)
        return
    """Said openly, with the offer of a person."""
    turn.remember(unanswered=[*(turn.slot("unanswered") or []), turn.now.isoformat()])
    text = turn.text_of("conversation.unknown" + _again(turn, "unknown"))
    turn.say(Message(text, (human_button(),)), "clarify", handover=OFFERED)


def say_out_of_scope(turn: Turn) -> None:
    """Somebody else's work."""
    text = turn.text_of("conversation.out_of_scope" + _again(turn, "out_of_scope"))
    turn.say(Message(text, (human_button(),)), "out_of_scope", handover=OFFERED)


def _again(turn: Turn, reply: str) -> str:
    """The end of the text's key: two wordings take turns, so that nobody reads the same words twice in a row."""
    ending = "_again" if turn.slot("last_reply") == reply else ""
    turn.remember(last_reply=reply + ending)
    return ending


def _reader(turn: Turn, slug: str) -> Audience:
    """When nobody said who is asking: the audience that the plain file of the topic is written for."""
    return choose_topic(turn.knowledge, slug, audience=None, gemeente=None).audiences[0]


def _something_else(turn: Turn) -> Button:
    return Button(turn.text_of("conversation.something_else"), "/unknown")


def _which_gemeente(turn: Turn, slugs: list[str]) -> Message:
    names = [(slug, turn.knowledge.gemeente_name(slug)) for slug in slugs]
    buttons = [Button(name, "/set_gemeente" + json.dumps({"gemeente": slug})) for slug, name in names if name]
    return Message(turn.text_of("conversation.which_gemeente"), tuple(buttons))
