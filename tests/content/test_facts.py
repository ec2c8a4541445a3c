"""Every number that somebody may act on stands in a file with a source, a date, and an end where it may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge, Topic
from bot.answers.topic_check import digits, known_numbers

ROOT = Path(__file__).parents[2]
NUMBER_WORDS = (
    "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|zestien|achttien|twintig"
)
AMOUNT = re.compile(r"€\s?\d[\d.,]*|\b\d[\d.,]* euro\b")
AGE = re.compile(r"\b(?:\d{1,2}|" + NUMBER_WORDS + r")(?:e|ste|de)?(?:-jarige\w*| jaar)\b|\bje \d{2}e\b", re.IGNORECASE)
TERM = re.compile(
    r"\b(?:\d{1,3}|" + NUMBER_WORDS + r") (?:werk)?(?:dag|dagen|week|weken|maand|maanden|uur)\b", re.IGNORECASE
)
PHONE = re.compile(r"\b(?:0[89]00[- ]?\d[\d -]+\d|0\d{2,3}-\d[\d ]+\d|11[23])\b")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


def texts(topic: Topic) -> str:
    return "\n".join([topic.short_answer, *(section.text for section in topic.sections)])


def with_facts(knowledge: Knowledge) -> Iterator[tuple[Topic, str]]:
    for topic in knowledge.topics.values():
        text = texts(topic)
        if any(kind.search(text) for kind in (AMOUNT, AGE, TERM, PHONE)):
            yield topic, text


def shown(topic: Topic) -> str:
    return str(topic.path.relative_to(ROOT))


def test_the_patterns_find_facts() -> None:
    assert AMOUNT.findall("max € 129 en 12,50 euro") == ["€ 129", "12,50 euro"]
    assert AGE.search("vanaf 16 jaar") and AGE.search("een 12-jarige") and AGE.search("twaalf jaar")
    assert TERM.search("binnen zes weken") and TERM.search("4 weken") and TERM.search("acht werkdagen")
    assert PHONE.findall("bel 0800-2000 of 112") == ["0800-2000", "112"]


def test_there_are_facts_to_go_over(knowledge: Knowledge) -> None:
    assert sum(1 for _ in with_facts(knowledge)) > 150


def test_every_file_with_a_fact_names_a_source_with_an_address_and_a_day(knowledge: Knowledge) -> None:
    bare = [
        shown(topic)
        for topic, _ in with_facts(knowledge)
        if not any(knowledge.sources[key].url and knowledge.sources[key].checked_on for key in topic.sources)
    ]
    assert bare == []


def test_every_source_has_a_title_and_the_day_somebody_looked(knowledge: Knowledge) -> None:
    assert [key for key, source in knowledge.sources.items() if not source.title or not source.checked_on] == []


def test_an_amount_has_an_end_date(knowledge: Knowledge) -> None:
    """Amounts change at new year; after that day Rits says that it may be otherwise."""
    endless = [shown(topic) for topic, text in with_facts(knowledge) if AMOUNT.search(text) and not topic.valid_until]
    assert endless == []


def test_every_phone_number_is_that_of_a_help_line_with_a_source(knowledge: Knowledge) -> None:
    known = known_numbers(knowledge)
    for topic, text in with_facts(knowledge):
        assert [number for number in PHONE.findall(text) if digits(number) not in known] == [], shown(topic)
    assert [key for key, line in knowledge.help_lines.items() if not line.sources] == []


def test_a_number_of_a_gemeente_says_how_sure_it_is_and_from_where(knowledge: Knowledge) -> None:
    for slug, gemeente in knowledge.gemeenten.items():
        if gemeente.team.phone or (gemeente.youth_crisis and gemeente.youth_crisis.phone):
            assert gemeente.sources, slug
