"""The pattern language of the lexicon, and the mistakes an editor can make in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InvalidFileError, KnowledgeError
from bot.safety.lexicon import CONTEXT, FOLDER, HARMLESS, WORDS, lexicon, load
from bot.safety.pattern import compile_group, compile_pattern


def sequences(source: str, **groups: list[str]) -> list[list[list[str]]]:
    compiled = {name: compile_group(words, {}) for name, words in groups.items()}
    return [
        [sorted(item.words) for part in found.parts for item in part] for found in compile_pattern(source, compiled)
    ]


def test_words_and_alternatives() -> None:
    assert sequences("ik wil dood|weg") == [[["ik"], ["wil"], ["dood", "weg"]]]


def test_an_optional_word_gives_two_sequences() -> None:
    assert sequences("ik [maar] dood") == [[["ik"], ["dood"]], [["ik"], ["maar"], ["dood"]]]


def test_alternatives_of_more_words() -> None:
    assert sequences("(van kant|af)") == [[["af"]], [["van"], ["kant"]]]


def test_a_group_from_the_word_file() -> None:
    assert sequences("<wie> slaat", wie=["papa", "mama", "(oom jan)"]) == [
        [["mama", "papa"], ["slaat"]],
        [["oom"], ["jan"], ["slaat"]],
    ]


def test_numbers_and_beginnings() -> None:
    assert sequences("1..3 jaar") == [[["1..", "2..", "3.."], ["jaar"]]]
    assert sequences("zelfmoord*") == [[["zelfmoord*"]]]


def test_an_unknown_group_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match="bestaat niet in woorden.yml"):
        compile_pattern("<wie> slaat", {})


def test_every_rule_has_a_known_kind_and_something_to_find() -> None:
    kinds = {rule.kind for rule in lexicon().rules.values()}
    assert kinds == {
        "suicidality", "self_harm", "abuse", "violence", "sexual_abuse", "acute_danger", "runaway", "psychosis",
        "neglect", "exploitation", "parent_overwhelmed", "medical", "eating",
    }  # fmt: skip
    found = {use.name for _, use in lexicon().sequences if use.purpose in {"rule", "cue"}}
    assert found == set(lexicon().rules)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (WORDS, CONTEXT, HARMLESS):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [
        ("{naam: a, niveau: erg, patronen: [x]}", "niveau"),
        ("{naam: a, niveau: urgent, patroon: [x]}", "patroon"),
    ],
)
def test_a_mistake_in_a_rule_stops_the_start(folder: Path, rule: str, remedy: str) -> None:
    (folder / "nieuw.yml").write_text(f"soort: abuse\nregels:\n  - {rule}\n", encoding="utf-8")
    with pytest.raises(InvalidFileError, match=remedy):
        load(folder)


def test_a_rule_name_is_used_once(folder: Path) -> None:
    rule = "  - {naam: a, niveau: urgent, patronen: [x]}\n"
    (folder / "nieuw.yml").write_text(f"soort: abuse\nregels:\n{rule}{rule}", encoding="utf-8")
    with pytest.raises(InvalidFileError, match="twee keer"):
        load(folder)
