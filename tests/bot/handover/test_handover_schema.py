"""The published schema and the model are the same description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from handover_examples import EXAMPLES
from handover_strategies import documents
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from bot.handover.document import HandoverDocument
from bot.handover.rendering.as_json import as_json
from bot.handover.schema import FILE, NOTES, published, published_text, read_published

SCHEMA = read_published()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
BASE: dict[str, Any] = json.loads(EXAMPLES["jongere"]().to_json())
# Every field that is asked for, and where it stands.
FIELDS = {
    "schema_version handover_id created_at gemeente team trigger audience question_own_words situation background "
    "worries going_well needs_to_happen scale_0_10 money_worries answered_by_bot unanswered "
    "bot_inference expires_at": None,
    "level reason": "Urgency",
    "signals can_we_call_safely call_note": "Safety",
    "kind quote numbers_shown shown_at": "SafetySignal",
    "name relation organisation role": "Reporter",
    "age_band birth_month": "Child",
    "known second_parent_informed": "Authority",
    "contact share_summary share_transcript share_with": "Consent",
    "given by at": "ConsentItem",
    "value asked_of wording": "Scale",
    "trusted_person informal_help": "Network",
    "may_be_contacted": "TrustedPerson",
    "support wonen school_werk inkomen welzijn": "Big5",
    "state note": "Big5Item",
    "help_now ends_on plan_exists law_after": "Transition",
    "route referrer referrer_agb wants_feedback": "Referral",
    "step advice_asked_of_veilig_thuis": "Meldcode",
    "topic content_version on": "AnsweredTopic",
    "channel address times": "Contact",
    "code interpreter reading_help": "Language",
    "confidence": "Inference",
}


def both_refuse(document: dict[str, Any]) -> bool:
    with pytest.raises(ValidationError):
        HandoverDocument.parse_obj(document)
    return not VALIDATOR.is_valid(document)


def test_the_file_is_what_the_model_makes_of_it() -> None:
    """Renew it with scripts/renew_renderings.py."""
    assert FILE.read_text(encoding="utf-8") == published_text()
    Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_every_document_obeys_the_schema(document: HandoverDocument) -> None:
    VALIDATOR.validate(json.loads(document.to_json()))
    VALIDATOR.validate(as_json(document)["document"])


@pytest.mark.parametrize(("names", "group"), FIELDS.items())
def test_every_field_is_there(names: str, group: str | None) -> None:
    properties = SCHEMA["$defs"][group]["properties"] if group else SCHEMA["properties"]
    assert set(names.split()) <= set(properties)


def objects() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "HandoverDocument", SCHEMA
    yield from SCHEMA["$defs"].items()


@pytest.mark.parametrize(("name", "group"), objects(), ids=lambda one: one if isinstance(one, str) else "")
def test_every_field_says_what_it_is_for(name: str, group: dict[str, Any]) -> None:
    assert group["additionalProperties"] is False
    for field in group["properties"].values():
        assert field["title"] and field["description"].endswith(".")
        Draft202012Validator({**field, "$defs": SCHEMA["$defs"]})
        for example in field.get("examples", ()):
            Draft202012Validator({**field, "$defs": SCHEMA["$defs"]}).validate(example)


def test_no_note_is_left_over() -> None:
    from ruamel.yaml import YAML

    notes = YAML(typ="safe", pure=True).load(NOTES)
    fields = {name: set(group["properties"]) for name, group in objects()}
    assert {name: set(about) for name, about in notes.items()} == fields


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every object in a document, by its path."""
    if isinstance(value, dict):
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


@pytest.mark.parametrize("path", list(places(BASE)), ids=str)
def test_an_extra_field_is_refused_everywhere(path: tuple[Any, ...]) -> None:
    document = json.loads(json.dumps(BASE))
    target = document
    for key in path:
        target = target[key]
    target["bsn"] = "111222333"
    assert both_refuse(document)


@pytest.mark.parametrize(
    ("field", "limit"), [("question_own_words", 300), ("situation", 4000), ("background", 4000), ("gemeente_name", 200)]
)
def test_the_limits_are_equal(field: str, limit: int) -> None:
    at_limit = {**BASE, field: "x" * limit}
    VALIDATOR.validate(at_limit)
    HandoverDocument.parse_obj(at_limit)
    assert both_refuse({**BASE, field: "x" * (limit + 1)})


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": "handover.v2"},
        {"audience": "buurman"},
        {"created_at": "2026-11-24T10:00:00"},
        {"created_at": "gisteren"},
        {"handover_id": "kort"},
        {"gemeente": "Den Haag"},
        {"urgency": {"level": "soon"}},
        {"child": {"birth_month": "2009-13"}},
        {"scale_0_10": {"value": 11, "asked_of": "youth", "wording": "x"}},
        {"scale_0_10": {"value": 4}},
        {"referral": {"route": "07"}},
        {"referral": {"route": "02", "referrer_agb": "123"}},
        {"meldcode": {"step": 6}},
        {"bot_inference": [{"topic": "x", "confidence": 1.2}]},
        {"worries": ["x" * 4001]},
        {"trigger": None},
    ],
    ids=str,
)
def test_what_is_wrong_for_the_one_is_wrong_for_the_other(change: dict[str, Any]) -> None:
    assert both_refuse({**BASE, **change})


def test_the_smallest_document_is_enough_for_both() -> None:
    required = {name: BASE[name] for name in published()["required"]}
    VALIDATOR.validate(required)
    HandoverDocument.parse_obj(required)
    for name in required:
        assert both_refuse({key: value for key, value in required.items() if key != name})
