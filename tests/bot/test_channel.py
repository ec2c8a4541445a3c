"""The way into Rasa: what counts as a button, what counts as typed, and how a turn becomes one reply.

Marked `model` because importing Rasa's channels takes ten seconds.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from builders import BSN

pytestmark = pytest.mark.model

PRESSED = [
    '/vraag{"topic": "slaapproblemen_peuter"}',
    "/ask_for_human",
    '/choose{"value": "23+"}',
    '/choose{"value": "0-3"}',
    '/set_gemeente{"gemeente": "s_gravenhage"}',
    '/safety_check{"answer": "yes"}',
    '/change_field{"field": "contact"}',
    "/cancel",
    "/unknown",
]
NOT_A_BUTTON = [
    "/restart",
    "/session_start",
    "/back",
    "/",
    "//",
    "/danger",
    "/handover_form",
    "/bestaat_niet",
    '/vraag{"topic": ',
    '/vraag{"topic": [1]}',
    '/vraag{"topic": null}',
    '/vraag{"topic": "Een zin met woorden"}',
    "/vraag{topic: 1}",
    '/vraag{"topic": "x"}\n',
    '/vraag@0.9{"topic": "x"}',
    "/vraag" + "{" * 190 + "}",
    '/vraag{"a": "' + "x" * 300 + '"}',
    f'/choose{{"value": "{BSN}"}}',
    "/VRAAG",
]
TYPED = [
    ("/restart", "restart"),
    ("  //restart", "restart"),
    ("/ /restart", "restart"),
    ("\u200b/restart", "restart"),
    ("", "…"),
    ("/", "…"),
    ("\x00\x07", "…"),
    ("hoi\x00 daar", "hoi daar"),
    (f"bsn {BSN}", "bsn [nummer weggelaten]"),
]


def message(**turn: Any) -> Any:
    from bot.channel import TurnCollector, user_message

    return user_message({"conversation": "c", **turn}, TurnCollector())


@pytest.mark.parametrize("payload", PRESSED)
def test_our_own_buttons_pass(payload: str) -> None:
    assert message(payload=payload).text == payload


@pytest.mark.parametrize("payload", NOT_A_BUTTON)
def test_anything_else_is_no_button(payload: str) -> None:
    assert message(payload=payload).text == "/unknown"


@pytest.mark.parametrize(("text", "read"), TYPED)
def test_typed_text_is_cleaned_and_never_a_command(text: str, read: str) -> None:
    assert message(text=text).text == read


def test_a_payload_without_a_slash_is_typed_text() -> None:
    assert message(payload=f"mijn zoon {BSN}").text == "mijn zoon [nummer weggelaten]"


def test_the_page_is_passed_on_and_an_unknown_audience_is_not() -> None:
    assert message(text="a", gemeente="ede", audience="ouder").metadata == {"gemeente": "ede", "audience": "ouder"}
    assert message(text="a", audience="boef").metadata == {"gemeente": None, "audience": None}


def collected(*facts: dict[str, Any]) -> dict[str, Any]:
    from bot.channel import run_turn

    async def handle(said: Any) -> None:
        for one in facts:
            await said.output_channel.send_response("c", {"text": "Dag", "buttons": None, "custom": {"facts": one}})

    reply: dict[str, Any] = asyncio.run(run_turn(handle, {"conversation": "c", "text": "hoi"}))
    return reply


def some_facts(category: str, level: str = "none", **handover: Any) -> dict[str, Any]:
    asked = {"offered": False, "submitted": False, "reference": None, **handover}
    return {
        "category": category,
        "topic": None,
        "confidence": 1.0,
        "safety": {"level": level, "kind": None},
        "handover": asked,
    }


def test_the_first_facts_lead_and_the_gravest_safety_counts() -> None:
    reply = collected(
        some_facts("rights", "concern", offered=True), some_facts("form", "urgent", submitted=True, reference="R-1")
    )
    assert (reply["category"], reply["safety"]["level"]) == ("rights", "urgent")
    assert reply["handover"] == {"offered": True, "submitted": True, "reference": "R-1"}
    assert reply["messages"] == [{"text": "Dag", "buttons": [], "sources": []}] * 2


def test_silence_is_seen_as_silence() -> None:
    reply = collected()
    assert (reply["messages"], reply["category"], reply["safety"]["level"]) == ([], "clarify", "none")
