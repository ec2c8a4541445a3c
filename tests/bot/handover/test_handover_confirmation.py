"""What is said after the commit, and what is said when there was none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone

import pytest

from bot.handover.conversation.confirmation import confirmed, expects_contact, not_stored
from bot.handover.document import Consent, Contact, HandoverDocument, Safety, SafetySignal, Urgency
from bot.turn import AUDIENCES, Audience

Build = Callable[..., HandoverDocument]
SUICIDALITY = SafetySignal(kind="suicidality", quote="ik wil dood", level="urgent")


def test_reference_who_when_how_and_meanwhile(a_document: Build) -> None:
    text = confirmed("R-7K3-M9Q", a_document(), promised_by=date(2026, 5, 15), team="Team Voorbeeld").text
    for said in ("R-7K3-M9Q", "Team Voorbeeld", "vrijdag 15 mei", "06 1234 5678", "0800-2000", "112"):
        assert said in text
    assert "113" not in text


def test_no_date_no_promise(a_document: Build) -> None:
    text = confirmed("R-7K3-M9Q", a_document(), promised_by=None).text
    assert "weet niet wanneer" in text and "uiterlijk" not in text


def test_whoever_calls_themselves_is_told_so(a_document: Build) -> None:
    document = a_document(contact=Contact())
    text = confirmed("R-7K3-M9Q", document, promised_by=date(2026, 5, 15), team_phone="085-000 00 00").text
    assert "085-000 00 00" in text and "uiterlijk" not in text


def test_suicidality_gives_113_and_does_not_wait(a_document: Build) -> None:
    text = confirmed("R-7K3-M9Q", a_document(safety=Safety(signals=(SUICIDALITY,))), promised_by=None).text
    assert "113" in text and "112" in text and "0800-2000" in text


@pytest.mark.parametrize(
    ("kind", "level", "first"),
    [("suicidality", "urgent", "113"), ("violence", "urgent", "0800-2000"), ("medical", "life_threatening", "112")],
)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_after_danger_the_number_comes_before_the_promise(
    a_document: Build, kind: str, level: str, first: str, audience: Audience
) -> None:
    signals = (SafetySignal(kind=kind, quote="help", level=level),)
    document = a_document(audience=audience, safety=Safety(signals=signals), urgency=Urgency(level="now"))
    text = confirmed("R-7K3-M9Q", document, promised_by=date(2026, 5, 15)).text
    assert text.startswith("**Wacht niet op dit bericht")
    said = text.index(first)
    assert all(said <= text.index(number) for number in ("112", "0800-2000"))
    assert text.index("112") < text.index("R-7K3-M9Q") < text.index("uiterlijk")
    assert ("113" in text) == (kind == "suicidality")
    assert text.count("0800-2000") == 1


def test_a_youth_hears_again_that_it_is_no_secret(a_document: Build) -> None:
    document = a_document(audience="jongere", consent=Consent(parents_may_know="no"))
    assert "niet beloven" in confirmed("R-7K3-M9Q", document, promised_by=None).text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_not_stored_says_so_and_promises_nothing(audience: Audience) -> None:
    text = not_stored(audience, signals=(SUICIDALITY,)).text
    assert "niet gelukt" in text and "**niet** verstuurd" in text and "0800-2000" in text and "113" in text
    for promise in ("nemen contact", "neemt contact", "kenmerk", "uiterlijk", "wordt gebeld"):
        assert promise not in text


def test_not_stored_gives_the_number_of_the_team_when_it_is_known() -> None:
    assert "085-000 00 00" in not_stored("ouder", team="Team Voorbeeld", team_phone="085-000 00 00").text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_code_comes_with_what_it_is_for(a_document: Build, audience: Audience) -> None:
    text = confirmed("R-7K3-M9Q", a_document(audience=audience), promised_by=None, code="K3M-9QF-7HX").text
    assert "K3M-9QF-7HX" in text and "/mijn-bericht" in text and "intrekken" in text
    assert text.index("R-7K3-M9Q") < text.index("K3M-9QF-7HX")


def test_a_known_moment_is_said_and_a_closed_team_too(a_document: Build) -> None:
    by = datetime(2026, 5, 15, 15, 0, tzinfo=timezone.utc)
    opens = datetime(2026, 5, 13, 7, 0, tzinfo=timezone.utc)
    document = a_document()
    text = confirmed("R-7K3-M9Q", document, promised_by=date(2026, 5, 15), promised_at=by, opens_at=opens).text
    assert "vóór **vrijdag 15 mei" in text and "17.00" in text and "uiterlijk" not in text
    assert text.index("nu dicht") < text.index("vóór **")


def test_after_danger_the_numbers_come_before_a_closed_team(a_document: Build) -> None:
    document = a_document(safety=Safety(signals=(SUICIDALITY,)), urgency=Urgency(level="now"))
    text = confirmed(
        "R-7K3-M9Q", document, promised_by=None, opens_at=datetime(2026, 5, 13, 7, tzinfo=timezone.utc)
    ).text
    assert text.index("113") < text.index("nu dicht") and text.index("112") < text.index("R-7K3-M9Q")


@pytest.mark.parametrize(
    ("channel", "safe", "expected"),
    [("phone", "yes", True), ("phone", "no", False), ("email", "no", True), ("none", None, False)],
)
def test_who_calls_the_team_is_promised_nothing(
    a_document: Build, channel: str, safe: str | None, expected: bool
) -> None:
    reached = Contact(channel=channel, address=None if channel == "none" else "0612345678")
    assert expects_contact(a_document(contact=reached, safety=Safety(can_we_call_safely=safe))) is expected
