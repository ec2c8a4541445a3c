"""Against a server with the published rules: exactly one of everything, wherever it fails on the way."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest
from open_klant_server import BASE, BROKEN, CUT, LOST, REFUSE, TOKEN, OpenKlant

from bot.handover.delivery.klantinteracties import Klantinteracties
from bot.handover.delivery.klantinteracties_api import KlantinteractiesApi
from bot.handover.delivery.klantinteracties_number import number_of
from bot.handover.delivery.parcel import GiveUpError, Parcel, TryAgainError
from bot.handover.delivery.secure_http import open_client
from bot.handover.document import Consent, ConsentItem, Contact, HandoverDocument, Reporter, Safety

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
WRITES = (("POST", "actoren"), ("POST", "maak-klantcontact"), ("POST", "digitaleadressen"), ("POST", "internetaken"))
READS = (("GET", "actoren"), ("GET", "klantcontacten"), ("GET", "digitaleadressen"), ("GET", "internetaken"))
ONE_OF_EACH = {"actoren": 1, "klantcontacten": 1, "betrokkenen": 1, "digitaleadressen": 1, "internetaken": 1}
Make = Callable[..., Parcel]
# Refused and cut are both "nothing happened", lost and broken both "it happened". All 625 of the five passed too.
COMBINATIONS = [
    *itertools.product((None, REFUSE, LOST), repeat=4),
    *itertools.product((CUT, BROKEN), repeat=4),
]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[OpenKlant, str]]:
    klant = OpenKlant()
    with klant.serve() as served:
        yield klant, served.url + BASE


@pytest.fixture
def klant(server: tuple[OpenKlant, str]) -> OpenKlant:
    server[0].__init__()  # type: ignore[misc]
    return server[0]


@pytest.fixture(scope="module")
def delivery(server: tuple[OpenKlant, str]) -> Iterator[Klantinteracties]:
    made = a_delivery(server[1])
    yield made
    made.close()


def a_delivery(url: str, token: str = TOKEN, timeout: float = 5.0) -> Klantinteracties:
    api = KlantinteractiesApi(url, token, client=open_client("", timeout), clock=lambda: NOW)
    return Klantinteracties(api, channel="chat", register="rits")


def until_delivered(delivery: Klantinteracties, parcel: Parcel, tries: int = 40) -> int:
    for attempt in range(1, tries):
        try:
            delivery.deliver(parcel)
        except TryAgainError:
            continue
        return attempt
    raise AssertionError("never delivered")


def counts(klant: OpenKlant) -> dict[str, int]:
    return {name: len(rows) for name, rows in klant.kept.items()}


def test_five_calls_when_all_goes_well(klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make) -> None:
    delivery.deliver(a_parcel())
    delivery_calls, klant.calls = klant.calls, []
    assert delivery_calls == [
        ("GET", "actoren"),
        ("POST", "actoren"),
        ("GET", "klantcontacten"),
        *WRITES[1:],
    ]
    assert counts(klant) == ONE_OF_EACH
    contact, task = klant.kept["klantcontacten"][0], klant.kept["internetaken"][0]
    assert contact["metadata"]["rits_reference"] == "R-7K3-M9Q"
    assert contact["referentienummer"] == task["referentienummer"] == number_of("R-7K3-M9Q")
    assert task["toegewezenAanActoren"] == [{"uuid": klant.kept["actoren"][0]["uuid"]}]
    assert contact["vertrouwelijk"] is True


@pytest.mark.parametrize("at", range(3))
def test_the_same_parcel_again_writes_nothing(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, at: int
) -> None:
    for _ in range(at + 2):
        delivery.deliver(a_parcel())
    assert counts(klant) == ONE_OF_EACH
    assert [call for call in klant.calls if call[0] != "GET"] == list(WRITES)


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_exactly_one_of_each_wherever_a_write_fails(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, combination: tuple[str | None, ...]
) -> None:
    for write, fault in zip(WRITES, combination, strict=True):
        klant.faults[write] = [fault]
    until_delivered(delivery, a_parcel())
    assert counts(klant) == ONE_OF_EACH
    assert klant.refusals == []


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("faults", itertools.product((REFUSE, LOST), repeat=2))
def test_failing_twice_at_the_same_point_doubles_nothing(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, write: tuple[str, str], faults: tuple[str, str]
) -> None:
    klant.faults[write] = list(faults)
    klant.faults[("POST", "internetaken")] = [LOST] if write[1] != "internetaken" else list(faults)
    until_delivered(delivery, a_parcel())
    assert counts(klant) == ONE_OF_EACH


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("fault", (REFUSE, CUT, BROKEN))
def test_a_look_up_that_fails_is_tried_again(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, read: tuple[str, str], fault: str
) -> None:
    klant.faults[("POST", "internetaken")] = [LOST]
    klant.faults[read] = [fault, None, fault]
    until_delivered(delivery, a_parcel())
    until_delivered(delivery, a_parcel())
    assert counts(klant) == ONE_OF_EACH


def test_two_workers_at_the_same_moment_write_one(server: tuple[OpenKlant, str], a_parcel: Make) -> None:
    """Both looked before either wrote: the number is unique over there, so one of them hears so and goes on."""
    klant, url = server
    klant.__init__()  # type: ignore[misc]
    deliveries = [a_delivery(url), a_delivery(url)]
    deliveries[0].deliver(a_parcel(reference="R-CCC-CCC"))  # the team exists
    both = threading.Barrier(2, timeout=1)

    def together(method: str, resource: str) -> None:
        if resource == "maak-klantcontact":
            both.wait()

    klant.before_write = together
    with ThreadPoolExecutor(2) as threads:
        tries = [threads.submit(until_delivered, each, a_parcel()) for each in deliveries]
    # Nobody gave up: who came second heard that it was there, and looked again.
    assert max(each.result() for each in tries) in (2, 3)
    klant.before_write = None
    deliveries[0].deliver(a_parcel())
    number = number_of("R-7K3-M9Q")
    assert [row["referentienummer"] for row in klant.kept["klantcontacten"]].count(number) == 1
    assert [row["referentienummer"] for row in klant.kept["internetaken"]].count(number) == 1
    assert counts(klant) == {"actoren": 1} | {name: 2 for name in ONE_OF_EACH if name != "actoren"}
    for each in deliveries:
        each.close()


def test_a_change_is_written_over_what_is_there(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, a_document: Callable[..., HandoverDocument]
) -> None:
    delivery.deliver(a_parcel())
    linked = {"uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}
    klant.kept["betrokkenen"][0]["wasPartij"] = linked
    klant.kept["internetaken"][0]["status"] = "verwerkt"
    changed = a_document(
        situation="Het gaat nu beter.",
        contact=Contact(channel="email", address="ouder@example.nl"),
        reporter=Reporter(name="Noor"),
    )
    delivery.deliver(a_parcel("changed", document=changed))
    assert counts(klant) == ONE_OF_EACH
    assert klant.kept["digitaleadressen"][0]["adres"] == "ouder@example.nl"
    assert klant.kept["betrokkenen"][0]["contactnaam"] == {"voornaam": "Noor"}
    assert klant.kept["betrokkenen"][0]["wasPartij"] == linked
    assert klant.kept["internetaken"][0]["status"] == "verwerkt"
    assert "Het gaat nu beter." in klant.kept["internetaken"][0]["toelichting"]


@pytest.mark.parametrize("fault", (REFUSE, CUT, LOST, BROKEN))
@pytest.mark.parametrize("at", ("klantcontacten", "betrokkenen", "internetaken"))
def test_a_change_survives_a_failure_at_any_call(
    klant: OpenKlant,
    delivery: Klantinteracties,
    a_parcel: Make,
    a_document: Callable[..., HandoverDocument],
    at: str,
    fault: str,
) -> None:
    delivery.deliver(a_parcel())
    klant.faults[("PATCH", at)] = [fault]
    klant.faults[("POST", "digitaleadressen")] = [fault]
    klant.faults[("DELETE", "digitaleadressen")] = [fault]
    changed = a_document(situation="Nieuw.", contact=Contact(channel="phone", address="0201234567"))
    until_delivered(delivery, a_parcel("changed", document=changed))
    assert counts(klant) == ONE_OF_EACH
    assert klant.kept["digitaleadressen"][0]["adres"] == "0201234567"
    assert "Nieuw." in klant.kept["internetaken"][0]["toelichting"]


def test_a_change_that_comes_first_writes_all(klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make) -> None:
    delivery.deliver(a_parcel("changed"))
    delivery.deliver(a_parcel("created"))
    assert counts(klant) == ONE_OF_EACH


@pytest.mark.parametrize("at", ("klantcontacten", "internetaken"))
@pytest.mark.parametrize("fault", (None, REFUSE, CUT, LOST))
def test_another_team_gets_the_task_but_a_colleague_there_keeps_it(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, at: str, fault: str | None
) -> None:
    delivery.deliver(a_parcel())
    klant.faults[("PATCH", at)] = [fault]
    until_delivered(delivery, a_parcel("changed", team="ander_team"))
    teams = {row["naam"]: row["uuid"] for row in klant.kept["actoren"]}
    assert klant.kept["internetaken"][0]["toegewezenAanActoren"] == [{"uuid": teams["ander_team"]}]
    klant.kept["internetaken"][0]["toegewezenAanActoren"] = [{"uuid": teams["voorbeeldgemeente"]}]
    delivery.deliver(a_parcel("changed", team="ander_team"))
    assert klant.kept["internetaken"][0]["toegewezenAanActoren"] == [{"uuid": teams["voorbeeldgemeente"]}]


@pytest.mark.parametrize("fault", (None, REFUSE, CUT, LOST, BROKEN))
@pytest.mark.parametrize("at", ("klantcontacten", "betrokkenen", "internetaken", "digitaleadressen"))
def test_withdrawn_closes_the_task_and_empties_the_texts(
    klant: OpenKlant,
    delivery: Klantinteracties,
    a_parcel: Make,
    a_document: Callable[..., HandoverDocument],
    at: str,
    fault: str | None,
) -> None:
    told = a_document(situation="Geheim verhaal", reporter=Reporter(name="Noor", organisation="School"))
    delivery.deliver(a_parcel(document=told))
    for method in ("PATCH", "DELETE"):
        klant.faults[(method, at)] = [fault]
    until_delivered(delivery, a_parcel("withdrawn"))
    delivery.deliver(a_parcel("withdrawn"))
    kept = str(klant.kept)
    for word in ("Geheim", "Noor", "School", "0612345678", "slaapt slecht"):
        assert word not in kept
    assert klant.kept["internetaken"][0]["status"] == "verwerkt"
    assert counts(klant) == {**ONE_OF_EACH, "digitaleadressen": 0}
    assert klant.refusals == []


@pytest.mark.parametrize("what", ("created", "changed"))
def test_what_comes_after_a_withdrawal_puts_nothing_back(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, what: str
) -> None:
    """A worker that was frozen, with the document still in its hands."""
    delivery.deliver(a_parcel())
    delivery.deliver(a_parcel("withdrawn"))
    before = str(klant.kept)
    delivery.deliver(a_parcel(what))
    assert str(klant.kept) == before


def test_withdrawn_before_it_ever_went_writes_nothing(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make
) -> None:
    delivery.deliver(a_parcel("withdrawn"))
    assert counts(klant) == dict.fromkeys(ONE_OF_EACH, 0)


def test_a_number_that_somebody_else_uses_is_left_alone(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make
) -> None:
    other = {"referentienummer": number_of("R-7K3-M9Q"), "metadata": {}, "uuid": "x" * 36, "inhoud": "van een ander"}
    klant.kept["klantcontacten"].append(other)
    for what in ("created", "changed", "withdrawn"):
        with pytest.raises(GiveUpError, match="number_of_another"):
            delivery.deliver(a_parcel(what))
    assert klant.kept["klantcontacten"] == [other]


def test_a_task_for_a_team_out_of_use_is_seen_by_nobody_so_it_is_not_made(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make
) -> None:
    delivery.deliver(a_parcel(reference="R-CCC-CCC"))
    klant.kept["actoren"][0]["indicatieActief"] = False
    with pytest.raises(GiveUpError, match="team_not_active"):
        delivery.deliver(a_parcel())


def test_a_wrong_token_is_for_a_person_to_look_at(
    klant: OpenKlant, server: tuple[OpenKlant, str], a_parcel: Make
) -> None:
    wrong = a_delivery(server[1], token="een-ander")
    with pytest.raises(GiveUpError, match="http_401_actoren"):
        wrong.deliver(a_parcel())
    wrong.close()


def test_no_address_that_nobody_may_use(
    klant: OpenKlant, delivery: Klantinteracties, a_parcel: Make, a_document: Callable[..., HandoverDocument]
) -> None:
    asked = Consent(share_summary=ConsentItem(given=True), contact=ConsentItem(given=False))
    unsafe = a_document(safety=Safety(can_we_call_safely="no"))
    for document in (a_document(consent=asked), unsafe):
        klant.__init__()  # type: ignore[misc]
        delivery.deliver(a_parcel(document=document))
        assert "0612345678" not in str(klant.kept)
        assert counts(klant)["digitaleadressen"] == 0


def test_nobody_there_and_too_slow_are_tried_again(klant: OpenKlant, a_parcel: Make) -> None:
    nobody = a_delivery("http://localhost:9" + BASE)
    with pytest.raises(TryAgainError, match="unreachable"):
        nobody.deliver(a_parcel())
    nobody.close()


def test_nothing_secret_in_what_is_printed(delivery: Klantinteracties, a_parcel: Make) -> None:
    api = KlantinteractiesApi("http://localhost", TOKEN, client=open_client("", 1), clock=lambda: NOW)
    assert TOKEN not in repr(api) + repr(delivery)
    assert "slaapt" not in repr(a_parcel())
    api.close()


def test_every_reference_has_a_number_of_its_own() -> None:
    drawn = {f"R-{''.join(a)}-CCC" for a in itertools.product("CDF", repeat=3)} | {"R-999-999", "R-CCC-CCD"}
    numbers = {number_of(reference) for reference in drawn}
    assert len(numbers) == len(drawn)
    assert all(number.isdigit() and len(number) == 10 for number in numbers)
