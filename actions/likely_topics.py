"""The topics a message may be about, weighed again by what was said earlier: who is asking, and how old the child is.

The pipeline sees one message at a time. "Hij slaapt slecht" is another question when he turned out to be two."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.schema import Knowledge, Topic
from bot.answers.select import fits
from bot.turn import Audience

OTHER_READER = 0.1
OTHER_AGE = 0.2
"""Less likely, never impossible; milder than in config.yml, which weighs what this message itself says."""
Ranked = list[tuple[str, float]]


def weigh_again(
    topics: Sequence[tuple[str, float]], knowledge: Knowledge, *, reader: Audience | None, age: int | None
) -> Ranked:
    """`reader` and `age` are what earlier messages said and this one does not. What is no topic keeps its share."""
    if reader is None and age is None:
        return list(topics)
    rest = max(1.0 - sum(chance for _, chance in topics), 0.0)
    weighed = [(slug, chance * _factor(slug, knowledge, reader, age)) for slug, chance in topics]
    total = rest + sum(chance for _, chance in weighed)
    if not total:
        return list(topics)
    return sorted(((slug, chance / total) for slug, chance in weighed), key=lambda entry: -entry[1])


def sibling_for_age(knowledge: Knowledge, topic: Topic, age: int | None) -> str | None:
    """The same question about another age: `slaapproblemen_puber` for `slaapproblemen_peuter`; None when it fits."""
    if age is None or fits(topic, age):
        return None
    name = topic.slug.split("_")[0]
    likely = (other for other in knowledge.topics.values() if other.theme == topic.theme and other.ages is not None)
    return next((other.slug for other in likely if other.slug.split("_")[0] == name and fits(other, age)), None)


def _factor(slug: str, knowledge: Knowledge, reader: Audience | None, age: int | None) -> float:
    files = knowledge.files_of(slug)
    for_reader = reader is None or not files or any(reader in file.audiences for file in files)
    for_age = age is None or not files or any(file.ages is None or file.ages[0] <= age < file.ages[1] for file in files)
    return (1.0 if for_reader else OTHER_READER) * (1.0 if for_age else OTHER_AGE)
