"""Every text that can be asked for is there, in the right form of address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML

import actions
import bot.handover
from bot.handover.conversation import steps
from bot.handover.conversation.draft import Step
from bot.handover.conversation.leaving_out import PARTS
from bot.handover.conversation.more_questions import QUESTIONS, MoreQuestion
from bot.handover.conversation.questions import AGES, CHOICES
from bot.handover.document import AgeBand, Channel, UrgencyLevel
from bot.wording import TEXTS

FURTHER = YAML(typ="safe", pure=True).load(TEXTS / "more_questions.yml")
TEXT = YAML(typ="safe", pure=True).load(TEXTS / "handover.yml") | FURTHER
SHOWN = YAML(typ="safe", pure=True).load(TEXTS / "rendering.yml")
PLACES = (*Path(bot.handover.__file__).parent.rglob("*.py"), *Path(actions.__file__).parent.glob("*handover.py"))
CODE = "\n".join(path.read_text() for path in PLACES)


@pytest.mark.parametrize("step", get_args(Step))
def test_every_step_has_a_question_and_a_second_wording(step: str) -> None:
    assert f"ask_{step}" in TEXT and f"again_{step}" in TEXT


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: str(row.step))
def test_every_choice_of_an_optional_question_has_a_title(row: MoreQuestion) -> None:
    assert all(f"button_{value}" in TEXT for value in row.choices if row.kind != "scale")
    assert {row.yes, row.no} - {None} <= set(row.choices)


def test_every_part_that_can_be_left_out_has_a_name() -> None:
    assert all(f"button_change_{part}" in TEXT for part in PARTS)


def test_no_text_stands_in_both_files() -> None:
    assert not set(YAML(typ="safe", pure=True).load(TEXTS / "handover.yml")) & set(FURTHER)


@pytest.mark.parametrize(
    "value",
    sorted({value for values in CHOICES.values() for value in values} | {"skip", "leave", "remove", "back", "chat"}),
)
def test_every_choice_has_a_title(value: str) -> None:
    assert f"button_{value}" in TEXT


def test_every_field_that_can_be_changed_has_a_title() -> None:
    assert all(f"button_change_{step}" in TEXT for step in steps.CHANGEABLE)
    assert all(f"button_age_{band}" in TEXT for bands in AGES.values() for band in bands)


def test_every_value_in_the_document_has_a_word() -> None:
    for group, kind in (("age_band", AgeBand), ("channel", Channel), ("urgency", UrgencyLevel)):
        for value in set(get_args(kind)) - {"normal"}:
            assert f"value_{group}_{value.replace('-', '_').replace('+', '_plus')}" in SHOWN


def test_no_text_is_left_over() -> None:
    """A text that nobody says is one that nobody checks."""
    made = (
        r"^(ask|again|button|value|label|consent|promise_how|form|secrecy|sbar|stuck|meanwhile|background|reason|part"
        r"|scale)_"
    )
    unused = [
        key
        for key in TEXT
        if not re.match(made, key)
        and f'"{key}"' not in CODE
        and f"'{key}'" not in CODE
        and f'"handover.{key}"' not in CODE
    ]
    assert unused == []


@pytest.mark.parametrize("key", [key for key in TEXT if isinstance(TEXT[key], dict)])
def test_both_forms_of_address(key: str) -> None:
    assert set(TEXT[key]) == {"je", "u"}
    assert not re.search(r"\b(u|uw|uzelf)\b", TEXT[key]["je"], re.IGNORECASE), "u in a text for youths"
    assert not re.search(r"\b(je|jij|jou|jouw)\b", TEXT[key]["u"], re.IGNORECASE), "je in a text for others"
    fields = [set(re.findall(r"\{(\w+)\}", TEXT[key][form])) for form in ("je", "u")]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(
    "key", [key for key in TEXT if isinstance(TEXT[key], str) and not key.startswith(("months", "weekdays"))]
)
def test_a_text_for_all_addresses_nobody(key: str) -> None:
    assert not re.search(r"\b(u|uw|je|jij|jouw)\b", TEXT[key])


def test_the_only_numbers_are_those_of_help_lines() -> None:
    spoken = " ".join(text if isinstance(text, str) else " ".join(text.values()) for text in TEXT.values())
    assert set(re.findall(r"\b0\d{2,3}[- ]\d{3,4}(?: \d{4})?\b", spoken)) == {"0800-2000", "0800-0432", "088-555 1000"}
