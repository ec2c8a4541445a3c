"""Rasa's files belong together: every intent goes somewhere, every action exists, nothing stands twice."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import actions
from actions.base import BotAction
from actions.smalltalk import INTENTS as SMALL_TALK
from actions.smalltalk import WITH_A_PERSON
from bot.answers.load import topic_paths

ROOT = Path(__file__).parents[2]
DOMAIN = sorted((ROOT / "bot" / "domain").glob("*.yml"))
RULES = sorted((ROOT / "data" / "rules").glob("*.yml"))
NLU = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
LISTS = ("intents", "entities", "actions")
MAPPINGS = ("slots", "forms", "responses")
# Set in code and by buttons, never learned from examples.
WITHOUT_EXAMPLES = {
    "danger", "safety_check", "clarify", "unknown", "bsn_typed", "too_long", "no_words",
    "set_gemeente", "choose", "change_field", "short_form",
}  # fmt: skip


@lru_cache
def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return found


def all_of(key: str) -> list[str]:
    return [name for path in DOMAIN for name in read(path).get(key, [])]


def steps() -> Iterator[dict[str, Any]]:
    for path in RULES:
        for rule in read(path)["rules"]:
            for step in rule["steps"]:
                yield from step.get("or", [step])


def examples() -> Iterator[tuple[str, str, Path]]:
    """(intent, message, file)"""
    for path in NLU:
        for entry in read(path)["nlu"]:
            for line in entry["examples"].splitlines():
                if line.strip():
                    yield entry["intent"], line.strip().removeprefix("- "), path


def action_classes() -> list[type[BotAction]]:
    for found in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"actions.{found.name}")
    return [kind for kind in BotAction.__subclasses__() if kind.__module__.startswith("actions.")]


@pytest.mark.parametrize("key", [*LISTS, *MAPPINGS])
def test_nothing_is_named_twice_in_the_domain(key: str) -> None:
    assert [name for name, count in Counter(all_of(key)).items() if count > 1] == []


@pytest.mark.parametrize("path", [*DOMAIN, *RULES, *NLU], ids=lambda path: path.stem)
def test_no_key_stands_twice_in_a_file(path: Path) -> None:
    assert read(path)["version"] == "3.1"  # ruamel refuses a key that stands twice


def test_each_capability_has_the_same_files() -> None:
    assert {path.stem for path in RULES} == {path.stem for path in DOMAIN} - {"session"}


def test_no_answers_live_in_the_domain() -> None:
    assert all_of("responses") == []


def test_every_intent_has_exactly_one_rule() -> None:
    used = Counter(step["intent"] for step in steps() if "intent" in step)
    assert set(used) == set(all_of("intents"))
    assert [intent for intent, count in used.items() if count > 1] == []


def test_every_action_exists_and_every_class_is_named() -> None:
    names = [kind().name() for kind in action_classes()]
    assert len(names) == len(set(names))
    assert set(names) == set(all_of("actions"))


def test_rules_use_only_what_the_domain_has() -> None:
    used = {step["action"] for step in steps() if "action" in step} - {"action_listen"}
    assert used <= {*all_of("actions"), *all_of("forms")}


def test_rules_have_names_of_their_own() -> None:
    names = Counter(rule["rule"] for path in RULES for rule in read(path)["rules"])
    assert max(names.values()) == 1


def test_every_slot_that_code_remembers_exists() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    read_slots = set(re.findall(r"\bslot\(\"(\w+)\"\)", code))
    remembered = {name for call in re.findall(r"remember\(([^()]*)", code) for name in re.findall(r"(\w+)=", call)}
    assert {*read_slots, *remembered} <= set(all_of("slots"))


def test_every_entity_that_code_reads_exists() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    assert set(re.findall(r"\bentity\(\"(\w+)\"\)", code)) <= set(all_of("entities"))


def test_small_talk_in_the_code_is_that_of_the_domain() -> None:
    assert set(read(ROOT / "bot" / "domain" / "smalltalk.yml")["intents"]) == SMALL_TALK
    assert WITH_A_PERSON <= SMALL_TALK


def test_every_nlu_intent_is_in_the_domain_and_the_reverse() -> None:
    learned = {intent.split("/")[0] for intent, _, _ in examples()}
    assert learned <= set(all_of("intents"))
    assert set(all_of("intents")) - learned <= WITHOUT_EXAMPLES
    assert not learned & {"danger", "safety_check"}


def test_no_message_stands_under_two_intents_or_twice() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for intent, message, _ in examples():
        where[" ".join(re.findall(r"\w+", message.lower()))].append(intent)
    assert {message: found for message, found in where.items() if len(found) > 1} == {}


def test_no_message_can_act_as_a_command_or_holds_markup() -> None:
    assert [message for _, message, _ in examples() if re.search(r"^/|[\[\](){}]", message)] == []


def test_every_topic_has_messages_and_the_reverse_in_the_same_theme() -> None:
    topics = {
        (path.parent.name, path.name.split(".")[0])
        for path, gemeente in topic_paths(ROOT / "knowledge")
        if not gemeente
    }
    learned = {(path.parent.name, path.stem) for path in (ROOT / "data" / "nlu" / "vraag").glob("*/*.yml")}
    assert topics - learned == set()
    assert learned - topics == set()


def test_the_file_of_a_topic_holds_its_intent_only() -> None:
    in_file: dict[Path, set[str]] = defaultdict(set)
    for intent, _, path in examples():
        in_file[path].add(intent)
    questions = {path: found for path, found in in_file.items() if "vraag" in path.parts}
    assert {path.stem: found for path, found in questions.items() if found != {f"vraag/{path.stem}"}} == {}


@pytest.mark.parametrize("path", NLU, ids=lambda path: path.stem)
def test_a_file_of_messages_stays_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
