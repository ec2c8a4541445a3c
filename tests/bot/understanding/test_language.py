"""Which language it is; Dutch with English in it stays Dutch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML

from bot.settings import ROOT
from bot.understanding.elsewhere import Kinds, find_elsewhere
from bot.understanding.language import find_language

MOST_WRONG = 0.003


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my son does not want to go to school", "en"),
        ("oğlum okula gitmek istemiyor ne yapmalıyım", "tr"),
        ("kocam beni dovuyor", "tr"),
        ("ابني لا ينام في الليل", "ar"),
        ("moja córka nie chce chodzić do szkoły", "pl"),
        ("мені потрібна допомога для моєї дитини", "uk"),
        ("где найти помощь для ребенка", "ru"),
        ("mein sohn hört nicht auf mich", "de"),
        ("mon fils ne dort pas bien", "fr"),
        ("necesito ayuda con mi hija", "es"),
        ("soțul meu este foarte nervos cu copiii", "ro"),
        ("دخترم نمی خوابد و من کمک می خواهم", "fa"),
        ("ወደይ ኣብ ቤት ትምህርቲ ይጽገም ኣሎ", "ti"),
        ("我的儿子不想去学校", "other"),
    ],
)
def test_a_language_is_recognised(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "my bad ik bedoel mijn zoon van 4",
        "lowkey geen zin meer in school bro, life sucks",
        "mijne zoon wilt nie slapen, amai wa nen toestand",
        "wallah ik zweer die juf haat mij",
        "hij kijkt the voice of holland en game of thrones",
        "Ayşe en Paweł pesten mijn dochter",
        "blauwe enveloppen in de la",
        "help",
        "jw315",
        "🙂🙂",
        "",
    ],
)
def test_dutch_with_loan_words_is_dutch(text: str) -> None:
    assert find_language(text) is None


def held_out() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "nlu").glob("*/*.yml")):
        if path.stem == "other_language":
            continue
        yield from (str(entry["text"]) for entry in YAML(typ="safe", pure=True).load(path))


def test_hardly_any_dutch_message_is_called_foreign() -> None:
    texts = [text for text in held_out() if text.isascii()]
    wrong = [text for text in texts if find_language(text)]
    assert len(wrong) <= MOST_WRONG * len(texts), wrong


def test_who_does_know_is_found_by_word_and_by_likeness() -> None:
    assert find_elsewhere("ik wil een nieuw paspoort") == "gemeente"
    assert find_elsewhere("mijn hamster eet niet") == "dierenarts"
    kinds = Kinds.learn({"tuin": ["de heg snoeien", "gras maaien"], "eten": ["soep koken", "brood bakken"]})
    assert kinds.of("wanneer gras maaien") == "tuin"
    assert kinds.of("xyz") is None
