"""Every sentence that code asks for exists, and speaks to one kind of person at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.turn import Audience
from bot.wording import TEXTS, Wording

ROOT = Path(__file__).parents[2]
CODE = sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "bot").rglob("*.py")])
FILES = {path.stem for path in TEXTS.glob("*.yml")}
KEY = re.compile(rf"({'|'.join(sorted(FILES))})\.(\w*)")
# "u" and "uw" as words of their own: not the letter in "u-vormig" or a unit. "je" also begins nothing else.
U_FORM = re.compile(r"(?<![\w'’-])(u|uw|uzelf|uwe)(?![\w'’-])", re.IGNORECASE)
JE_FORM = re.compile(r"(?<![\w'’-])(je|jij|jou|jouw|jezelf|jullie)(?![\w'’-])", re.IGNORECASE)
# Read by an editor, a professional or a worker only, never by a youth.
NOT_FOR_YOUTHS = ("check.", "report.", "routes.", "municipality.", "sign_in.", "desk.", "desk_chat.")
NO_KEYS = {"handover.v1", "web.chat_", "live.chat_", "learning.chat_"}  # a version, prefixes that pick texts
# What happened to a handover, as the outbox and the log of the desk call it: no texts either.
EVENTS = {
    f"handover.{done}"
    for done in "created changed withdrawn seen taken released closed reopened handed_on noted added corrected "
    "downloaded not_changed not_withdrawn note_not_stored".split()
}
ONE_FORM = {
    "languages.fr": "French, in which `je` is another word",
    "web.leave_audience": "asked before anybody knows who is reading",
    "web.leave_error_audience": "said before anybody knows who is reading",
    "web.leave_error_question_long": "known miss: should have a `je` form",
}
ADDRESSES = re.compile(rf"{U_FORM.pattern}|{JE_FORM.pattern}", re.IGNORECASE)


@pytest.fixture(scope="module")
def texts() -> Wording:
    return Wording.load()


@lru_cache
def entries() -> dict[str, str | dict[str, str]]:
    return Wording.load()._texts


def asked_for() -> Iterator[tuple[str, str]]:
    """(place, key or beginning of a key) of every text that code names, whole or as the start of an f-string."""
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        events = {id(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_log(node)}
        docs = events | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                if KEY.fullmatch(str(node.values[0].value)):
                    yield f"{path.name}:{node.lineno}", f"{node.values[0].value}*"
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | docs:
                if KEY.fullmatch(node.value) and not node.value.endswith(
                    (".yml", ".py", ".md", ".css", ".js", ".html")
                ):
                    yield f"{path.name}:{node.lineno}", node.value


def said_in(folder: str, call: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Keys that a short helper of a package completes, such as `say(draft, "paused")`."""
    for path in (ROOT / "bot" / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and re.fullmatch(call, _name(node.func)):
                for key in node.args[:2]:
                    if (
                        isinstance(key, ast.Constant)
                        and isinstance(key.value, str)
                        and re.fullmatch(r"[\w+-]+", key.value)
                    ):
                        yield f"{path.name}:{node.lineno}", prefix + key.value


def _is_log(call: ast.Call) -> bool:
    return _name(call.func) in ("debug", "info", "warning", "error") and bool(call.args)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_key_in_the_code_has_a_text(texts: Wording) -> None:
    known = texts.keys()
    found = list(asked_for())
    assert len(found) > 40
    missing = [
        (place, key)
        for place, key in found
        if key not in NO_KEYS | EVENTS
        and not (key in known or (key.endswith("*") and any(name.startswith(key[:-1]) for name in known)))
    ]
    assert missing == []


def test_every_key_of_the_handover_has_a_text(texts: Wording) -> None:
    found = list(said_in("handover/conversation", "_?say", "handover."))
    assert len(found) > 15
    assert [(place, key) for place, key in found if key not in texts.keys()] == []


def test_every_text_of_the_conversation_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    by_kind = {
        "bsn_typed",
        "too_long",
        "no_words",
        "gemeente_not_known",
        "form_not_open",
    }  # of a miss (actions/fallback.py)
    mine = [key.partition(".")[2] for key in Wording.load().keys() if key.startswith("conversation.")]
    plain = [key.removesuffix("_again") for key in mine]
    assert [key for key in plain if key not in by_kind and f"conversation.{key}" not in code] == []


@pytest.mark.parametrize("key", [key for key in entries() if not key.startswith(NOT_FOR_YOUTHS)])
def test_a_text_that_addresses_somebody_has_a_form_for_everybody(key: str) -> None:
    entry = entries()[key]
    if isinstance(entry, str):
        if key in ONE_FORM or re.search(r"_(ouder|jongere|professional|everybody)(_|$)", key):
            return
        assert not ADDRESSES.search(entry), entry
        return
    assert set(entry) == {"je", "u"}
    assert not U_FORM.search(_without_values(entry["je"])), entry["je"]
    assert not JE_FORM.search(_without_values(entry["u"])), entry["u"]


@pytest.mark.parametrize("key", entries())
def test_both_forms_ask_for_the_same_values(key: str) -> None:
    entry = entries()[key]
    if isinstance(entry, dict) and not key.startswith(("handover.consent_", "handover.secrecy", "handover.call_first")):
        assert _values(entry["je"]) == _values(entry["u"])


def _values(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def _without_values(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


@pytest.mark.parametrize(("audience", "word"), [("jongere", "je"), ("ouder", "u"), ("professional", "u"), (None, "u")])
def test_the_audience_chooses_the_form(tmp_path: Path, audience: Audience | None, word: str) -> None:
    (tmp_path / "x.yml").write_text("a: {je: 'je {n}', u: 'u {n}'}\nb: 'niemand'\n", encoding="utf-8")
    made = Wording.load(tmp_path)
    assert made.text("x.a", audience, n=3) == f"{word} 3"
    assert made.text("x.b", audience) == "niemand"


def test_a_value_with_braces_is_only_text(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: '“{words}”'\n", encoding="utf-8")
    assert Wording.load(tmp_path).text("x.a", words="{reference} {0} {}") == "“{reference} {0} {}”"


def test_a_missing_text_is_a_clear_error(texts: Wording) -> None:
    with pytest.raises(SettingsError, match=r"conversation\.nope"):
        texts.text("conversation.nope")
