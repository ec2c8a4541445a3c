"""The trained model beside the word list: what it may raise and lower, and that its file is of today's examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.safety import assess
from bot.safety.assessment import assess_with
from bot.safety.explanation import explain
from bot.safety.grams import BUCKETS
from bot.safety.judgement import OPINION, Bounds, judge
from bot.safety.matcher import matcher
from bot.safety.second_opinion import FILE, SecondOpinion, second_opinion
from bot.safety.words import tokenize, visible
from bot.safety_training import Example, fingerprint, read_examples, train
from bot.settings import ROOT

NEVER, ALWAYS = Bounds(keeps_emergency=0, keeps_question=0), Bounds(keeps_emergency=1, keeps_question=1)


def model(**bias: float) -> SecondOpinion:
    """One that always answers the same: the level with the highest bias."""
    levels = np.array([bias.get(level, 0.0) for level in ("none", "concern", "urgent", "life")], dtype=np.float32)
    return SecondOpinion(
        rarity=np.ones(BUCKETS, dtype=np.float32),
        levels=np.zeros((BUCKETS, 4), dtype=np.float32),
        level_bias=levels,
        lexicon=np.zeros((4, 4), dtype=np.float32),
        kinds=np.zeros((BUCKETS, 1), dtype=np.float32),
        kind_bias=np.zeros(1, dtype=np.float32),
        kind_names=("violence",),
    )


def test_it_may_raise_what_the_word_list_does_not_see() -> None:
    raised = judge("zomaar een zin van een paar woorden", model(urgent=9), Bounds())
    assert (raised.level, raised.kind, raised.signals[0].rule) == ("urgent", "violence", OPINION)
    asked = judge("zomaar een zin van een paar woorden", model(concern=9), Bounds())
    assert asked.level == "concern"


def test_it_never_takes_away_what_two_rules_say_nor_danger_to_life() -> None:
    calm = model(none=20)
    assert judge("ik wil echt gewoon dood", calm, ALWAYS).is_emergency
    grave = "ik heb net een hele strip pillen geslikt, ik wil dood"
    assert assess_with(matcher(), grave).level == "life_threatening"
    assert judge(grave, calm, ALWAYS).level == "life_threatening"


def test_danger_in_another_language_is_left_alone() -> None:
    text = "my father hits me"
    assert judge(text, model(none=20), ALWAYS) == assess_with(matcher(), text)


def test_an_emergency_of_one_rule_becomes_a_question_at_most() -> None:
    text = next(
        text
        for text in ("hij slaat mij", "mijn vader slaat mij", "ik word geslagen thuis", "ik snij mezelf")
        if len([s for s in assess_with(matcher(), text).signals if s.level == "urgent"]) == 1
    )
    assert judge(text, model(none=20), Bounds()).level == "concern"
    assert judge(text, model(none=20), NEVER).level == "urgent"


def test_the_gravest_fact_may_come_late_in_a_long_story() -> None:
    practical = "Hallo, ik heb een vraag over de zwemles van mijn zoon op dinsdag. " * 4
    assert assess(practical).level == "none"
    assert assess(practical + "Mijn man slaat de kinderen als hij gedronken heeft.").is_emergency


@pytest.mark.parametrize(
    "text", ["en als hij 12 is?", "wat kost dat?", "groep 6", "ja", "laat maar", "en in oudewater?"]
)
def test_a_short_answer_is_no_danger(text: str) -> None:
    assert assess(text).level == "none"


def test_nothing_to_read_is_no_danger() -> None:
    assert [assess(text).level for text in ("", "   ", "...", "\u200b")] == ["none"] * 4


def test_every_verdict_can_be_explained() -> None:
    lines = list(explain("ik wil dood"))
    assert lines[0].startswith("level: urgent")
    assert any("wil_dood" in line for line in lines) and any("second opinion" in line for line in lines)
    assert list(explain("..."))[0] == "level: none"


def test_the_file_is_made_of_the_examples_that_stand_in_data() -> None:
    assert second_opinion().made_from == fingerprint(read_examples(ROOT / "data" / "safety")), "run `rits safety train`"


def test_the_examples_are_many_and_half_of_the_danger_is_unsaid() -> None:
    examples = read_examples(ROOT / "data" / "safety")
    assert sum(example.level != "none" for example in examples) >= 2_500
    assert len({example.text for example in examples}) == len(examples)


def test_what_is_stored_answers_the_same(tmp_path: Path) -> None:
    words = ["mijn vader slaat mij", "ik word geslagen thuis", "wanneer is de zwemles", "hoe laat begint school"]
    examples = [Example(text, "urgent", kind) for text, kind in zip(words[:2], ("violence", "neglect"), strict=True)]
    examples += [Example(text, "concern", "neglect") for text in words[:1]] + [Example(t, "none") for t in words[2:]]
    examples += [Example("hij stikt en ademt niet", "life_threatening", "medical")]
    made = train([replace(example) for example in examples * 2], lambda line: None)
    made.save(tmp_path / "model.npz")
    stored = SecondOpinion.load(tmp_path / "model.npz")
    for text in words:
        tokens = tokenize(visible(text))
        ours, theirs = made.ask(tokens, "none"), stored.ask(tokens, "none")
        assert ours.kind == theirs.kind
        assert np.allclose(ours.chances, theirs.chances, atol=0.02)


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    "answer", ["morgen", "nu", "vandaag", "weet ik niet", "weet ik niet meer", "vanavond", "soms", "nu meteen niet"]
)
def test_it_does_not_guess_at_an_answer_that_says_nothing(answer: str) -> None:
    """To "wanneer?" somebody says "morgen"; that is not an emergency."""
    assert assess(answer).level == "none"


@pytest.mark.parametrize("answer", ["dood", "help", "zelfmoord", "ik wil niet meer", "112"])
def test_the_word_list_still_reads_the_shortest_cry(answer: str) -> None:
    assert assess(answer).level == assess_with(matcher(), answer).level
