from __future__ import annotations

from datetime import date

import pytest

from bot.answers.select import choose_topic, select_answer
from bot.errors import UnknownTopicError

TODAY = date(2026, 11, 21)


def chosen(folder, **who) -> tuple[str | None, str | None]:
    topic = choose_topic(folder.load(), "slecht_slapen", **{"audience": None, "gemeente": None, **who})
    return topic.gemeente, topic.variant


def answer(folder, slug="slecht_slapen", *, today=TODAY, **who):
    who = {"audience": "ouder", "gemeente": None, "age": None, **who}
    return select_answer(folder.load(), slug, today=today, **who)


def test_the_plain_file_serves_everybody_it_names(folder) -> None:
    folder.topic(doelgroep="[ouder, professional]")
    assert chosen(folder, audience="professional") == (None, None)


def test_a_wording_for_the_audience_replaces_the_plain_one(folder) -> None:
    folder.topic()
    folder.topic(variant="jongere")
    assert chosen(folder, audience="jongere") == (None, "jongere")
    assert chosen(folder, audience="ouder") == (None, None)
    assert chosen(folder) == (None, None)


def test_a_local_file_replaces_the_national_one(folder) -> None:
    folder.topic()
    folder.topic(gemeente="ede")
    assert chosen(folder, gemeente="ede") == ("ede", None)
    assert chosen(folder, gemeente="lisse") == (None, None)


def test_a_local_file_for_parents_does_not_take_the_words_of_a_youth(folder) -> None:
    folder.topic()
    folder.topic(variant="jongere")
    folder.topic(gemeente="ede")
    assert chosen(folder, gemeente="ede", audience="jongere") == (None, "jongere")
    assert chosen(folder, gemeente="ede", audience="ouder") == ("ede", None)


def test_a_local_wording_for_the_audience_goes_first(folder) -> None:
    folder.topic()
    folder.topic(variant="jongere")
    folder.topic(gemeente="ede", doelgroep="[ouder, jongere]")
    folder.topic(gemeente="ede", variant="jongere")
    assert chosen(folder, gemeente="ede", audience="jongere") == ("ede", "jongere")


def test_somebody_it_was_not_written_for_still_gets_an_answer(folder) -> None:
    folder.topic()
    assert chosen(folder, audience="professional") == (None, None)


def test_an_unknown_topic_is_an_error(folder) -> None:
    with pytest.raises(UnknownTopicError):
        answer(folder, "bestaat_niet")


@pytest.mark.parametrize(
    ("today", "expired"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (date(2030, 1, 1), True)]
)
def test_it_expires_on_the_day_itself(folder, today, expired) -> None:
    folder.topic(geldig_tot="2027-01-01")
    assert answer(folder, today=today).expired is expired


def test_without_an_end_it_never_expires(folder) -> None:
    folder.topic()
    assert not answer(folder, today=date(2050, 1, 1)).expired


@pytest.mark.parametrize(("age", "better"), [(2, None), (0, None), (4, "schoolkind"), (None, None), (40, None)])
def test_a_related_topic_for_the_age_is_the_better_fit(folder, age, better) -> None:
    folder.topic(leeftijd="1-4", zie_ook="[rechten_ouder, schoolkind, weg]")
    folder.topic("schoolkind", leeftijd="4-13")
    folder.topic("rechten_ouder", theme="rechten", leeftijd="4-13")
    assert answer(folder, age=age).better_fit == better
