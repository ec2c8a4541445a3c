"""Where a message may fall apart in two, and which sentence of a story asks."""

from __future__ import annotations

import numpy as np
import pytest

from bot.understanding.long_story import combine
from bot.understanding.message_parts import asks, cuts, is_long_story, sentences
from bot.understanding.second_question import find_two

A, B, NONE = np.eye(3, dtype=np.float32) * 0.97 + 0.01


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Hij slaapt niet. En hij bijt ook kinderen.", "Hij slaapt niet.", "En hij bijt ook kinderen."),
        ("hoe vraag ik het aan en wat kost dat dan", "hoe vraag ik het aan", "en wat kost dat dan"),
        ("mag hij weigeren, en trouwens het schema past niet", "mag hij weigeren", "en trouwens het schema past niet"),
        ("hij slaapt slecht nog een vraag hoe krijg ik pgb", "hij slaapt slecht", "nog een vraag hoe krijg ik pgb"),
    ],
)  # fmt: skip
def test_a_message_may_fall_apart_at_a_joint(text: str, before: str, after: str) -> None:
    assert (before, after) in [(cut.before, cut.after) for cut in cuts(text)]


@pytest.mark.parametrize("text", ["", "hallo", "hij is 3", "mijn man en ik", "Dr. Jansen zei 2.5 jaar", "wat kost dat"])
def test_a_short_message_is_one(text: str) -> None:
    assert cuts(text) == []


def test_a_word_or_two_belongs_to_the_sentence_before_it() -> None:
    assert sentences("Hij is druk. Heel druk. Wat kan ik doen?") == ["Hij is druk. Heel druk.", "Wat kan ik doen?"]


@pytest.mark.parametrize("text", ["waar kan ik heen", "En wat kost dat", "is dit normaal?", "dus hoe pak je dat aan"])
def test_a_question_needs_no_sign(text: str) -> None:
    assert asks(text)


def test_a_story_is_long_from_sixty_words_on() -> None:
    assert not is_long_story("woord " * 60)
    assert is_long_story("woord " * 61)


def test_two_halves_that_are_sure_of_something_else_are_two_questions() -> None:
    found = cuts("Hij slaapt erg slecht. En hoe vraag ik een pgb aan?")
    two = find_two((A + B) / 2, found, np.array([A, B]), [True, True, False])
    assert two and {two.first, two.second} == {0, 1}


def test_what_the_whole_is_most_about_is_first() -> None:
    found = cuts("Hij slaapt erg slecht. En hoe vraag ik een pgb aan?")
    two = find_two(0.2 * A + 0.8 * B, found, np.array([A, B]), [True, True, False])
    assert two and (two.first, two.second) == (1, 0)


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Hij slaapt erg slecht. En hoe vraag ik een pgb aan?", (A, A)),
        ("Hij slaapt erg slecht. En hoe vraag ik een pgb aan?", (A, NONE)),
        ("Hij slaapt erg slecht. En wat moet ik doen?", (A, B)),
        ("Hij slaapt erg slecht. Hij krijgt een pgb.", (A, B * 0.8 + A * 0.2)),
    ],
)
def test_one_question_stays_one(text: str, halves: tuple[np.ndarray, np.ndarray]) -> None:
    assert find_two(A, cuts(text), np.array(halves), [True, True, False]) is None


def test_a_story_weighs_its_question_and_its_sentences() -> None:
    whole = np.array([0.4, 0.35, 0.25])
    assert combine(whole, np.array([B, A, B]), [False, False, False]).argmax() == 1
    assert combine(whole, np.array([NONE, B, B]), [False, True, False]).argmax() == 1
    assert (combine(whole, np.empty((0, 3)), []) == whole).all()
    assert combine(whole, np.array([A, B]), [False, True]).sum() == pytest.approx(1.0)
