"""What is taken out of a text before anybody may learn from it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.deidentify import Deidentifier
from bot.privacy.scoring import Score, left_over, read_example, read_examples, score

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# What was measured, less one in twenty: see docs/decisions/0014.
RECALL = {"tuning": 0.97, "report": 0.92}
NAMES = {"tuning": 0.97, "report": 0.94}
PRECISION = 0.92
LOST = 0.03


@pytest.fixture(scope="module")
def first() -> Deidentifier:
    return Deidentifier()


@pytest.fixture(scope="module", params=["tuning", "report"])
def half(request: pytest.FixtureRequest, first: Deidentifier) -> tuple[str, Score]:
    examples = read_examples(HERE / f"{request.param}.yml")
    return request.param, score(examples, lambda text: first.run(text).text)


def test_the_set_is_large_and_no_sentence_is_in_both_halves() -> None:
    halves = [{example.text for example in read_examples(HERE / f"{name}.yml")} for name in RECALL]
    assert sum(map(len, halves)) >= 240
    assert not set.intersection(*halves)


def test_recall_and_precision_stay_above_their_floors(half: tuple[str, Score]) -> None:
    name, found = half
    assert found.recall >= RECALL[name], found.missed
    assert found.recall_of("naam") >= NAMES[name], found.missed
    assert found.precision >= PRECISION
    assert found.lost <= LOST


@pytest.mark.parametrize("kind", ["telefoon", "nummer", "postcode", "rekening", "kenteken", "account"])
def test_what_has_a_fixed_form_is_always_found(half: tuple[str, Score], kind: str) -> None:
    assert half[1].recall_of(kind) == 1.0, half[1].missed


@pytest.mark.parametrize(
    "text",
    [
        "kan ik pgb krijgen voor mijn kind van 3",
        "mijn zoon wil niet naar school en eet alleen wit brood",
        "bel 113 of 0800-0432 of 112",
        "ik ben 15 jaar en 6 maanden en mijn broertje is 8",
        "hij wil een bas en een roos",
        "we wachten al 12 weken op hulp van het wijkteam in gouda",
        "het kost 1.250 euro per maand, of 45,50 per week",
    ],
)
def test_an_ordinary_question_stays_as_it_is(first: Deidentifier, text: str) -> None:
    assert first.run(text).text == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mijn dochter roos is 12", "mijn dochter [naam] is 12"),
        ("ik geef haar een roos", "ik geef haar een roos"),
        ("mijn zoon wil niet", "mijn zoon wil niet"),
        ("mijn zoon can is 10", "mijn zoon [naam] is 10"),
        ("meneer de boer belde", "meneer [naam] belde"),
        ("de boer belde", "de boer belde"),
        ("ik ben storm en ik ben 15", "ik ben [naam] en ik ben 15"),
        ("het was storm op zee", "het was [naam] op zee"),  # in doubt it goes
        ("jan de vries en piet", "[naam] en [naam]"),
    ],
)
def test_a_name_that_is_also_a_word_hangs_on_its_neighbours(first: Deidentifier, text: str, left: str) -> None:
    assert first.run(text).text == left


def test_a_word_that_nobody_knows_is_left_out(first: Deidentifier) -> None:
    assert "qwrtzia" not in first.run("mijn vriendin qwrtzia snijdt zich").text


def test_the_sharp_edges_of_scoring() -> None:
    example = read_example("bel {naam:daan van dijk} op {telefoon:0612345678}")
    assert example.text == "bel daan van dijk op 0612345678"
    assert left_over(example.text, "bel [naam] op [telefoon]") == [True, False, False, False, True, False]
    half_done = score([example], lambda _: "bel [naam] van dijk op [telefoon]")
    assert half_done.recall == 0.5 and half_done.missed[0][0] == "naam"
    untouched = score([example], lambda text: text)
    assert untouched.recall == 0 and untouched.lost == 0


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_goes_through_and_twice_is_once(text: str) -> None:
    first = _shared()
    once = first.run(text).text
    assert first.run(once).text == once


_made: list[Deidentifier] = []


def _shared() -> Deidentifier:
    if not _made:
        _made.append(Deidentifier())
    return _made[0]


@pytest.mark.clocked
def test_a_message_takes_some_milliseconds(first: Deidentifier) -> None:
    import time

    text = "mijn zoon daan van 8 slaapt slecht en juf anja zegt dat hij adhd heeft " * 5
    first.run(text)
    started = time.perf_counter()
    for _ in range(20):
        first.run(text)
    assert (time.perf_counter() - started) / 20 < 0.2


FAKE_DEDUCE = """
class Note:
    def __init__(self, tag, start, end): self.tag, self.start_char, self.end_char = tag, start, end
class Doc:
    def __init__(self, text):
        at = text.find("Fatima")
        self.annotations = [Note("persoon", at, at + 6)] if at >= 0 else []
        age = text.find("8 jaar")
        self.annotations += [Note("leeftijd", age, age + 6)] if age >= 0 else []
class Deduce:
    def deidentify(self, text): return Doc(text)
"""


def test_the_batch_speaks_json_lines_and_keeps_marks_and_ages(tmp_path: Path) -> None:
    (tmp_path / "deduce.py").write_text(FAKE_DEDUCE)
    asked = [{"id": 7, "text": "[naam] en Fatima zijn 8 jaar"}, {"id": 9, "text": "niets"}]
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[0] = 'x'\n"
    script += (
        (ROOT / "scripts" / "deduce_batch.py")
        .read_text(encoding="utf-8")
        .replace("from __future__ import annotations", "")
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="".join(json.dumps(one) + "\n" for one in asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers == [
        {"id": 7, "text": "[naam] en [naam] zijn 8 jaar", "found": 1},
        {"id": 9, "text": "niets", "found": 0},
    ]


def test_no_list_holds_a_word_twice_in_one_file() -> None:
    for path in (ROOT / "bot" / "privacy" / "names").glob("*.txt"):
        assert re.search(r"\S", path.read_text(encoding="utf-8")), path
