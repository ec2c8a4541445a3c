"""/mijn-bericht with a real database: see, add, correct, download and withdraw; and everything that is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from handover_examples import EXAMPLES, parent, youth
from jsonschema import Draft202012Validator
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.desk.audit import PERSON, AuditLog
from bot.handover.document import HandoverDocument
from bot.handover.model import handovers, outbox
from bot.handover.own_copy import OwnCopies
from bot.handover.schema import read_published
from bot.handover.store import HandoverStore, Stored
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal
from bot.web import form_token
from bot.web.app import create_app

from . import fakes

PAGE = "/mijn-bericht"
BSN = "111222333"


class House:
    """A front door with a real store behind it, made once: only what a test is about is made for each test."""

    def __init__(self, folder: Path) -> None:
        self.now = fakes.NOW
        self.engine = open_engine(f"sqlite:///{folder / 'rits.db'}")
        upgrade(self.engine)
        self.store = HandoverStore(self.engine, Seal([Fernet.generate_key()]), clock=self.clock)
        self.audit = AuditLog(self.engine, self.clock)
        copies = OwnCopies(lambda: self.store, lambda action, about: self.audit.record(PERSON, action, about))
        self.app = create_app(fakes.services(own_copies=copies, clock=self.clock))
        self.visitors = 0

    def clock(self) -> datetime:
        return self.now


class Place:
    """One stored handover, and a visitor with an address of their own."""

    def __init__(self, house: House) -> None:
        self.house, house.now = house, fakes.NOW
        house.visitors += 1
        self.engine, self.store, self.audit = house.engine, house.store, house.audit
        self.address = f"10.0.{house.visitors // 250}.{house.visitors % 250}"
        self.client = TestClient(house.app, raise_server_exceptions=False, client=(self.address, 50000))
        self.stored = self.save(parent())

    def save(self, document: HandoverDocument) -> Stored:
        promised = fakes.NOW + timedelta(days=2)
        return self.store.save(document, idempotency_key=uuid4().hex, promised_by=promised)

    def later(self, **time: float) -> None:
        self.house.now += timedelta(**time)

    def token(self) -> str:
        return form_token.new_token(b"a secret of the tests", self.address, self.house.now)

    def post(self, step: str = "look", *, headers: dict[str, str] | None = None, **fields: str) -> Any:
        known = {"reference": self.stored.reference, "code": self.stored.code, "token": self.token(), "step": step}
        return self.client.post(PAGE, data={**known, **fields}, headers=headers)

    @property
    def is_mine(self) -> Any:
        return handovers.c.reference == self.stored.reference

    def document(self) -> Any:
        found = self.store.find(self.stored.reference)
        assert found and found.document
        return found.document

    def events(self) -> list[str]:
        with self.engine.begin() as connection:
            mine = select(outbox.c.event).where(outbox.c.delivery_key.startswith(self.stored.reference))
            return list(connection.execute(mine.order_by(outbox.c.id)).scalars())

    def actions(self) -> list[str]:
        mine = reversed(self.audit.entries(self.stored.reference))
        return [entry.action for entry in mine if entry.actor == PERSON]

    def version(self) -> int:
        found = self.store.find(self.stored.reference)
        assert found
        return found.version


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("own_copy"))


@pytest.fixture
def place(house: House) -> Place:
    return Place(house)


@pytest.fixture
def deliver(place: Place) -> Callable[[], None]:
    """As if the first delivery had arrived."""

    def done() -> None:
        with place.engine.begin() as connection:
            connection.execute(outbox.update().values(state="delivered", attempts=1))

    return done


def form(place: Place, **changes: str) -> dict[str, str]:
    """The correction form as a browser would send it, with these changes."""
    page = place.post("edit").text
    fields = {
        name: ""
        for name in ("situation", "own_words", "name", "phone", "email", "other", "safe_note", "channel", "safe")
    }
    document = place.document()
    fields |= {
        "own_words": document.question_own_words or "",
        "situation": document.situation or "",
        "name": document.reporter.name or "",
        "channel": document.contact.channel,
        "phone": document.contact.address or "",
        "safe": document.safety.can_we_call_safely or "",
        "version": re.search(r'name="version" value="(\d+)"', page)[1],  # type: ignore[index]
    }
    return {**fields, **changes}


def test_the_page_asks_for_reference_and_code_and_sets_no_cookie(place: Place) -> None:
    page = place.client.get(PAGE)
    assert page.status_code == 200 and 'name="reference"' in page.text and 'name="code"' in page.text
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token and place.post(token=token[1]).status_code == 200
    assert "set-cookie" not in page.headers and page.headers["cache-control"] == "no-store"
    assert "Je bericht terugzien" in place.client.get(f"{PAGE}?publiek=jongere").text


def test_who_has_both_sees_state_promise_and_what_was_sent(place: Place) -> None:
    page = place.post()
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert "Nog niemand heeft het opgepakt" in page.text and "Team Jeugd Bergen" in page.text
    assert "donderdag 26 november, 22.15 uur" in page.text
    assert "Mijn dochter slaapt slecht" in page.text and "06 1234 5678" in page.text
    assert place.actions() == ["handover.seen"]


@pytest.mark.parametrize("reference", ["{r}", "{l}", "{n}"])
def test_reference_and_code_may_be_typed_in_any_way(place: Place, reference: str) -> None:
    r = place.stored.reference
    typed = reference.format(r=r, l=r.lower(), n=r.replace("-", " "))
    assert place.post(reference=typed, code=place.stored.code.lower().replace("-", "")).status_code == 200


@pytest.mark.parametrize(
    ("status", "says"), [("taken", "Opgepakt op dinsdag 24 november"), ("closed", "Afgerond op dinsdag 24 november")]
)
def test_the_state_is_said_in_plain_words(place: Place, status: str, says: str) -> None:
    place.store.set_status(place.stored.reference, status, by="abc")
    assert says in place.post().text


def test_a_promise_that_passed_says_so(place: Place) -> None:
    place.later(days=3)
    assert "zou uiterlijk" in place.post().text


def test_a_youth_is_called_je(place: Place) -> None:
    place.stored = place.save(youth())
    page = place.post().text
    assert "<h1>Je bericht" in page and "Uw bericht" not in page


# ---- What does not open --------------------------------------------------------------------------------------------


def test_unknown_reference_and_wrong_code_get_the_same_sentence(place: Place) -> None:
    other = place.save(youth())
    wrong = place.post(code="CCC-CCC-CCC")
    unknown = place.post(reference="R-CCC-CCC")
    others_code = place.post(code=other.code)
    nothing = place.post(reference="", code="")
    pages = {re.sub(r'(value|nonce)="[^"]*"', "", page.text) for page in (wrong, unknown, others_code, nothing)}
    assert len(pages) == 1 and "horen niet bij elkaar" in pages.pop()
    assert {page.status_code for page in (wrong, unknown, others_code, nothing)} == {403}
    assert place.actions() == [] and "Mijn dochter" not in wrong.text


def test_a_hundred_tries_on_one_reference_get_nowhere(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    find = place.store.find_with_code
    monkeypatch.setattr(place.store, "find_with_code", lambda r, c: looked.append(c) or find(r, c))
    token, statuses = place.token(), []
    for number in range(100):
        code = place.stored.code if number == 99 else "CCC-CCC-CCC"
        statuses.append(place.post(token=token, code=code, step="withdraw_now", sure="yes").status_code)
    assert statuses[:5] == [403] * 5 and set(statuses[5:]) == {429}
    assert len(looked) == 5 and place.document().reporter.name == "Samira" and place.events() == ["handover.created"]


def test_who_must_wait_hears_how_long_and_keeps_the_numbers(place: Place) -> None:
    token = place.token()
    for _ in range(5):
        place.post(token=token, code="CCC-CCC-CCC")
    page = place.post(token=token, addition="DOOD")
    assert page.status_code == 429 and int(page.headers["retry-after"]) <= 10
    assert "seconden" in page.text and "113" in page.text


@pytest.mark.parametrize("step", ["look", "add", "edit", "correct", "withdraw", "withdraw_now", "html", "json", "x"])
def test_no_step_does_anything_without_the_code(place: Place, step: str) -> None:
    page = place.post(step, code="CCC-CCC-CCC", addition="x", sure="yes", **{"own_words": "x", "version": "1"})
    assert page.status_code == 403 and "Mijn dochter" not in page.text and "Samira" not in page.text
    assert place.document() == parent() and place.events() == ["handover.created"]


@pytest.mark.parametrize("token", ["", "x", "a" * 32 + ".1.x", "0" * 32 + ".99999999999." + "0" * 64])
@pytest.mark.parametrize("step", ["add", "correct", "withdraw_now"])
def test_without_a_good_token_nothing_happens_and_what_was_typed_stays(place: Place, token: str, step: str) -> None:
    page = place.post(step, token=token, addition="dit wil ik kwijt", sure="yes", own_words="anders", version="1")
    assert page.status_code == 403 and "Er is niets veranderd" in page.text
    assert ("anders" if step == "correct" else "dit wil ik kwijt") in page.text
    assert place.document() == parent() and place.store.notes(place.stored.reference) == ()


def test_an_old_token_is_refused(place: Place) -> None:
    token = place.token()
    place.later(hours=5)
    assert place.post("withdraw_now", token=token, sure="yes").status_code == 403
    assert place.document() == parent()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://kwaad.example"}])
def test_a_form_of_another_site_is_not_even_looked_up(place: Place, headers: dict[str, str]) -> None:
    page = place.post("withdraw_now", sure="yes", headers=headers)
    assert page.status_code == 403 and "niet van deze site" in page.text
    assert place.actions() == [] and place.document() == parent()


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", '{"step": "withdraw_now"}', 415),
        ("multipart/form-data; boundary=x", "--x--", 415),
        ("application/x-www-form-urlencoded", "&".join(f"a{n}=1" for n in range(100)), 415),
        ("application/x-www-form-urlencoded", "addition=" + "x" * 70_000, 413),
        ("application/x-www-form-urlencoded", "\xff\x00%ff%00=%00", 403),
    ],
)
def test_what_is_no_form_is_refused(place: Place, kind: str, body: str, status: int) -> None:
    page = place.client.post(PAGE, content=body.encode("latin-1"), headers={"content-type": kind})
    assert page.status_code == status and "112" in page.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(place: Place, method: str) -> None:
    assert place.client.request(method, PAGE).status_code == 405


def test_the_code_in_the_address_is_not_looked_at(place: Place) -> None:
    page = place.client.get(f"{PAGE}?reference={place.stored.reference}&code={place.stored.code}")
    assert "Mijn dochter" not in page.text and place.stored.code not in page.text and place.actions() == []


def test_a_wrong_code_is_not_shown_again_and_not_logged(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    page = place.post(code="KKK-KKK-KKK")
    assert "KKK-KKK-KKK" not in page.text
    said = capsys.readouterr()
    assert "own_copy.wrong_code" in said.out + said.err
    assert "KKK" not in said.out + said.err and place.stored.reference not in said.out + said.err


# ---- Adding --------------------------------------------------------------------------------------------------------


def test_an_addition_is_a_note_and_the_deliveries_are_told(place: Place, deliver: Callable[[], None]) -> None:
    deliver()
    page = place.post("add", addition="Ze slaapt nu ook overdag.")
    assert page.status_code == 200 and "Het staat erbij" in page.text and "Ze slaapt nu ook overdag." in page.text
    (note,) = place.store.notes(place.stored.reference)
    assert (note.kind, note.by, note.text) == ("addition", "person", "Ze slaapt nu ook overdag.")
    assert place.events()[0] == "handover.created" and "handover.changed" in place.events()
    assert place.version() == 2 and place.actions()[-1] == "handover.added"


def test_sending_the_same_form_twice_adds_once(place: Place) -> None:
    token = place.token()
    for _ in range(3):
        assert place.post("add", token=token, addition="nog iets").status_code == 200
    assert len(place.store.notes(place.stored.reference)) == 1 and place.version() == 2


def test_after_closing_an_addition_is_a_sign_and_the_state_stays(place: Place) -> None:
    place.store.set_status(place.stored.reference, "closed", by="abc")
    before = place.version()
    assert place.post("add", addition="het is weer mis").status_code == 200
    found = place.store.find(place.stored.reference)
    assert found and found.status == "closed" and found.version > before


def test_notes_of_the_team_are_not_for_the_person(place: Place) -> None:
    place.store.add_note(place.stored.reference, kind="note", by="abc", text="moeder klinkt moe", nonce=uuid4().hex)
    assert "klinkt moe" not in place.post().text + place.post("json").text + place.post("html").text


@pytest.mark.parametrize("text", ["", "   ", "...", "\x00", "x" * 2001, f"mijn bsn is {BSN}"])
def test_an_addition_that_cannot_be_used_changes_nothing(place: Place, text: str) -> None:
    page = place.post("add", addition=text)
    assert page.status_code == 422 and place.store.notes(place.stored.reference) == () and place.version() == 1


def test_home_addresses_and_birth_dates_are_left_out_as_in_the_chat(place: Place) -> None:
    place.post("add", addition="We wonen op Dorpsstraat 12 en hij is geboren op 03-04-2015.")
    (note,) = place.store.notes(place.stored.reference)
    assert "Dorpsstraat 12" not in note.text and "03-04-2015" not in note.text and "weggelaten" in note.text


def test_danger_gets_its_numbers_first_and_comes_on_top_of_the_card(place: Place) -> None:
    page = place.post("add", addition="Ik wil DOOD")
    assert page.text.index("113") < page.text.index("Het staat erbij")
    document = place.document()
    assert document.urgency.level == "now" and document.safety.signals[-1].quote == "Ik wil DOOD"
    assert set(document.safety.signals[-1].numbers_shown) == {"112", "113"}
    with place.engine.begin() as connection:
        assert connection.execute(select(handovers.c.urgency).where(place.is_mine)).scalar() == "now"


def test_danger_gets_its_numbers_in_every_state(place: Place) -> None:
    for changes in ({"code": "CCC-CCC-CCC"}, {"token": ""}, {"step": "withdraw"}, {"reference": "x"}):
        fields = {"step": "add", **changes}
        page = place.post(**fields, addition="ik wil DOOD")
        assert 'class="urgent"' in page.text and "113" in page.text, changes


def test_a_concern_raises_the_urgency_once_and_never_lowers_it(place: Place) -> None:
    token = place.token()
    for _ in range(2):
        place.post("add", token=token, addition="ZORG om haar")
    assert place.document().urgency.level == "today" and len(place.document().safety.signals) == 1
    place.post("add", addition="DOOD")
    place.post("add", addition="nog een ZORG")
    assert place.document().urgency.level == "now"


# ---- Correcting ----------------------------------------------------------------------------------------------------


def test_the_form_holds_what_was_sent(place: Place) -> None:
    page = place.post("edit").text
    assert "Mijn dochter slaapt slecht" in page and 'value="06 1234 5678"' in page and 'value="Samira"' in page
    assert re.search(r'value="phone" checked', page) and re.search(r'value="yes" checked', page)


def test_a_correction_changes_the_document_and_tells_what(place: Place) -> None:
    fields = form(
        place, name="Sanne", channel="email", email="Sanne@Voorbeeld.example", safe="only_at", safe_note="na 8 uur"
    )
    page = place.post("correct", **fields)
    assert page.status_code == 200 and "Het is veranderd" in page.text
    document = place.document()
    assert (document.reporter.name, document.contact.channel, document.contact.address) == (
        "Sanne", "email", "sanne@voorbeeld.example",
    )  # fmt: skip
    assert (document.safety.can_we_call_safely, document.safety.call_note) == ("only_at", "na 8 uur")
    assert document.question_own_words == parent().question_own_words and document.worries == parent().worries
    (note,) = place.store.notes(place.stored.reference)
    assert note.kind == "correction" and note.text == "Veranderd: de naam, contact, veilig contact."
    assert place.actions()[-1] == "handover.corrected" and place.version() == 2


def test_nothing_changed_is_no_change(place: Place) -> None:
    page = place.post("correct", **form(place))
    assert "Er is niets veranderd" in page.text and place.version() == 1


def test_no_number_means_no_consent_to_contact(place: Place) -> None:
    place.post("correct", **form(place, channel="none"))
    document = place.document()
    assert document.contact.channel == "none" and not document.consent.contact.given
    place.post("correct", **form(place, channel="phone", phone="06-87654321", safe="yes"))
    assert place.document().consent.contact.given and place.document().contact.address == "0687654321"


def test_a_number_with_only_a_message_is_kept_in_words(place: Place) -> None:
    place.post("correct", **form(place, phone="alleen appen op 0687654321", safe="yes"))
    assert place.document().contact.channel == "other"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"own_words": ""}, "own_words"),
        ({"own_words": "x" * 301}, "own_words"),
        ({"own_words": f"bsn {BSN}"}, "own_words"),
        ({"situation": "x" * 4001}, "situation"),
        ({"situation": f"zijn bsn is {BSN}"}, "situation"),
        ({"name": "ik weet het niet hoor"}, "name"),
        ({"name": f"Jan {BSN}"}, "name"),
        ({"channel": "duif"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"phone": "112"}, "phone"),
        ({"phone": "0800-2000"}, "phone"),
        ({"phone": "geen"}, "phone"),
        ({"channel": "email", "email": "geen adres"}, "email"),
        ({"channel": "email", "email": "a@b.example\r\nBcc: x@y.example", "safe": ""}, "safe"),
        ({"channel": "other", "other": ""}, "other"),
        ({"channel": "other", "other": "x" * 81}, "other"),
        ({"phone": "0687654321", "safe": ""}, "safe"),
        ({"safe": "soms"}, "safe"),
        ({"safe": "no"}, "channel"),
        ({"safe_note": "x" * 201}, "safe_note"),
        ({"safe_note": f"bsn {BSN}"}, "safe_note"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(place: Place, changes: dict[str, str], field: str) -> None:
    page = place.post("correct", **form(place, **changes))
    assert page.status_code == 422 and f'id="{field}-wrong"' in page.text and f'href="#{field}"' in page.text
    assert place.document() == parent() and place.version() == 1


def test_a_form_from_before_another_change_is_not_carried_out(place: Place) -> None:
    old = form(place, name="Sanne")
    place.post("correct", **form(place, situation="Heel anders."))
    page = place.post("correct", **{**old, "situation": "Heel anders."})
    assert page.status_code == 409 and "intussen" in page.text and 'value="Sanne"' in page.text
    assert place.document().reporter.name == "Samira"
    again = {**old, "situation": "Heel anders.", "version": re.search(r'name="version" value="(\d+)"', page.text)[1]}  # type: ignore[index]
    assert place.post("correct", **again).status_code == 200 and place.document().reporter.name == "Sanne"


@pytest.mark.parametrize("version", ["", "-1", "nul", "9" * 30, "1; drop", "٣"])
def test_a_version_that_is_none_changes_nothing(place: Place, version: str) -> None:
    page = place.post("correct", **form(place, name="Sanne", version=version))
    assert page.status_code == 409 and place.version() == 1


def test_markup_is_text_in_every_field(place: Place) -> None:
    nasty = "<script>alert(1)</script>{{7*7}}\u202e"
    place.post(
        "correct",
        **form(place, own_words=nasty, situation=nasty, channel="other", other=nasty, safe="only_at", safe_note=nasty),
    )
    place.post("add", addition=nasty)
    for page in (place.post(), place.post("edit"), place.post("html"), place.post(reference=nasty)):
        assert (
            "<script>alert" not in page.text
            and "{{7*7}}" in page.text.replace("&#34;", '"')
            and "\u202e" not in page.text
        )
        assert "49" not in re.sub(r'value="[^"]*"', "", page.text).replace("0649", "")


def test_a_message_in_the_chat_keeps_its_way_when_nothing_is_chosen(place: Place) -> None:
    document = parent().copy(update={"contact": parent().contact.copy(update={"channel": "chat", "address": None})})
    place.stored = place.save(document)
    assert "Nu in de chat" in place.post("edit").text
    page = place.post("correct", **form(place, channel="", name="Sanne"))
    assert page.status_code == 200 and place.document().contact.channel == "chat"


# ---- Downloading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["html", "json"])
def test_the_files_are_attachments_without_the_code(place: Place, ending: str) -> None:
    place.post("add", addition="nog dit")
    page = place.post(ending)
    assert page.headers["content-disposition"] == f'attachment; filename="bericht-{place.stored.reference}.{ending}"'
    assert page.headers["cache-control"] == "no-store" and "handover.downloaded" in place.actions()
    assert "Mijn dochter slaapt slecht" in page.text and "nog dit" in page.text
    assert place.stored.code not in page.text and "token" not in page.text


def test_the_json_obeys_the_published_schema(place: Place) -> None:
    data = json.loads(place.post("json").text)
    Draft202012Validator(read_published()).validate(data["document"])
    assert data["status"] == "new" and data["reference"] == place.stored.reference and data["notes"]


def test_the_html_file_needs_nothing_of_us(place: Place) -> None:
    page = place.post("html").text
    assert "<style>" in page and not re.search(r"(src|href)=", page) and "<form" not in page


# ---- Withdrawing ---------------------------------------------------------------------------------------------------


def test_withdrawing_takes_two_steps_and_erases_at_once(place: Place, deliver: Callable[[], None]) -> None:
    deliver()
    place.post("add", addition="nog iets")
    asked = place.post("withdraw")
    assert "Dat kan niet terug" in asked.text and place.document() == parent()
    assert place.post("withdraw_now").text.count("Dat kan niet terug") == 1 and place.document() == parent()
    page = place.post("withdraw_now", sure="yes")
    assert page.status_code == 200 and "Ingetrokken op dinsdag 24 november" in page.text
    assert "Mijn dochter" not in page.text and "nog iets" not in page.text
    found = place.store.find(place.stored.reference)
    assert found and found.document is None and found.status == "withdrawn"
    assert place.store.notes(place.stored.reference) == () and "handover.withdrawn" in place.events()
    with place.engine.begin() as connection:
        assert connection.execute(select(handovers.c.sealed).where(place.is_mine)).scalar() == b""


@pytest.mark.parametrize("step", ["look", "add", "edit", "correct", "withdraw", "withdraw_now", "html", "json"])
def test_after_withdrawing_every_step_says_so(place: Place, step: str) -> None:
    place.post("withdraw_now", sure="yes")
    done = place.actions().count("handover.withdrawn")
    page = place.post(step, addition="toch iets", sure="yes", own_words="x", version="2")
    assert page.status_code == 200 and "Ingetrokken op" in page.text and "content-disposition" not in page.headers
    assert place.store.notes(place.stored.reference) == ()
    assert place.actions().count("handover.withdrawn") == done == 1


# ---- When something is down ----------------------------------------------------------------------------------------


def test_when_the_database_is_down_nothing_is_said_to_be_gone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("locked"))

    monkeypatch.setattr(place.store, "find_with_code", down)
    for _ in range(12):
        page = place.post()
        assert page.status_code == 503 and "niet weg" in page.text


def test_when_an_addition_is_not_stored_the_text_stays(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError("insert", {}, Exception("disk"))

    monkeypatch.setattr(place.store._own, "add_note", down)
    page = place.post("add", addition="dit wil ik kwijt")
    assert page.status_code == 503 and "dit wil ik kwijt" in page.text and "niet gelukt" in page.text


def test_what_was_done_is_not_called_failed_when_it_cannot_be_shown(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw, fields = place.store.withdraw, {"step": "withdraw_now", "sure": "yes"}

    def down(*_: Any, **__: Any) -> None:
        raise OperationalError("select", {}, Exception("locked"))

    def then_down(*args: Any, **named: Any) -> bool:
        done = withdraw(*args, **named)
        monkeypatch.setattr(place.store, "find_with_code", down)
        monkeypatch.setattr(place.audit, "record", down)
        return done

    monkeypatch.setattr(place.store, "withdraw", then_down)
    page = place.post(**fields)
    assert page.status_code == 200 and "ingetrokken en gewist" in page.text
    found = place.store.find(place.stored.reference)
    assert found and found.document is None


def test_a_correction_without_its_note_is_still_a_correction(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError("insert", {}, Exception("disk"))

    fields = form(place, name="Sanne")
    monkeypatch.setattr(place.store._own, "add_note", down)
    assert "Het is veranderd" in place.post("correct", **fields).text and place.document().reporter.name == "Sanne"


def test_a_look_that_cannot_be_logged_does_not_happen(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any) -> None:
        raise OperationalError("insert", {}, Exception("disk"))

    monkeypatch.setattr(place.audit, "record", down)
    page = place.post()
    assert page.status_code == 503 and "Mijn dochter" not in page.text


# ---- The way to it -------------------------------------------------------------------------------------------------


def test_every_page_and_the_help_page_lead_to_it(place: Place) -> None:
    for path in ("/hulp", "/bericht", PAGE):
        assert f'href="{PAGE}' in place.client.get(path).text
    assert place.client.get("/hulp").text.count(f'href="{PAGE}') == 2


def test_without_a_store_there_is_no_page_and_no_link(client: TestClient) -> None:
    assert client.get(PAGE).status_code == 404 and PAGE not in client.get("/hulp").text


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_seen_edited_and_kept(place: Place, example: str) -> None:
    place.stored = place.save(EXAMPLES[example]())
    for step in ("look", "edit", "withdraw", "html", "json"):
        page = place.post(step)
        assert page.status_code == 200 and "niemand lezen" not in page.text


def test_every_word_of_the_pages_exists() -> None:
    from bot.web.page import TEMPLATES
    from bot.wording import wording

    known = {key.removeprefix("own_copy.") for key in wording().keys() if key.startswith("own_copy.")}
    pages = "".join(path.read_text() for path in TEMPLATES.glob("own_copy*.html"))
    asked = set(re.findall(r"\bo\('(\w+)'[,)]", pages)) | set(re.findall(r"'(edit_\w+)'[,) ]", pages))
    assert asked - {"edit_"} <= known
