"""What is learned from use: counted, de-identified, sealed, and never at the cost of an answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import NOW
from cryptography.fernet import Fernet
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.errors import NotStoredError, SettingsError
from bot.learning.groups import grouped
from bot.learning.overview import overview
from bot.learning.recorder import LONGEST_QUESTION, Recorder
from bot.learning.second_look import check_all, deduce_look
from bot.learning.store import Batch, Counted, Judgement, LearningStore, Question
from bot.learning.week import week_before, week_of
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

WEEK = week_of(NOW)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path / 'rits.db'}")
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> LearningStore:
    return LearningStore(engine, Seal([Fernet.generate_key()]))


def a_recorder(store: LearningStore, clean=lambda text: text.replace("daan", "[naam]"), clock=lambda: NOW) -> Recorder:  # type: ignore[no-untyped-def]
    return Recorder(lambda: store, clean, clock)


def test_a_week_has_no_day_and_the_new_year_is_in_the_right_one() -> None:
    assert week_of(datetime(2027, 1, 1)) == "2026-W53"
    assert week_before(NOW.date(), 365) == "2025-W47"


def test_replies_are_counted_and_a_question_without_answer_is_kept_without_names(store: LearningStore) -> None:
    recorder = a_recorder(store)
    for _ in range(3):
        recorder.heard(gemeente="gouda", category="rights", topic="pgb", question="mag ik een pgb voor daan")
    recorder.heard(gemeente="gouda", category="clarify", topic=None, question="daan doet zo raar")
    recorder.flush()
    assert store.counts(WEEK, "gouda") == {("rights", "pgb"): 3, ("clarify", ""): 1}
    assert [(one.text, one.kind, one.checked) for one in store.questions(WEEK, "gouda")] == [
        ("[naam] doet zo raar", "unknown", False)
    ]


def test_a_second_flush_adds_to_the_same_count(store: LearningStore) -> None:
    recorder = a_recorder(store)
    for _ in range(2):
        recorder.heard(gemeente=None, category="rights", topic="pgb", question=None)
        recorder.flush()
    assert store.counts(WEEK, "") == {("rights", "pgb"): 2}


@pytest.mark.parametrize(
    ("category", "question"),
    [
        ("crisis", "daan"),
        ("form", "daan"),
        ("human", "daan"),
        ("clarify", None),
        ("clarify", "x" * (LONGEST_QUESTION + 1)),
    ],
)
def test_no_text_is_kept_of_danger_forms_buttons_and_stories(
    store: LearningStore, category: str, question: str | None
) -> None:
    recorder = a_recorder(store)
    recorder.heard(gemeente="gouda", category=category, topic=None, question=question)
    recorder.flush()
    assert store.questions(WEEK, "gouda") == []


@pytest.mark.clocked
def test_nobody_waits_and_nothing_breaks_when_the_database_is_away() -> None:
    def away() -> LearningStore:
        raise NotStoredError("gone")

    recorder = Recorder(away, str, lambda: NOW)
    started = time.perf_counter()
    for _ in range(1500):
        recorder.heard(gemeente="gouda", category="clarify", topic=None, question="waarom")
    assert time.perf_counter() - started < 1.0
    recorder.flush()


def test_what_could_not_be_written_is_written_later(store: LearningStore) -> None:
    tries: list[int] = []

    def sometimes() -> LearningStore:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("select", {}, Exception("locked"))
        return store

    recorder = Recorder(sometimes, str, lambda: NOW)
    recorder.heard(gemeente="gouda", category="rights", topic="pgb", question=None)
    recorder.flush()
    assert store.counts(WEEK, "gouda") == {}
    recorder.flush()
    assert store.counts(WEEK, "gouda") == {("rights", "pgb"): 1}


def test_texts_are_sealed_on_the_disk(store: LearningStore, engine: Engine, tmp_path: Path) -> None:
    batch = Batch(questions=[Question(WEEK, "gouda", "unknown", "kanariegele vraag")])
    batch.judgements.append(Judgement(WEEK, "gouda", "pgb", "down", "kanariegele reden"))
    store.add(batch)
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("rits.db*"))
    assert b"kanariegele" not in raw
    assert store.judgements(WEEK, "gouda")[0].reason == "kanariegele reden"


def test_a_team_sees_its_own_texts_only(store: LearningStore) -> None:
    store.add(
        Batch(
            counts={Counted(WEEK, "gouda", "rights", "pgb"): 9, Counted(WEEK, "zoetermeer", "rights", "pgb"): 3},
            questions=[
                Question(WEEK, "gouda", "unknown", "van hier"),
                Question(WEEK, "zoetermeer", "unknown", "van daar"),
            ],
            judgements=[Judgement(WEEK, "zoetermeer", "pgb", "down", "van daar")],
        )
    )
    seen = overview(store, gemeente="gouda", week=None)
    assert [group.questions[0].text for group in seen.groups] == ["van hier"]
    assert seen.reasons == [] and seen.thumbs == []
    # All have twelve; less our nine that would tell three of the other.
    assert [(row.name, row.own, row.everybody) for row in seen.rows] == [("pgb", 9, None)]
    assert seen.total is None


def test_an_unknown_week_gives_the_newest(store: LearningStore) -> None:
    store.add(Batch(counts={Counted("2026-W01", "", "rights", "pgb"): 9, Counted(WEEK, "", "rights", "pgb"): 9}))
    assert overview(store, gemeente="", week="2020-W01").week == WEEK
    assert overview(store, gemeente="", week="2026-W01").week == "2026-W01"


def test_nothing_yet_is_an_empty_page(store: LearningStore) -> None:
    seen = overview(store, gemeente="gouda", week=None)
    assert (seen.week, seen.rows, seen.groups) == ("", [], ())


def test_questions_that_look_alike_stand_together() -> None:
    texts = [
        "hoe kan ik een pgb aanvragen", "kan ik pgb aanvragen voor mijn kind", "pgb aanvragen hoe werkt dat",
        "mijn hond is ziek", "zieke hond wat nu", "welke dag komt de vuilniswagen",
    ]  # fmt: skip
    groups = grouped([Question(WEEK, "", "unknown", text) for text in texts])
    assert len(groups[0].questions) == 3 and all("pgb" in one.text for one in groups[0].questions)
    assert sorted(len(group.questions) for group in groups) in ([1, 1, 1, 3], [1, 2, 3])


def test_grouping_a_full_week_stays_quick() -> None:
    questions = [
        Question(WEEK, "", "unknown", f"vraag nummer {at} over onderwerp {at % 40} en nog iets") for at in range(600)
    ]
    started = time.perf_counter()
    assert sum(len(group.questions) for group in grouped(questions)) == 400
    assert time.perf_counter() - started < 5


def test_old_weeks_are_erased_and_a_dry_run_only_counts(store: LearningStore) -> None:
    old = week_of(NOW - timedelta(days=400))
    store.add(Batch(counts={Counted(old, "", "rights", "pgb"): 9}, questions=[Question(WEEK, "", "unknown", "nieuw")]))
    before = week_before(NOW.date(), 365)
    assert store.erase_before(before, dry_run=True) == 1 and store.weeks() == [WEEK, old]
    assert store.erase_before(before) == 1 and store.weeks() == [WEEK]


def test_the_second_look_changes_and_marks_what_waits(store: LearningStore) -> None:
    store.add(Batch(questions=[Question(WEEK, "", "unknown", "fatima huilt")]))
    store.add(
        Batch(judgements=[Judgement(WEEK, "", "pgb", "down", "fatima weet het niet"), Judgement(WEEK, "", "pgb", "up")])
    )
    assert check_all(store, [lambda texts: [text.replace("fatima", "[naam]") for text in texts]]) == 2
    (question,) = store.questions(WEEK, "")
    assert (question.text, question.checked) == ("[naam] huilt", True)
    assert check_all(store, [lambda texts: texts]) == 0


def test_without_a_second_look_nothing_counts_as_checked(store: LearningStore) -> None:
    store.add(Batch(questions=[Question(WEEK, "", "unknown", "fatima huilt")]))
    assert check_all(store, []) == 0
    assert not store.questions(WEEK, "")[0].checked


@pytest.mark.parametrize("script", ["import sys; sys.exit(3)", "print('no json')", "pass", "print('{\"id\": 0}')"])
def test_a_look_that_fails_leaves_the_text_unchecked(store: LearningStore, tmp_path: Path, script: str) -> None:
    import sys

    store.add(Batch(questions=[Question(WEEK, "", "unknown", "fatima huilt")]))
    (tmp_path / "batch.py").write_text(script)
    with pytest.raises(SettingsError) as failed:
        check_all(store, [deduce_look(Path(sys.executable), tmp_path / "batch.py")])
    assert "fatima" not in str(failed.value)
    assert not store.questions(WEEK, "")[0].checked
