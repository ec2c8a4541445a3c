"""The number to reach somebody is one tap away at the desk, except where a call is a danger."""

from __future__ import annotations

import re

import handover_examples
from desk_at_work import DeskAtWork
from starlette.testclient import TestClient


def numbers(page: str) -> list[str]:
    return re.findall(r'href="tel:([^"]+)"', page.split("<main")[1])


def test_the_number_and_what_was_added_later_can_be_called(desk: DeskAtWork, sam: TestClient, reference: str) -> None:
    store = desk.door.parts.handovers
    store.add_note(reference, kind="addition", by="person", text="Liever op 06 87654321.", nonce="1")
    page = sam.get(f"/team/bericht/{reference}").text
    assert numbers(page) == ["0687654321", "0612345678"]
    assert ">06 1234 5678</a>" in page


def test_one_tap_does_not_call_who_cannot_be_called_safely(desk: DeskAtWork, sam: TestClient) -> None:
    reference = desk.store(handover_examples.danger(), "danger")
    text = "Mijn school heeft 0348-12 34 56."
    desk.door.parts.handovers.add_note(reference, kind="addition", by="person", text=text, nonce="1")
    page = sam.get(f"/team/bericht/{reference}").text
    assert "0348-12 34 56" in page and numbers(page) == []
