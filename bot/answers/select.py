"""Which file answers: pure choice from topic, audience, gemeente, age and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.answers.schema import Knowledge, Topic
from bot.errors import UnknownTopicError
from bot.turn import Audience


@dataclass(frozen=True)
class Answer:
    """The file that answers, and what the person must know about how well it fits."""

    topic: Topic
    gemeente: str | None
    """Slug of the person's gemeente, whether or not the file is a local one."""
    age: int | None
    expired: bool
    better_fit: str | None = None
    """A related topic that is for this age, when this one is not."""


def select_answer(
    knowledge: Knowledge,
    slug: str,
    *,
    audience: Audience | None,
    gemeente: str | None,
    age: int | None,
    today: date,
) -> Answer:
    """A local file replaces the national one whole; a wording for the audience replaces the plain one."""
    topic = choose_topic(knowledge, slug, audience=audience, gemeente=gemeente)
    return Answer(
        topic=topic,
        gemeente=gemeente,
        age=age,
        expired=topic.valid_until is not None and today >= topic.valid_until,
        better_fit=_better_fit(knowledge, topic, audience, gemeente, age),
    )


def choose_topic(knowledge: Knowledge, slug: str, *, audience: Audience | None, gemeente: str | None) -> Topic:
    """The wording that suits; when none is for this audience, the plainest one there is."""
    files = list(_nearest_first(knowledge, slug, audience, gemeente))
    if not files:
        raise UnknownTopicError(f"no topic '{slug}' in knowledge")
    return next(
        (file for file in files if audience is None or audience in file.audiences), _second_best(files, audience)
    )


def _second_best(files: list[Topic], audience: Audience | None) -> Topic:
    """A professional without a wording of their own reads the one for parents rather than the one for youths."""
    return next((file for file in files if audience == "professional" and "ouder" in file.audiences), files[0])


def _nearest_first(knowledge: Knowledge, slug: str, audience: Audience | None, gemeente: str | None) -> Iterator[Topic]:
    """Local before national; in each the wording for the audience, then the plain one, then any other."""
    for place in dict.fromkeys((gemeente, None)):
        files = [file for file in knowledge.files_of(slug) if file.gemeente == place]
        yield from sorted(files, key=lambda file: (file.variant != audience, file.variant is not None))


def _better_fit(
    knowledge: Knowledge, topic: Topic, audience: Audience | None, gemeente: str | None, age: int | None
) -> str | None:
    if age is None or fits(topic, age):
        return None
    for slug in topic.see_also:
        if not knowledge.files_of(slug):
            continue
        other = choose_topic(knowledge, slug, audience=audience, gemeente=gemeente)
        if other.theme == topic.theme and other.ages is not None and fits(other, age):
            return slug
    return None


def fits(topic: Topic, age: int) -> bool:
    """Whether the topic is for this age; a topic without ages is for all."""
    return topic.ages is None or topic.ages[0] <= age < topic.ages[1]
