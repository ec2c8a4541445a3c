"""What the check asks of knowledge/toekomstplan/: references, dates, lengths, numbers and plain Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.answers import plain_text
from bot.answers.placeholders import PLACEHOLDER
from bot.answers.problem import Problem, error, unknown_references, unreadable, warning
from bot.answers.schema import Knowledge
from bot.answers.topic_check import forbidden
from bot.planner.content_file import SITUATIONS_FILE
from bot.planner.load import FOLDER, read_content
from bot.planner.plan import OLDEST, YOUNGEST
from bot.planner.schema import SITUATIONS, PlanContent, PlanStep, Situation

LONGEST_WHAT = 120
FEWEST_QUESTIONS = 3


def check_plan(folder: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """Every problem of the plan; `folder` is the whole knowledge folder. Without a plan there is nothing to check."""
    plan = folder / FOLDER
    if not plan.is_dir():
        return
    content, unread = read_content(plan)
    yield from (unreadable(found) for found in unread)
    if not unread:
        yield from _missing_situations(content, plan / SITUATIONS_FILE)
    for step in content.steps:
        yield from _step(step, knowledge)
    for situation in content.situations.values():
        yield from _situation(situation, knowledge)


def _missing_situations(content: PlanContent, path: Path) -> Iterator[Problem]:
    for key in SITUATIONS:
        if key not in content.situations:
            yield error(path, None, "missing_situation", name=key)


def _step(step: PlanStep, knowledge: Knowledge) -> Iterator[Problem]:
    yield from unknown_references(step.path, step.line, "bronnen", step.sources, knowledge.sources)
    if not step.sources:
        yield error(step.path, step.line, "no_source")
    if step.topic is not None:
        yield from unknown_references(step.path, step.line, "onderwerp", (step.topic,), knowledge.slugs())
    if step.valid_until and step.valid_until <= step.checked_on:
        yield error(step.path, step.line, "valid_before_checked")
    if step.gone_after and step.gone_after.months and step.gone_after.months < step.moment.months:
        yield error(step.path, step.line, "gone_before_moment")
    if len(step.what) > LONGEST_WHAT:
        yield error(step.path, step.line, "too_long", field="wat", length=len(step.what), limit=LONGEST_WHAT)
    texts = (step.what, step.why, step.who, step.disputed, step.if_passed)
    yield from _texts(step.path, step.line, (text for text in texts if text), knowledge)
    if step.law:  # the word of the law itself: it need not be plain
        yield from forbidden(step.path, step.line, step.law, knowledge)


def _situation(situation: Situation, knowledge: Knowledge) -> Iterator[Problem]:
    path, line = situation.path, situation.line
    yield from unknown_references(path, line, "bronnen", situation.sources, knowledge.sources)
    yield from unknown_references(path, line, "onderwerpen", situation.topics, knowledge.slugs())
    if not situation.sources:
        yield error(path, line, "no_source")
    yield from _few_questions(situation)
    questions = [question.text for question in situation.questions]
    for question in questions:
        if "?" not in question:
            yield error(path, line, "no_question", question=question)
    yield from _texts(path, line, (situation.name, situation.explanation, *questions), knowledge)


def _few_questions(situation: Situation) -> Iterator[Problem]:
    """At the first age that has too few of them; the middle of a year of age, away from the birthdays."""
    for age in range(YOUNGEST, OLDEST + 1):
        count = sum(question.suits(age * 12 + 6) for question in situation.questions)
        if count < FEWEST_QUESTIONS:
            found = {"count": count, "age": age, "fewest": FEWEST_QUESTIONS}
            yield error(situation.path, situation.line, "few_questions", **found)
            return


def _texts(path: Path, line: int, texts: Iterable[str], knowledge: Knowledge) -> Iterator[Problem]:
    """The plan speaks to the youth, whoever else reads along."""
    for text in texts:
        yield from forbidden(path, line, text, knowledge)
        plain = PLACEHOLDER.sub("", text)
        for word in plain_text.formal_words(plain)[:1]:
            yield warning(path, line, "u_form", word=word)
        for sentence in plain_text.long_sentences(plain):
            yield warning(path, line, "long_sentence", words=len(plain_text.words(sentence)))
        rare = plain_text.rare_words(plain, knowledge.terms)
        if rare:
            yield warning(path, line, "rare_words", words=", ".join(rare[: plain_text.MOST_RARE_SHOWN]))
