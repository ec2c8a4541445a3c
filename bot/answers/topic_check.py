"""What the check asks of one topic: lengths, headings, references, numbers and plain Dutch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.answers import plain_text
from bot.answers.fields import key_lines, suggestion
from bot.answers.placeholders import PLACEHOLDER, PLACEHOLDERS
from bot.answers.problem import Problem, error, unknown_references, warning
from bot.answers.schema import Knowledge, Theme, Topic

LONGEST_TITLE = 70
LONGEST_BUTTON = 32
LONGEST_SHORT_ANSWER = 60
WORDS_OF_A_TOPIC = range(90, 191)
MOST_WORDS_FOR_ONE_AGE = 45  # more, for whoever reads what is written for just that age
MOST_RELATED = 3

# Each place holds the spellings that are allowed there.
HEADINGS: dict[Theme, tuple[tuple[str, ...], ...]] = {
    "gewoon_of_zorg": (
        ("Wat erbij hoort",),
        ("Wat vaak helpt",),
        ("Wanneer hulp zoeken",),
        ("Wie eerst vragen",),
    ),
    "hulp_vinden": (("Zo werkt het",), ("Volgende stap",)),
    "achttien": (("Wat er verandert",), ("Wat nu te regelen",), ("Volgende stap",)),
    "verwijzen": (("Route",), ("Wat erin moet",), ("Toestemming en privacy",), ("Volgende stap",)),
    "rechten": (("Wat geldt",), ("Zo pakt u het aan", "Zo pak je het aan"), ("Volgende stap",)),
}
MAY_BE_LEFT_OUT = frozenset({"Wat erin moet"})
THEMES_WITH_AGE_PARTS: frozenset[Theme] = frozenset({"gewoon_of_zorg"})
OLDEST_CHILD = 27

_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|\{\{|\{%|\{#")
_NUMBER = re.compile(r"(?<![\d-])(?:(?:\+31[ -]?|0)\d[\d \-]{5,}\d|14 ?0\d{2,3}|11[23])(?!\d|-\d)")
_DOUBLE_ARTICLE = re.compile(r"\b(?:het|de|een|gemeente) \{(?:team|gemeente)\}", re.IGNORECASE)


def check_topic(topic: Topic, knowledge: Knowledge) -> Iterator[Problem]:
    """Every problem of one file."""
    lines = key_lines(topic.path.read_text(encoding="utf-8"))
    yield from _lengths(topic, lines)
    yield from _headings(topic)
    yield from _age_parts(topic)
    yield from _references(topic, knowledge, lines)
    yield from _audiences(topic, lines)
    yield from _forbidden(topic, knowledge)
    yield from _plain_dutch(topic, knowledge)


def parts(topic: Topic) -> Iterator[tuple[int, str]]:
    """Every paragraph and list item with its line."""
    yield from plain_text.blocks(topic.short_answer, short_answer_line(topic.path, topic.short_answer))
    for section in topic.sections:
        yield from plain_text.blocks(section.text, section.line + 1)
        for part in section.parts:
            yield from plain_text.blocks(part.text, part.line + 1)


def short_answer_line(path: Path, short_answer: str) -> int:
    first = short_answer.splitlines()[0]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() == first.strip():
            return number
    return 1


def _lengths(topic: Topic, lines: dict[str, int]) -> Iterator[Problem]:
    limits = (("titel", topic.title, LONGEST_TITLE), ("knop", topic.button, LONGEST_BUTTON))
    for key, text, limit in limits:
        if len(text) > limit:
            yield error(topic.path, lines.get(key), "too_long", field=key, length=len(text), limit=limit)
    short = len(topic.short_answer.split())
    if short > LONGEST_SHORT_ANSWER:
        line = short_answer_line(topic.path, topic.short_answer)
        yield error(topic.path, line, "short_answer_long", words=short, limit=LONGEST_SHORT_ANSWER)
    yield from _total(topic, short)


def _total(topic: Topic, short: int) -> Iterator[Problem]:
    """What one person sees: without an age, and at each age for which something is added."""
    fewest, most = WORDS_OF_A_TOPIC.start, WORDS_OF_A_TOPIC.stop - 1
    general = short + sum(len(section.text.split()) for section in topic.sections)
    if general not in WORDS_OF_A_TOPIC:
        yield warning(topic.path, None, "topic_length", words=general, fewest=fewest, most=most)
    starts = {part.ages[0]: part for section in topic.sections for part in section.parts}
    for age, part in sorted(starts.items()):
        added = sum(len(each.text.split()) for section in topic.sections for each in section.parts if each.is_for(age))
        if added > MOST_WORDS_FOR_ONE_AGE:
            ages = f"{part.ages[0]}-{part.ages[1]}"
            yield warning(topic.path, part.line, "age_part_long", ages=ages, words=added, most=MOST_WORDS_FOR_ONE_AGE)


def _headings(topic: Topic) -> Iterator[Problem]:
    wanted = HEADINGS[topic.theme]
    allowed = [name for names in wanted for name in names]
    found = [section.heading for section in topic.sections]
    for section in topic.sections:
        if section.heading not in allowed:
            hint = suggestion(section.heading, allowed)
            yield error(topic.path, section.line, "unknown_heading", heading=section.heading, hint=hint)
        if not section.text:
            yield error(topic.path, section.line, "empty_section", heading=section.heading)
    for names in wanted:
        if not set(names) & set(found) and names[0] not in MAY_BE_LEFT_OUT:
            yield error(topic.path, None, "missing_heading", heading=names[0])
    known = [heading for heading in found if heading in allowed]
    if known != sorted(known, key=allowed.index) or len(set(known)) < len(known):
        yield error(topic.path, None, "heading_order", order=", ".join(names[0] for names in wanted))


def _age_parts(topic: Topic) -> Iterator[Problem]:
    """Parts by age stand in one theme, within the ages of the topic, and never two for one age."""
    for section in topic.sections:
        last = 0
        for part in section.parts:
            ages = f"{part.ages[0]}-{part.ages[1]}"
            if topic.theme not in THEMES_WITH_AGE_PARTS:
                yield error(topic.path, part.line, "age_part_theme", ages=ages)
            if not part.text:
                yield error(topic.path, part.line, "age_part_empty", ages=ages)
            if part.ages[0] >= part.ages[1] or part.ages[1] > OLDEST_CHILD:
                yield error(topic.path, part.line, "bad_ages", field=f"### {ages}")
            elif part.ages[0] < last:
                yield error(topic.path, part.line, "age_part_overlap", ages=ages)
            elif topic.ages and (part.ages[0] >= topic.ages[1] or part.ages[1] <= topic.ages[0]):
                whole = f"{topic.ages[0]}-{topic.ages[1]}"
                yield error(topic.path, part.line, "age_part_outside", ages=ages, whole=whole)
            last = max(last, part.ages[1])


def _references(topic: Topic, knowledge: Knowledge, lines: dict[str, int]) -> Iterator[Problem]:
    registers = (
        ("bronnen", topic.sources, knowledge.sources),
        ("hulplijnen", topic.help_lines, knowledge.help_lines),
        ("zie_ook", topic.see_also, knowledge.slugs()),
    )
    for key, used, known in registers:
        yield from unknown_references(topic.path, lines.get(key), key, used, known)
    if not topic.sources:
        yield error(topic.path, lines.get("bronnen"), "no_source")
    if len(topic.see_also) > MOST_RELATED:
        yield error(topic.path, lines.get("zie_ook"), "too_many_related", limit=MOST_RELATED)
    if topic.slug in topic.see_also:
        yield error(topic.path, lines.get("zie_ook"), "related_to_itself")
    if topic.valid_until and topic.valid_until <= topic.checked_on:
        yield error(topic.path, lines.get("geldig_tot"), "valid_before_checked")


def _audiences(topic: Topic, lines: dict[str, int]) -> Iterator[Problem]:
    if topic.variant and topic.variant not in topic.audiences:
        yield error(topic.path, lines.get("doelgroep"), "variant_for_others", variant=topic.variant)
    if topic.audiences == ("jongere",):
        yield from _address(topic, "u_form", plain_text.formal_words)
    elif "jongere" not in topic.audiences:
        yield from _address(topic, "je_form", plain_text.informal_words)


def _address(topic: Topic, text: str, find: Callable[[str], list[str]]) -> Iterator[Problem]:
    for line, block in parts(topic):
        found = find(block)
        if found:
            yield warning(topic.path, line, text, word=found[0])


def _forbidden(topic: Topic, knowledge: Knowledge) -> Iterator[Problem]:
    for line, block in parts(topic):
        yield from forbidden(topic.path, line, block, knowledge)


def forbidden(path: Path, line: int, text: str, knowledge: Knowledge) -> Iterator[Problem]:
    """What may stand in no text of ours: markup, a word that is not filled in, a number without a source."""
    if _MARKUP.search(text):
        yield error(path, line, "markup")
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            hint = suggestion(name, PLACEHOLDERS)
            yield error(path, line, "unknown_placeholder", name=name, hint=hint)
    if _DOUBLE_ARTICLE.search(text):
        yield warning(path, line, "double_article")
    yield from unknown_numbers(path, line, text, knowledge)


def unknown_numbers(path: Path, line: int, text: str, knowledge: Knowledge) -> Iterator[Problem]:
    """What looks like a telephone number, and is of no help line."""
    found = _NUMBER.findall(text)
    known = known_numbers(knowledge) if found else frozenset()  # few texts hold a number
    for number in found:
        if digits(number) not in known:
            yield error(path, line, "unknown_number", number=number.strip())


def known_numbers(knowledge: Knowledge) -> frozenset[str]:
    """The digits of every help line; one entry may hold two numbers ("113 of 0800-0113")."""
    texts = (line.number for line in knowledge.help_lines.values() if line.number)
    return frozenset(digits(part) for text in texts for part in text.split(" of "))


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain_dutch(topic: Topic, knowledge: Knowledge) -> Iterator[Problem]:
    rare: dict[str, int] = {}
    for line, block in parts(topic):
        text = PLACEHOLDER.sub("", block)
        for sentence in plain_text.long_sentences(text):
            yield warning(topic.path, line, "long_sentence", words=len(plain_text.words(sentence)))
        for word in _rare_words(topic, text, knowledge):
            rare.setdefault(word, line)
    if rare:
        shown = list(rare)[: plain_text.MOST_RARE_SHOWN]
        yield warning(topic.path, rare[shown[0]], "rare_words", words=", ".join(shown))


def _rare_words(topic: Topic, text: str, knowledge: Knowledge) -> list[str]:
    """Professionals know the words of their trade."""
    return [] if topic.audiences == ("professional",) else plain_text.rare_words(text, knowledge.terms)
