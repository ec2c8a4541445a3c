"""Questions about the world: answered from knowledge, asked back in doubt, or honestly not known."""

from __future__ import annotations

import json

from actions.base import BotAction
from actions.emergency import say_after_crisis
from actions.fallback import OFFERED, SOMETHING_ELSE, say_cannot, say_miss
from actions.languages import say_in_language
from actions.likely_topics import sibling_for_age
from actions.second_question import answer_second
from actions.topic_answer import answer_topic
from actions.turn import Event, Turn
from bot.answers.local_team import link, render_local_team
from bot.answers.render import topic_button
from bot.answers.schema import Topic
from bot.answers.select import choose_topic
from bot.turn import Button, Message
from bot.understanding.certainty import Thresholds, decide
from bot.wording import wording

MOST_CHOICES = 3
SURE_AFTER_CRISIS = 0.5


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
        elif _in_doubt(turn) or not is_for_reader(turn, turn.topics[0][0]):
            clarify(turn)
        else:
            answer_topic(turn, _for_this_age(turn, turn.topics[0][0]), turn.topics[0][1])
            answer_second(turn, turn.topics[0][0])
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
            say_cannot(turn, "gemeente_not_known")
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
        if turn.leans_on_memory and turn.topics and _is_sure(turn):
            answer_topic(turn, *turn.topics[0])
        else:
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
        if turn.intent == "other_language":
            slug = say_in_language(turn)
            if slug:
                answer_topic(turn, slug, turn.topics[0][1])
        else:
            say_cannot(turn, turn.intent or "no_words")
        return []


def clarify(turn: Turn) -> None:
    """Ask back with the likeliest topics that this reader can use."""
    topics = likely_topics(turn)[:MOST_CHOICES]
    if not topics or turn.slot("last_reply") == "crisis":
        say_unknown(turn)
        return
    story = bool(turn.latest.get("long_story"))
    text = turn.text_of("conversation.which_question_long" if story else "conversation.which_question")
    buttons = (*(topic_button(topic) for topic in topics), _something_else(turn))
    again = turn.text_of("conversation.which_question_again")
    sure = dict(turn.topics).get(topics[0].slug, 0.0)  # of the topic, not of having to ask
    say_miss(turn, "clarify", text, again, buttons=buttons, topic=topics[0].slug, confidence=sure)


def _for_this_age(turn: Turn, slug: str) -> str:
    """Where the age was said earlier, the same question about that age; the model saw only this message."""
    if not turn.typed or not turn.leans_on_memory:
        return slug
    topic = choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente)
    return sibling_for_age(turn.knowledge, topic, turn.age) or slug


def _in_doubt(turn: Turn) -> bool:
    """Sure by its words, but no longer with what was said before."""
    return bool(turn.typed) and turn.leans_on_memory and not _is_sure(turn)


def _is_sure(turn: Turn) -> bool:
    """With what was said before; a topic that is for this reader and still there."""
    slug = turn.topics[0][0]
    usable = bool(turn.knowledge.files_of(slug)) and is_for_reader(turn, slug)
    return usable and decide(turn.topics, Thresholds()) == "sure"


def is_for_reader(turn: Turn, slug: str) -> bool:
    """What is written for professionals alone helps nobody else; everything else may be read by all."""
    if turn.audience in (None, "professional"):
        return True
    return any(file.audiences != ("professional",) for file in turn.knowledge.files_of(slug))


def likely_topics(turn: Turn) -> list[Topic]:
    """The topics that may be meant, as this person would read them."""
    slugs = [slug for slug, _ in turn.topics if turn.knowledge.files_of(slug) and is_for_reader(turn, slug)]
    return [choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=turn.gemeente) for slug in slugs]


def say_unknown(turn: Turn) -> None:
    """Said openly, with the offer of a person. The button "something else" is met with an open question once."""
    if turn.slot("last_reply") == "crisis":
        say_after_crisis(turn)
        return
    turn.remember(unanswered=[*(turn.slot("unanswered") or []), turn.now.isoformat()])
    if turn.typed or turn.intent != "unknown":
        kind, text = "unknown", turn.text_of("conversation.unknown")
        again = turn.text_of("conversation.unknown_again")
    else:
        kind, text = SOMETHING_ELSE, turn.text_of("conversation.something_else_asked")
        again = text
    say_miss(turn, kind, text, again)


def say_out_of_scope(turn: Turn) -> None:
    """Somebody else's work: whose, where that is clear."""
    text, again = _who_does_know(turn), turn.text_of("conversation.out_of_scope_again")
    say_miss(turn, "out_of_scope", text, again, category="out_of_scope", person="conversation.out_of_scope_person")


def _who_does_know(turn: Turn) -> str:
    kind = turn.latest.get("elsewhere")
    key = f"elsewhere.{kind}"
    if kind is None or key not in wording().keys():
        return turn.text_of("conversation.out_of_scope")
    gemeente = turn.knowledge.gemeenten.get(turn.gemeente or "")
    if kind == "gemeente" and gemeente and gemeente.website:
        said = turn.text_of("elsewhere.gemeente_with_site", gemeente=gemeente.name, site=link(gemeente.website))
    else:
        said = turn.text_of(key)
    return f"{said} {turn.text_of('elsewhere.for_us')}"


def _something_else(turn: Turn) -> Button:
    return Button(turn.text_of("conversation.something_else"), "/unknown")


def _which_gemeente(turn: Turn, slugs: list[str]) -> Message:
    names = [(slug, turn.knowledge.gemeente_name(slug)) for slug in slugs]
    buttons = [Button(name, "/set_gemeente" + json.dumps({"gemeente": slug})) for slug, name in names if name]
    return Message(turn.text_of("conversation.which_gemeente"), tuple(buttons))
