"""The document keeps what is put in, and keeps out what may not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone

import pytest
from pydantic import ValidationError

from bot.handover.document import (
    AnsweredTopic,
    Child,
    Consent,
    ConsentItem,
    Contact,
    HandoverDocument,
    Inference,
    Meldcode,
    Network,
    Referral,
    Reporter,
    Safety,
    SafetySignal,
    Scale,
    Transition,
    TrustedPerson,
    Urgency,
)

Build = Callable[..., HandoverDocument]
AT = datetime(2026, 5, 12, tzinfo=timezone.utc)
FULL = {
    "team": "Team Voorbeeld",
    "urgency": Urgency(level="today", reason="violence"),
    "safety": Safety(
        signals=(
            SafetySignal(
                kind="violence",
                quote="hij sloeg met de deur",
                level="concern",
                numbers_shown=("0800-2000",),
                shown_at=AT,
            ),
        ),
        can_we_call_safely="only_at",
        call_note="geen voicemail",
    ),
    "reporter": Reporter(name="Samira", relation="parent"),
    "child": Child(age_band="16-17", birth_month="2009-03"),
    "consent": Consent(
        contact=ConsentItem(given=True, by="parent", at=AT), needed_for_help=("youth",), concerned_agree="yes"
    ),
    "situation": "Sinds maart gaat het mis.",
    "background": "Eerder hulp gehad.",
    "worries": ("school",),
    "going_well": ("sport",),
    "needs_to_happen": ("rust",),
    "scale_0_10": Scale(value=4, asked_of="parent", wording="hoe gaat het nu"),
    "network": Network(trusted_person=TrustedPerson(relation="oma", may_be_contacted="no"), informal_help=("buren",)),
    "transition": Transition(help_now="yes", ends_on=date(2027, 3, 1), law_after="wmo"),
    "referral": Referral(route="02", referrer_agb="01234567"),
    "meldcode": Meldcode(step=2),
    "answered_by_bot": (AnsweredTopic(topic="pesten", title="Pesten", on=date(2026, 5, 12)),),
    "unanswered": ("en de hond?",),
    "bot_inference": (Inference(topic="ruzie_thuis", title="Ruzie thuis", confidence=0.6),),
}


def test_json_and_back(a_document: Build) -> None:
    document = a_document(**FULL)
    assert HandoverDocument.from_json(document.to_json()) == document
    assert '"schema_version": "handover.v1"' in document.to_json()


def test_the_smallest_document_is_whole_too(a_document: Build) -> None:
    document = a_document(gemeente=None, question_own_words=None, contact=Contact())
    assert HandoverDocument.from_json(document.to_json()) == document


def test_a_citizen_service_number_cannot_get_in(a_document: Build) -> None:
    document = a_document(situation="bsn 111.222.333", reporter=Reporter(name="Jan 111222333"), worries=("111222333",))
    assert "111222333" not in document.to_json() and "111.222.333" not in document.to_json()
    assert document.contact.address == "0612345678"


@pytest.mark.parametrize(
    "changes",
    [
        {"bsn": "111222333"},
        {"diagnosis": "F90"},
        {"created_at": datetime(2026, 5, 12)},
        {"gemeente": "Den Haag"},
        {"question_own_words": "x" * 301},
        {"child": {"birth_date": "2010-01-01"}},
        {"schema_version": "handover.v2"},
    ],
)
def test_what_does_not_belong_is_refused(a_document: Build, changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_document(**changes)


def test_a_document_does_not_change(a_document: Build) -> None:
    with pytest.raises(TypeError):
        a_document().reporter.name = "Iemand anders"
