"""The side-by-side benchmark: what is asked, how it is counted, and what its table shows."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.understanding import __main__ as command
from benchmarks.understanding import one_peer, results
from benchmarks.understanding.measures import Share, macro_f1, measure
from benchmarks.understanding.messages import (
    Asked,
    Labelled,
    asked_messages,
    asked_of,
    category_of,
    fingerprint,
    limited,
    limited_asked,
    training_messages,
)
from benchmarks.understanding.peer import Job, ask_all
from benchmarks.understanding.peers import PEERS, SOURCES, rasa_default, tfidf, version_of
from benchmarks.understanding.public_sets import home_assistant, split, xsid
from benchmarks.understanding.results import Result
from benchmarks.understanding.table import COLUMNS, Present, table

ROOT = Path(__file__).parents[3]
TOPICS = {"huilbaby": "ordinary_or_care", "zorgtoeslag": "turning_18"}
BABY, MONEY = "vraag/huilbaby", "vraag/zorgtoeslag"
ASKED = [
    Asked("hij huilt", (BABY,)),
    Asked("toeslag of huilen", (MONEY, BABY)),
    Asked("grofvuil", category="out_of_scope"),
    Asked("hoi", category="smalltalk"),
    Asked("ik ga springen", (BABY,), danger=True),
    Asked("ik maak hem af met fifa", danger=False),
]
RANKINGS = [[MONEY, BABY, "greet"], [BABY, "greet", MONEY], ["out_of_scope"], ["thanks"], [BABY], ["greet"]]
PRESENT = Present("data", dict.fromkeys(PEERS, "code"))
RESULT = Result(
    peer="rits",
    day="2026-11-22 08:00",
    machine="a machine",
    inputs="data",
    version="code",
    settings={"limit": None, "epochs": None, "time_limit_s": None},
    messages=10,
    labels=5,
    asked=len(ASKED),
    rankings=RANKINGS,
    alarms=[False, False, False, False, True, True],
    train_s=12.3,
    ms_a_message=4.56,
    peak_mb=700.2,
    notes=["a note"],
)


def said(*found: Result) -> str:
    return table(found, ASKED, TOPICS, PEERS, PRESENT)


def cells(text: str, name: str) -> dict[str, str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {name} |"))
    return dict(zip(COLUMNS, line.strip("| ").split(" | "), strict=True))


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ({"topic": "huilbaby", "audience": "ouder"}, Asked("t", (BABY,))),
        ({"topic": ["zorgtoeslag", "huilbaby"]}, Asked("t", (MONEY, BABY))),
        ({"category": "out_of_scope"}, Asked("t", category="out_of_scope")),
        ({"safety": "urgent", "kind": "violence"}, Asked("t", danger=True)),
        ({"safety": ["concern", "urgent"]}, Asked("t", danger=True)),
        ({"safety": "concern", "topic": "huilbaby"}, Asked("t", (BABY,), danger=False)),
        ({"language": "en", "topic": "huilbaby"}, Asked("t")),
        ({"topics": ["huilbaby", "zorgtoeslag"]}, None),
    ],
)
def test_an_entry_is_read_as_what_it_asks_for(entry: dict[str, object], asked: Asked | None) -> None:
    assert asked_of({"text": "t", **entry}) == asked


def test_the_report_half_is_asked_as_soon_as_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "oud.yml").write_text("- {text: oud, topic: huilbaby}\n")
    assert [one.text for one in asked_messages(tmp_path)] == ["oud"]
    for name in ("report", "tuning"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yml").write_text(f"- {{text: {name}, topic: huilbaby}}\n")
    assert [one.text for one in asked_messages(tmp_path)] == ["report"]


def test_every_message_of_the_training_is_read_with_its_label(tmp_path: Path) -> None:
    (tmp_path / "vraag").mkdir()
    (tmp_path / "vraag" / "a.yml").write_text(
        "nlu:\n- intent: vraag/a\n  examples: |\n    - een - twee\n\n    - drie\n"
    )
    assert training_messages(tmp_path) == [Labelled("een - twee", "vraag/a"), Labelled("drie", "vraag/a")]


def test_a_limit_keeps_every_label() -> None:
    messages = [Labelled(str(number), "ab"[number % 2]) for number in range(10)]
    assert [one.text for one in limited(messages, 2)] == ["0", "1", "2", "3"]
    assert limited(messages, None) == messages
    assert len(limited_asked([*ASKED, *ASKED], 1)) == len(ASKED)


def test_other_data_has_another_fingerprint() -> None:
    learned = [Labelled("a", "b")]
    assert fingerprint(learned, ASKED) == fingerprint(list(learned), tuple(ASKED))
    assert fingerprint(learned, ASKED) != fingerprint(learned, ASKED[1:])
    assert fingerprint(learned, ASKED) != fingerprint([Labelled("a", "c")], ASKED)


def test_a_label_belongs_to_the_category_of_the_reply() -> None:
    names = (BABY, "vraag/bestaat_niet", "out_of_scope", "ask_for_human", "insult")
    expected = ["ordinary_or_care", None, "out_of_scope", "human", "smalltalk"]
    assert [category_of(name, TOPICS) for name in names] == expected


def test_the_figures_are_counted_as_the_table_says() -> None:
    found = measure(ASKED, RANKINGS, RESULT.alarms, TOPICS, refuses=True)
    assert found.first == Share(1, 2)  # danger is answered before any topic
    assert found.three == Share(2, 2)
    assert found.category == Share(3, 4)
    assert (found.scope_recognised, found.wrongly_refused) == (Share(1, 1), Share(0, 2))
    assert (found.crisis_recall, found.false_alarms) == (Share(1, 1), Share(1, 1))


def test_macro_f1_counts_small_topics_as_much_as_large_ones() -> None:
    firsts = [(("a",), "a"), (("a",), "a"), (("b",), "a"), (("b", "a"), "b")]
    assert macro_f1(firsts) == pytest.approx(100 * (4 / 5 + 2 / 3) / 2)
    assert macro_f1([]) is None


def test_a_row_shows_the_figures_and_what_they_cost() -> None:
    row = cells(said(RESULT), "Rits")
    assert row["right topic first, %"] == "50.0" and row["crisis recall, %"] == "100.0"
    assert (row["train, s"], row["ms a message"], row["peak MB"]) == ("12", "4.6", "700")
    assert "2026-11-22 08:00, a machine." in said(RESULT) and "- Rits: a note." in said(RESULT)


def test_who_does_not_look_for_danger_gets_a_dash() -> None:
    row = cells(said(replace(RESULT, alarms=None)), "Rits")
    assert row["crisis recall, %"] == row["false alarms, %"] == "-"


def test_what_was_not_measured_shows_the_reason_and_no_figures() -> None:
    text = said(replace(RESULT, peer="nlpjs", unavailable="not measured: no Node.js"))
    assert set(cells(text, PEERS["nlpjs"]).values()) == {PEERS["nlpjs"], "-"}
    assert "not measured: no Node.js." in text


def test_figures_of_other_data_are_not_shown_and_of_older_code_are_marked() -> None:
    other = said(replace(RESULT, inputs="older"))
    assert set(cells(other, "Rits").values()) == {"Rits", "-"} and "run it again" in other
    older = said(replace(RESULT, version="older"))
    assert cells(older, "Rits")["in the first three, %"] == "100.0" and "before its code or content changed" in older


def test_a_trial_is_called_a_trial() -> None:
    assert "the figures mean nothing" in said(replace(RESULT, settings={"limit": 3}))
    assert "the figures mean nothing" not in said(RESULT)


def test_a_result_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    results.save(tmp_path, RESULT)
    assert results.load(tmp_path, "rits") == RESULT
    assert results.load(tmp_path, "tfidf") is None
    (tmp_path / "tfidf.json").write_text('{"peer": "tfidf"}')
    assert results.load(tmp_path, "tfidf") is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_only_the_same_run_need_not_be_done_again() -> None:
    assert RESULT.answers("data", "code", RESULT.settings)
    assert not RESULT.answers("data", "code", {**RESULT.settings, "epochs": 3})
    assert not RESULT.answers("data", "newer", RESULT.settings)
    assert not replace(RESULT, unavailable="no npm").answers("data", "code", RESULT.settings)


def test_every_peer_has_a_module_and_sources() -> None:
    for peer in PEERS:
        assert (ROOT / "benchmarks" / "understanding" / "peers" / f"{peer}.py").exists()
        assert all(any(ROOT.glob(pattern)) for pattern in SOURCES[peer])
        assert version_of(peer, ROOT) == version_of(peer, ROOT)


def test_the_plain_baseline_learns(capsys: pytest.CaptureFixture[str]) -> None:
    learned = [Labelled(text, label) for text, label in (("mijn baby huilt", BABY), ("toeslag aanvragen", MONEY))] * 3
    outcome = tfidf.learn_and_ask(Job(learned, ["de baby huilt weer", "welke toeslag"]), one_peer.say)
    assert [ranking[0] for ranking in outcome.rankings] == [BABY, MONEY]
    assert outcome.alarms is None and "learned" in capsys.readouterr().out


def test_only_three_labels_a_message_are_kept() -> None:
    rankings, _ = ask_all(["a"], lambda _: "abcdef", print)
    assert rankings == [["a", "b", "c"]]


def test_labels_reach_diet_whole(tmp_path: Path) -> None:
    path = rasa_default._data(tmp_path, [Labelled('"hoi" [1](x)', BABY)])
    example = json.loads(path.read_text())["rasa_nlu_data"]["common_examples"][0]
    assert (example["text"], example["intent"]) == ('"hoi" [1](x)', "vraag|huilbaby")
    assert rasa_default._restored(example["intent"]) == BABY
    assert rasa_default._config(tmp_path, None)[1] == 100
    assert "epochs: 7" in rasa_default._config(tmp_path, 7)[0].read_text()


def test_the_lock_of_npm_names_no_host_of_packages() -> None:
    lock = json.loads((ROOT / "benchmarks" / "understanding" / "nlpjs" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_a_peer_that_fits_is_not_run_again_and_one_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one_peer, "inputs_of", lambda settings: ([Labelled("a", BABY)], ASKED))
    inputs, version = fingerprint([Labelled("a", BABY)], ASKED), version_of("rits", ROOT)
    results.save(tmp_path, replace(RESULT, inputs=inputs, version=version))
    ran: list[str] = []

    def run(line: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(line[line.index("-m") + 2])
        return subprocess.CompletedProcess(line, 1)

    monkeypatch.setattr(command.subprocess, "run", run)
    assert command.main(["--folder", str(tmp_path), "--only", "rits"]) == 0 and ran == []
    assert command.main(["--folder", str(tmp_path), "--only", "rits", "--only", "tfidf"]) == 1 and ran == ["tfidf"]
    assert command.main(["--folder", str(tmp_path), "--only", "rits", "--again"]) == 1 and ran == ["tfidf", "rits"]
    assert (tmp_path / "table.md").read_text() in capsys.readouterr().out
    failed, kept = results.load(tmp_path, "tfidf"), results.load(tmp_path, "rits")
    assert failed and failed.unavailable == "not measured: its process ended with code 1"
    assert kept and kept.rankings == RANKINGS


@pytest.mark.parametrize("arguments", [["--only", "chatgpt"], ["--epochs", "0"], ["--limit", "veel"]])
def test_what_is_typed_wrong_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2


def test_help_is_there() -> None:
    for name in ("benchmarks.understanding", "benchmarks.understanding.public_sets"):
        ran = subprocess.run([sys.executable, "-m", name, "--help"], cwd=ROOT, capture_output=True, text=True)
        assert ran.returncode == 0 and "usage:" in ran.stdout


def test_public_sets_are_read_and_split_as_their_documents_say(tmp_path: Path) -> None:
    block = "# id = 1\n# text = Regent het?\n# intent = weather/find\n1\tRegent\tweather/find\tO\n"
    for part in ("valid", "test"):
        (tmp_path / f"nl.{part}.conll").write_text(f"{block}\n{block}")
    assert xsid(tmp_path).learned == [Labelled("Regent het?", "weather/find")] * 2
    lines = [f"  - sentences: [{', '.join(f'{name}{n}' for n in range(size))}]\n    intent: {{name: {name}}}\n"
             for name, size in (("Aan", 20), ("Uit", 10), ("Zelden", 5))]  # fmt: skip
    (tmp_path / "x.yaml").write_text("language: nl\ntests:\n" + "".join(lines))
    halves = split(list(home_assistant(tmp_path)), seed=0)
    assert (len(halves.learned), len(halves.asked)) == (9, 21)
    assert {one.label for one in halves.learned} == {"Aan", "Uit"}
    assert not {one.text for one in halves.learned} & {one.text for one in halves.asked}
