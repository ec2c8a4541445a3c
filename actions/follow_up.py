"""A message that goes on about the answer above: its cost, its next step, another age, another municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.fallback import say_miss
from actions.likely_topics import sibling_for_age
from actions.topic_answer import answer_topic, select_for
from actions.turn import Turn
from bot.answers.aspects import Aspect
from bot.answers.excerpt import part_of_answer
from bot.answers.local_team import human_button
from bot.answers.render import render, topic_button
from bot.answers.select import Answer, choose_topic, fits
from bot.turn import Button, HandoverFacts, Message

OFFERED = HandoverFacts(offered=True)
AFTER = frozenset({"answer", "said_above", "follow_up"})
# What these recognise is meant by itself, however short it is.
OWN = frozenset(
    "ask_for_human danger cancel safety_check greet goodbye thanks who_are_you what_can_you_do is_this_private insult "
    "bsn_typed too_long no_words".split()
)
# Where more is known about this in general.
IN_GENERAL: Mapping[Aspect, str] = {
    "cost": "jeugdhulp_kosten",
    "time": "wachtlijst_wat_nu",
    "refuse": "hulp_weigeren",
    "must": "hulp_weigeren",
    "decides": "toestemming_leeftijden",
    "privacy": "wie_hoort_wat_ik_vertel",
}
GRAVE = frozenset({"refuse", "next", "must", "privacy"})
"""With a concern in it these may be about far more than the answer above: "en als ze niet meer wil"."""
MOST_RELATED = 2


@dataclass(frozen=True)
class _FollowUp:
    """As the gate noticed it: what is asked about the answer above, or what is different now."""

    aspect: Aspect | None = None
    change: str | None = None
    age: int | None = None


def answer_follow_up(turn: Turn) -> bool:
    """Whether this message went on about the answer above, and has been answered."""
    slug = str(turn.slot("last_topic") or "")
    found = _recognised(turn)
    if found is None:
        return False
    if turn.slot("last_reply") not in AFTER or not turn.knowledge.files_of(slug):
        return _only_an_age(turn, found)
    if found.change == "age":
        if turn.entity("leeftijd") is None:
            turn.remember(age=found.age)
        _for_other_age(turn, slug)
    elif found.change == "place":
        _for_other_place(turn, slug)
    elif found.aspect:
        _about(turn, slug, found.aspect)
    return True


def _only_an_age(turn: Turn, found: _FollowUp) -> bool:
    """ "Mijn zoon is 3" and no more, before any answer: it is remembered, and the question is still to come."""
    if found.change != "age" or turn.entity("leeftijd") is None or turn.slot("last_reply") == "crisis":
        return False
    text = turn.text_of("conversation.age_noted")
    say_miss(turn, "age_noted", text, turn.text_of("conversation.what_is_it_about"), confidence=1.0)
    return True


def _recognised(turn: Turn) -> _FollowUp | None:
    if not turn.typed or turn.in_form or turn.intent in OWN or turn.assessment.is_emergency:
        return None
    found = turn.latest.get("follow_up")
    if not found or (turn.assessment.level != "none" and found["aspect"] in GRAVE):
        return None
    return _FollowUp(**found)


def _about(turn: Turn, slug: str, aspect: Aspect) -> None:
    """The part of the answer that says it, or honestly that it does not."""
    answer = select_for(turn, slug)
    audience = turn.audience_or_reader(slug)
    lead = turn.text_of(f"follow_up.found_{aspect}", title=answer.topic.title)
    buttons = (*_in_general(turn, slug, aspect), human_button())
    part = part_of_answer(answer, aspect, lead, knowledge=turn.knowledge, audience=audience, buttons=buttons)
    nearby = render(answer, knowledge=turn.knowledge, audience=audience, now=turn.now)[-1]
    if part is None:
        messages = [Message(turn.text_of(f"follow_up.none_{aspect}"), buttons)]
    else:
        messages = [part]
    if aspect == "where":
        messages = [*([part] if part else []), nearby]
    turn.remember(last_reply="follow_up")
    turn.say(messages, answer.topic.category, topic=slug, confidence=1.0, handover=OFFERED)


def _in_general(turn: Turn, slug: str, aspect: Aspect) -> tuple[Button, ...]:
    other = IN_GENERAL.get(aspect)
    if not other or other == slug or not turn.knowledge.files_of(other):
        return ()
    return (topic_button(choose_topic(turn.knowledge, other, audience=turn.audience, gemeente=None)),)


def _for_other_age(turn: Turn, slug: str) -> None:
    """The topic for that age, or the same one with what it says for that age."""
    answer = select_for(turn, slug)
    age = int(turn.age or 0)
    other = sibling_for_age(turn.knowledge, answer.topic, turn.age) or answer.better_fit
    if other:
        answer_topic(turn, other, 1.0)
        return
    if fits(answer.topic, age) and answer.topic.depends_on_age:
        answer_topic(turn, slug, 1.0)
        return
    if fits(answer.topic, age):
        text = turn.text_of("follow_up.same_for_age", age=age)
    else:
        from_age, to_age = answer.topic.ages or (0, age)
        text = turn.text_of("follow_up.other_age", age=age, from_age=from_age, to_age=to_age)
    _stay(turn, answer, Message(text, (*_related(turn, answer), human_button())))


def _for_other_place(turn: Turn, slug: str) -> None:
    """A local answer where there is one; else the same, with the way there."""
    answer = select_for(turn, slug)
    if answer.topic.gemeente:
        answer_topic(turn, slug, 1.0)
        return
    name = turn.knowledge.gemeente_name(turn.gemeente) or ""
    same = turn.text_of("follow_up.other_place", title=answer.topic.title, gemeente=name)
    nearby = render(answer, knowledge=turn.knowledge, audience=turn.audience_or_reader(slug), now=turn.now)[-1]
    _stay(turn, answer, Message(f"{same}\n\n{nearby.text}", nearby.buttons, nearby.sources))


def _stay(turn: Turn, answer: Answer, message: Message) -> None:
    turn.remember(last_reply="follow_up")
    turn.say(message, answer.topic.category, topic=answer.topic.slug, confidence=1.0, handover=OFFERED)


def _related(turn: Turn, answer: Answer) -> tuple[Button, ...]:
    known = [slug for slug in answer.topic.see_also if turn.knowledge.files_of(slug)][:MOST_RELATED]
    topics = (choose_topic(turn.knowledge, slug, audience=turn.audience, gemeente=None) for slug in known)
    return tuple(topic_button(topic) for topic in topics)
