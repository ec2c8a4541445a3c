"""The whole way, with real parts: a message in the browser, a danger halfway, a handover in the database, read back."""

from __future__ import annotations

import json
import re

import pytest

from .interview import answer_until_preview
from .visitor import PHONE, first_words

pytestmark = [pytest.mark.journey, pytest.mark.browser]


def test_a_question_becomes_a_stored_handover_with_a_danger_halfway(arrive, running):
    parent = arrive(PHONE)
    parent.page.goto(f"{running.address}/?gemeente=voorbeeldgemeente&publiek=ouder")
    answer = parent.tell("mijn zoon van 15 wil al weken niet naar school en zit op zijn kamer")
    assert "Jeugdteam Voorbeeld" in answer

    asked = parent.press("Praat met een mens")
    assert "er gaat niets weg zonder uw ja" in asked
    known = parent.log.get_by_role("button", name="Klopt, zo is het goed", exact=True)
    if known.count():
        parent.press("Klopt, zo is het goed")
    else:
        parent.tell("hij gaat al weken niet naar school")

    danger = parent.tell("hij zei net dat hij dood wil")
    assert first_words(danger).startswith("Bel 113"), danger
    assert "112" in danger

    resumed = parent.press("Verder met het bericht")
    assert "We waren bezig" in resumed

    said = answer_until_preview(parent.tell, resumed)
    assert "dood wil" in said and "06 1234 5678" in said

    done = parent.press("Ja, versturen")
    reference = re.search(r"R-[0-9A-Z]{3}-[0-9A-Z]{3}", done)
    assert reference, done

    listed = running.rits("handovers", "--jsonl")
    records = [json.loads(line) for line in listed.stdout.splitlines()]
    record = next(record for record in records if record["reference"] == reference.group(0))
    document = record["document"]
    assert record["urgency"] == "now"
    assert document["contact"]["channel"] == "phone"
    assert any(signal["kind"] == "suicidality" and signal["numbers_shown"] for signal in document["safety"]["signals"])
    assert document["consent"]["share_summary"]["given"] is True
