"""The mapping: one golden file, the order of what is kept when it must be cut, and nothing that the rules refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from open_klant_rules import check

from bot.handover.delivery.fitting import shortened, whole_items
from bot.handover.delivery.klantinteracties_payload import (
    Payload,
    actor,
    closed_taak,
    emptied_betrokkene,
    emptied_klantcontact,
    payload,
)
from bot.handover.delivery.language_code import bibliographic
from bot.handover.document import (
    AnsweredTopic,
    Authority,
    Big5,
    Big5Item,
    ChatLine,
    Child,
    Consent,
    ConsentItem,
    Contact,
    HandoverDocument,
    Inference,
    Language,
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

GOLDEN = Path(__file__).parent / "klantinteracties.golden.json"
PROMISED = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
LINK = {"uuid": "00000000-0000-0000-0000-000000000000"}
YES = ConsentItem(given=True, by="parent", at=AT)
Build = Callable[..., HandoverDocument]


def mapped(document: HandoverDocument, promised_by: datetime | None = PROMISED) -> Payload:
    return payload(document, reference="R-7K3-M9Q", team="oudewater", promised_by=promised_by, channel="chat")


def accepted(made: Payload) -> None:
    """As it is sent: with the links between the four."""
    json.dumps([dict(part) for part in (made.klantcontact, made.betrokkene, made.interne_taak)]).encode()
    check("klantcontacten", made.klantcontact)
    check("betrokkenen", made.betrokkene, without=frozenset({"hadKlantcontact"}))
    check("internetaken", {**made.interne_taak, "aanleidinggevendKlantcontact": LINK, "toegewezenAanActoren": [LINK]})
    if made.digitaal_adres:
        check("digitaleadressen", {**made.digitaal_adres, "verstrektDoorBetrokkene": LINK})


@pytest.fixture
def everything(a_document: Build) -> HandoverDocument:
    """A handover in which every field was filled."""
    return a_document(
        gemeente="oudewater",
        gemeente_name="Oudewater",
        urgency=Urgency(level="today", reason="Zegt dat het thuis niet veilig voelt"),
        safety=Safety(
            signals=(
                SafetySignal(
                    kind="geweld_thuis",
                    quote="hij slaat als hij gedronken heeft",
                    level="urgent",
                    numbers_shown=("Veilig Thuis 0800-2000", "112"),
                    shown_at=AT,
                ),
            ),
            can_we_call_safely="only_at",
            call_note="overdag, geen voicemail",
        ),
        reporter=Reporter(name="Sanne", relation="moeder"),
        child=Child(age_band="12-15"),
        authority=Authority(known="yes", second_parent_informed="no"),
        consent=Consent(contact=YES, share_summary=YES, share_with=("wijkteam",), needed_for_help=("parents", "youth")),
        situation="Mijn zoon gaat niet meer naar school.",
        background="Sinds de scheiding vorig jaar. De huisarts weet ervan.",
        worries=("hij slaapt bijna niet", "ruzie thuis"),
        going_well=("voetbal",),
        needs_to_happen=("iemand die met hem praat",),
        scale_0_10=Scale(value=4, asked_of="ouder", wording="Hoe veilig voelt het thuis?"),
        network=Network(trusted_person=TrustedPerson(name="oom Karel", relation="oom"), informal_help=("opa en oma",)),
        big5=Big5(wonen=Big5Item(state="worry", note="plek na de zomer"), welzijn=Big5Item(state="ok")),
        transition=Transition(help_now="yes", ends_on=date(2027, 3, 1), plan_exists="no", law_after="wmo"),
        money_worries="yes",
        referral=Referral(
            route="02", referrer="Huisartsenpraktijk De Brug", referrer_agb="01234567", wants_feedback=True
        ),
        meldcode=Meldcode(step=2, advice_asked_of_veilig_thuis="yes"),
        answered_by_bot=(
            AnsweredTopic(topic="schoolverzuim", title="Niet naar school willen", on=date(2026, 11, 23)),
            AnsweredTopic(topic="slapen", content_version="2026-05-01"),
        ),
        unanswered=("krijgt hij dan een strafblad",),
        transcript=(ChatLine(by="person", text="dit hoort niet mee"),),
        contact=Contact(channel="phone", address="06-12345678", times=("dinsdag overdag",)),
        language=Language(code="fra", interpreter=True, reading_help=False),
        bot_inference=(Inference(topic="schoolverzuim", confidence=0.71),),
    )


def test_the_golden_file(everything: HandoverDocument) -> None:
    made = mapped(everything)
    accepted(made)
    found = {
        "actor": actor("oudewater", "rits"),
        "klantcontact": made.klantcontact,
        "betrokkene": made.betrokkene,
        "digitaal_adres": made.digitaal_adres,
        "interne_taak": made.interne_taak,
    }
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    assert text == GOLDEN.read_text(encoding="utf-8"), text


def test_what_was_not_consented_to_is_nowhere(everything: HandoverDocument) -> None:
    refused = everything.copy(update={"consent": Consent(share_summary=YES)})
    made = mapped(refused)
    assert made.digitaal_adres is None
    assert "12345678" not in str(made)
    assert "dit hoort niet mee" not in str(mapped(everything))


def test_what_must_not_be_missed_stays_when_it_is_cut(a_document: Build) -> None:
    """Everything as long as it may be."""
    long = "heel lang verhaal " * 200
    document = a_document(
        urgency=Urgency(level="now", reason="r" * 200),
        safety=Safety(
            signals=tuple(SafetySignal(kind="k", quote=long, level="concern") for _ in range(3))
            + (SafetySignal(kind="k", quote="het ergste staat laatst", level="life_threatening"),),
            can_we_call_safely="only_at",
            call_note="n" * 200,
        ),
        consent=Consent(contact=YES, share_summary=YES, share_transcript=YES),
        referral=Referral(route="02", referrer="v" * 200),
        contact=Contact(channel="other", address="a" * 200, times=("t" * 200,) * 5),
        needs_to_happen=(long,),
        situation=long,
    )
    text = mapped(document).interne_taak["toelichting"]
    lines = text.split("\n")
    assert len(text) <= 1000
    assert lines[0].startswith("Spoed: nu meteen bekijken") and "dinsdag 24 november" in lines[0]
    assert "het ergste staat laatst" in lines[1]
    assert any("n" * 200 in line for line in lines)
    assert lines[-1] == "Ingekort. Alles staat in dossier R-7K3-M9Q"
    assert "Situatie" not in text  # the room went to what was said about danger


def test_the_order_of_the_rule(everything: HandoverDocument) -> None:
    words = ("Spoed", "Beloofd", "veiligheid", "Veilig contact", "Vraag", "Dit moet geregeld", "Situatie", "Ervoor")
    text = mapped(everything).interne_taak["toelichting"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert text.endswith("dossier R-7K3-M9Q")


@pytest.mark.parametrize("length", range(0, 4000, 91))
def test_request_before_situation_before_the_rest_at_any_length(a_document: Build, length: int) -> None:
    made = mapped(a_document(needs_to_happen=("b" * length,), situation="s" * length, background="g" * length))
    text = made.interne_taak["toelichting"]
    assert len(text) <= 1000
    # Nothing is cut in silence: it is all there, or the last line says so.
    whole = [letter * length in text for letter in "bsg"]
    assert all(whole) or text.endswith("Ingekort. Alles staat in dossier R-7K3-M9Q")
    assert whole == sorted(whole, reverse=True)


@pytest.mark.parametrize(
    ("channel", "address", "kind"),
    [
        ("phone", "0612345678", "telefoonnummer"),
        ("phone", "06 1234 5678", "telefoonnummer"),
        ("phone", "+32470123456", "telefoonnummer"),
        ("phone", "0032470123456", "telefoonnummer"),
        ("phone", "0881234567", "telefoonnummer"),
        ("phone", "+12345678", "overig"),
        ("phone", "0800-0432", None),
        ("phone", "0900 1234567", None),
        ("phone", "+31 800 2000", None),
        ("phone", "14030", None),
        ("phone", "140182", None),
        ("email", "ouder@example.nl", "email"),
        ("email", "oudér@voorbeeld.nl", "overig"),
        ("email", "a..b@example.nl", "overig"),
        ("email", "x" * 80 + "@example.nl", None),
        ("other", "via mijn mentor", "overig"),
        ("chat", None, None),
        ("none", None, None),
    ],
)
def test_the_kind_of_an_address(a_document: Build, channel: str, address: str | None, kind: str | None) -> None:
    made = mapped(a_document(contact=Contact(channel=channel, address=address)))
    accepted(made)
    assert (made.digitaal_adres or {}).get("soortDigitaalAdres") == kind
    if address and kind is None:
        assert address[:60] in made.interne_taak["toelichting"]


def test_a_number_that_is_not_safe_is_not_where_people_dial(a_document: Build) -> None:
    document = a_document(safety=Safety(can_we_call_safely="no"))
    made = mapped(document)
    assert made.digitaal_adres is None
    assert "0612345678" not in str(made)
    assert "NIET BELLEN" in made.interne_taak["toelichting"]
    assert made.interne_taak["gevraagdeHandeling"].startswith("Lees eerst wat veilig is")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("nld", "nld"), ("fra", "fre"), ("deu", "ger"), ("ara", "ara"), ("ary", "ara"), ("tur", "tur")],
)
def test_languages(code: str, expected: str) -> None:
    assert bibliographic(code) == expected


def test_what_a_withdrawal_writes_is_accepted() -> None:
    check("klantcontacten", emptied_klantcontact("R-7K3-M9Q"), partial=True)
    check("betrokkenen", emptied_betrokkene(), partial=True)
    check("internetaken", closed_taak("R-7K3-M9Q"), partial=True)


@given(text=st.text(), limit=st.integers(0, 300))
def test_shortened_says_that_it_was(text: str, limit: int) -> None:
    made = shortened(text, limit)
    assert len(made) <= limit
    assert made == text or not made or made.endswith("…")


@given(items=st.lists(st.text(max_size=30)), limit=st.integers(0, 100))
def test_whole_items_fit(items: list[str], limit: int) -> None:
    assert len(whole_items(items, limit)) <= limit


def _odd(limit: int) -> st.SearchStrategy[str]:
    """Text as people and attackers make it: empty, long, control characters, several scripts."""
    return st.one_of(
        st.text(max_size=min(limit, 40)),
        st.sampled_from(
            ["", " ", "\x00", "a\x00b", "\n\n", "🧒🏽" * 5, "ß" * limit, "x" * limit, "woord " * (limit // 6)]
        ),
    )


LINE, FREE, OWN = _odd(200), _odd(4000), _odd(300)
KNOWN = st.sampled_from(["yes", "no", "unknown"])
MOMENT = st.datetimes(timezones=st.just(timezone.utc), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))
CONSENT = st.builds(ConsentItem, given=st.booleans(), at=st.none() | MOMENT)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=3).map(tuple)


DOCUMENTS = st.builds(
    HandoverDocument,
    handover_id=st.just("handover-0001"),
    created_at=MOMENT,
    gemeente=st.sampled_from([None, "oudewater"]),
    trigger=st.sampled_from(["asked", "safety"]),
    urgency=st.builds(Urgency, level=st.sampled_from(["now", "today", "three_workdays", "normal"]), reason=maybe(LINE)),
    safety=st.builds(
        Safety,
        signals=some(st.builds(SafetySignal, kind=st.just("k"), quote=FREE, numbers_shown=some(LINE))),
        can_we_call_safely=st.sampled_from([None, "yes", "no", "only_at"]),
        call_note=maybe(LINE),
    ),
    audience=st.sampled_from(["ouder", "jongere", "professional", "netwerk"]),
    reporter=st.builds(Reporter, name=maybe(LINE), organisation=maybe(LINE)),
    child=st.builds(Child, age_band=st.sampled_from([None, "0-3", "23+"])),
    consent=st.builds(Consent, contact=CONSENT, share_summary=CONSENT, share_with=some(LINE)),
    question_own_words=maybe(OWN),
    situation=maybe(FREE),
    background=maybe(FREE),
    worries=some(FREE),
    needs_to_happen=some(FREE),
    scale_0_10=maybe(st.builds(Scale, value=st.integers(0, 10), asked_of=LINE, wording=LINE)),
    network=st.builds(
        Network, trusted_person=maybe(st.builds(TrustedPerson, name=maybe(LINE))), informal_help=some(LINE)
    ),
    big5=maybe(st.builds(Big5, wonen=st.builds(Big5Item, state=st.sampled_from(["ok", "worry"]), note=maybe(LINE)))),
    transition=maybe(st.builds(Transition, help_now=KNOWN)),
    referral=maybe(st.builds(Referral, route=st.just("02"), referrer=maybe(LINE))),
    answered_by_bot=some(st.builds(AnsweredTopic, topic=LINE, title=maybe(LINE))),
    unanswered=some(FREE),
    contact=st.builds(
        Contact,
        channel=st.sampled_from(["phone", "email", "chat", "other", "none"]),
        address=maybe(
            st.one_of(
                LINE, st.from_regex(r"[+0-9 \-]{5,16}", fullmatch=True), st.emails().filter(lambda a: len(a) < 190)
            )
        ),
        times=some(LINE),
    ),
    language=st.builds(Language, code=st.from_regex(r"[a-z]{3}", fullmatch=True)),
    bot_inference=some(st.builds(Inference, topic=LINE, confidence=st.floats(0, 1))),
    expires_at=st.dates(),
)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=DOCUMENTS, promised_by=maybe(MOMENT))
def test_any_valid_document_is_accepted(document: HandoverDocument, promised_by: datetime | None) -> None:
    made = mapped(document, promised_by)
    accepted(made)
    text = made.interne_taak["toelichting"]
    assert text.split("\n")[-1].endswith("dossier R-7K3-M9Q")
    assert made.klantcontact["vertrouwelijk"] is True
