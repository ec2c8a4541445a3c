"""What is measured was never learned: no message of the evaluation set, nor a near copy, is training data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz
from ruamel.yaml import YAML
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.answers.load import KnowledgeShelf
from bot.safety_training import read_examples
from bot.scorecard import Entry, read_half
from bot.settings import ROOT

SETS = ROOT / "tests" / "nlu"
HALVES = ("tuning", "report")
NEAREST = 5
SAME_WORDS, SAME_MEANING = 85, 0.95
ENOUGH_WORDS = 4
"""Shorter messages of different people are often the same by nature."""
LEAST = {"danger_explicit": 80, "danger_implicit": 70, "alarming": 300, "out_of_scope": 120}


@cache
def entries(half: str) -> list[Entry]:
    return read_half(SETS / half)


@cache
def learned() -> list[str]:
    return [*_nlu_messages(), *(example.text for example in read_examples(ROOT / "data" / "safety"))]


def _nlu_messages() -> Iterator[str]:
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for intent in YAML(typ="safe", pure=True).load(path)["nlu"]:
            yield from (line.strip()[2:] for line in intent["examples"].splitlines() if line.strip().startswith("- "))


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.casefold()).split())


def test_the_set_is_large_enough() -> None:
    files = Counter(entry.file for half in HALVES for entry in entries(half))
    assert all(files[name] >= least for name, least in LEAST.items()), files
    assert files["two_questions"] >= 60 and files["other_language"] >= 40
    assert sum(count for name, count in files.items() if name.startswith("scope_")) >= 900


def test_no_message_stands_in_both_halves() -> None:
    tuning, report = ({plain(entry.text) for entry in entries(half)} for half in HALVES)
    assert not tuning & report


def test_every_topic_that_is_asked_for_exists(shelf: KnowledgeShelf) -> None:
    asked = {topic for half in HALVES for entry in entries(half) for topic in (*entry.topics, *entry.both)}
    assert asked <= set(shelf.current.slugs())


def test_every_topic_is_asked_for_in_the_report_half(shelf: KnowledgeShelf) -> None:
    asked = {entry.topics[0] for entry in entries("report") if entry.file.startswith("scope_")}
    assert len(asked) >= 0.95 * len(set(shelf.current.slugs()))


@pytest.mark.model
def test_no_near_copy_was_learned() -> None:
    """By letters and by meaning, against the training messages that look most like it."""
    asked = [entry.text for half in HALVES for entry in entries(half) if len(entry.text.split()) >= ENOUGH_WORDS]
    pairs = list(_nearest(asked, learned()))
    copies = [pair for pair in pairs if fuzz.ratio(plain(pair[0]), plain(pair[1])) > SAME_WORDS]
    assert not copies
    assert not _same_meaning(pairs)


def _nearest(asked: list[str], known: list[str]) -> Iterator[tuple[str, str]]:
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), dtype=np.float32).fit(known)
    rows, columns = grams.transform(asked), grams.transform(known).T.tocsc()
    for number, text in enumerate(asked):
        likeness = (rows[number] @ columns).toarray()[0]
        yield from ((text, known[place]) for place in np.argpartition(-likeness, NEAREST)[:NEAREST])


def _same_meaning(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    from bot.understanding.sentence_encoder import encode

    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    vectors = dict(zip(texts, encode(texts), strict=True))
    return [pair for pair in pairs if float(vectors[pair[0]] @ vectors[pair[1]]) > SAME_MEANING]


def test_messages_without_an_owner_hold_no_markup() -> None:
    """A training line with brackets would be read by Rasa as an entity."""
    assert not [text for text in _nlu_messages() if re.search(r"[\[\]{}()]", text)]


def test_the_folders_hold_nothing_else() -> None:
    assert {path.name for path in Path(SETS).iterdir()} <= {*HALVES, "README.md", "floors.yml"}
