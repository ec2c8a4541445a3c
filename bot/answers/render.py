"""Answer -> messages: first the answer itself, then where to go near home and whom to call."""

from __future__ import annotations

import json
from datetime import datetime

from bot.answers.help_lines import help_line_list
from bot.answers.local_team import (
    crisis_facts,
    crisis_lines,
    fact_lines,
    human_button,
    link,
    local_facts,
    partnership_lines,
    team_lines,
)
from bot.answers.placeholders import fill
from bot.answers.schema import Gemeente, Knowledge, LocalFact, Topic
from bot.answers.select import Answer, choose_topic, fits
from bot.answers.source_notes import source_notes
from bot.turn import Audience, Button, Message, SourceNote
from bot.wording import wording

MOST_RELATED = 3
STEPS_WITH_TEAM = frozenset({"netwerk", "vrij_toegankelijk", "lokaal_team", "verwijzing", "direct"})
THEMES_WITH_STEP = frozenset({"hulp_vinden", "gewoon_of_zorg", "achttien"})
STEPS_WITH_TEAM_FOR_PROFESSIONALS = frozenset({"vrij_toegankelijk", "lokaal_team"})


def render(answer: Answer, *, knowledge: Knowledge, audience: Audience | None, now: datetime) -> tuple[Message, ...]:
    """Two bubbles, so that the answer stays short enough to read on a phone."""
    topic = answer.topic
    first = Message(_answer_text(answer, knowledge, audience), (), source_notes(knowledge, topic.sources))
    second = _nearby_text(answer, knowledge, audience, now)
    buttons = (*_age_button(answer, audience), *_related(answer, knowledge, audience), human_button())
    return first, Message(second, buttons, _nearby_sources(answer, knowledge, audience))


def topic_button(topic: Topic) -> Button:
    """The button that asks this topic."""
    return Button(topic.button, "/vraag" + json.dumps({"topic": topic.slug}))


def _age_button(answer: Answer, audience: Audience | None) -> tuple[Button, ...]:
    """Where more can be said to somebody whose age is known: the button that asks it."""
    if answer.age is not None or not answer.topic.depends_on_age:
        return ()
    payload = "/short_form" + json.dumps({"form": "age", "topic": answer.topic.slug})
    return (Button(wording().text("answers.say_the_age", audience), payload),)


def _answer_text(answer: Answer, knowledge: Knowledge, audience: Audience | None) -> str:
    topic = answer.topic
    parts = [*_warnings(answer, knowledge, audience), topic.short_answer]
    for section in topic.sections:
        parts += [f"**{section.heading}**", section.text_for(answer.age)]
    text = "\n\n".join(part for part in parts if part)
    return fill(text, knowledge=knowledge, gemeente=answer.gemeente, audience=audience)


def _warnings(answer: Answer, knowledge: Knowledge, audience: Audience | None) -> list[str]:
    """What the person must know before reading: no longer checked, or meant for another age."""
    warnings = []
    if answer.expired:
        warnings.append(_expired(answer.topic, knowledge, audience))
    ages = answer.topic.ages
    if ages and answer.age is not None and not fits(answer.topic, answer.age):
        values = {"from_age": ages[0], "to_age": ages[1]}
        warnings.append(wording().text("answers.other_age", audience, **values))
    return warnings


def _expired(topic: Topic, knowledge: Knowledge, audience: Audience | None) -> str:
    urls = [note.url for note in source_notes(knowledge, topic.sources) if note.url]
    if urls:
        return wording().text("answers.expired_with_site", audience, site=link(urls[0]))
    return wording().text("answers.expired", audience)


def _nearby_text(answer: Answer, knowledge: Knowledge, audience: Audience | None, now: datetime) -> str:
    """Somebody in danger sees numbers first; anybody else the team first."""
    topic = answer.topic
    lines = help_line_list(knowledge, topic.help_lines, audience=audience, age=answer.age, now=now)
    heading = wording().text("answers.help_lines_heading", audience)
    numbers = [heading, "\n".join(lines)] if lines else []
    team = _team(answer, knowledge, audience, now)
    step = _step(topic, audience)
    parts = numbers + team if topic.step == "direct" else step + team + numbers
    return "\n\n".join(parts) or wording().text("answers.more_help", audience)


def _step(topic: Topic, audience: Audience | None) -> list[str]:
    """On which step of help the advice stands; a professional and a question of law have steps of their own."""
    if audience == "professional" or topic.theme not in THEMES_WITH_STEP:
        return []
    return [wording().text(f"answers.step_{topic.step}", audience)]


def _team(answer: Answer, knowledge: Knowledge, audience: Audience | None, now: datetime) -> list[str]:
    lines = []
    if _names_team(answer.topic, audience):
        lines = team_lines(knowledge, answer.gemeente, audience=audience, now=now)
    gemeente = knowledge.gemeenten.get(answer.gemeente or "")
    if gemeente and answer.topic.step == "direct":
        lines += crisis_lines(gemeente, audience)
    if gemeente and _is_referral(answer.topic, audience):
        lines += partnership_lines(gemeente)
    return lines + fact_lines(gemeente, _facts(answer.topic, gemeente, audience))


def _facts(topic: Topic, gemeente: Gemeente | None, audience: Audience | None) -> tuple[LocalFact, ...]:
    """What is arranged otherwise here, where it is about the team, a referral or danger; elsewhere it distracts."""
    if topic.step == "direct":
        return crisis_facts(gemeente, audience)
    about_team = topic.theme == "hulp_vinden" and topic.step == "lokaal_team"
    return local_facts(gemeente, audience) if about_team or _is_referral(topic, audience) else ()


def _is_referral(topic: Topic, audience: Audience | None) -> bool:
    return topic.theme == "verwijzen" and audience == "professional"


def _names_team(topic: Topic, audience: Audience | None) -> bool:
    """A thing one does alone needs no team; a professional's route names its own door."""
    steps = STEPS_WITH_TEAM_FOR_PROFESSIONALS if audience == "professional" else STEPS_WITH_TEAM
    return topic.step in steps


def _nearby_sources(answer: Answer, knowledge: Knowledge, audience: Audience | None) -> tuple[SourceNote, ...]:
    gemeente = knowledge.gemeenten.get(answer.gemeente or "")
    if gemeente is None:
        return ()
    topic = answer.topic
    crisis = topic.step == "direct" and crisis_lines(gemeente, audience)
    partnership = _is_referral(topic, audience) and partnership_lines(gemeente)
    shown = gemeente.sources if crisis or partnership or _names_team(topic, audience) else ()
    return source_notes(knowledge, (*shown, *(fact.source for fact in _facts(topic, gemeente, audience))))


def _related(answer: Answer, knowledge: Knowledge, audience: Audience | None) -> tuple[Button, ...]:
    """The related topics, the one that suits the person's age first."""
    slugs = dict.fromkeys([answer.better_fit, *answer.topic.see_also])
    known = [slug for slug in slugs if slug and knowledge.files_of(slug)][:MOST_RELATED]
    topics = (choose_topic(knowledge, slug, audience=audience, gemeente=answer.gemeente) for slug in known)
    return tuple(topic_button(topic) for topic in topics)
