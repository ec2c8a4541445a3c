"""Whether contact is safe: conditions stay literal, and after a no nobody is promised a call."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.handover.conversation.compose import document
from bot.handover.conversation.confirmation import confirmed
from bot.handover.conversation.draft import Draft, Given, Known
from bot.handover.conversation.interview import question, receive, start
from bot.handover.conversation.safe_contact import read_safety

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)


def draft_at(step: str) -> Draft:
    draft = start(trigger="asked", audience="ouder", gemeente="utrecht", known=Known(age=9), now=NOW)
    answers = {"own_words": Given(text="Er is veel ruzie"), "contact": Given(text="0612345678")}
    while draft.step != step:
        draft = receive(draft, answers.get(draft.step, Given(value="skip")), now=NOW).draft
    return draft


def after(draft: Draft, *texts: str) -> Draft:
    for text in texts:
        draft = receive(draft, Given(text=text), now=NOW).draft
    return draft


def confirmation(draft: Draft) -> str:
    return confirmed("R-7K3-M9Q", document(draft, NOW), promised_by=None).text


@pytest.mark.parametrize(
    "text",
    [
        "nee niet als mijn vader erbij is",
        "nee niet bellen als hij thuis is, alleen overdag tussen 10 en 2",
        "ja maar niet na zes uur",
        "alleen appen",
        "alleen overdag als hij werkt",
        "ja, maar geen voicemail",
        "niet in het weekend",
        "nee niet bellen, alleen appen",
        "kan alleen na school",
        "tussen 9 en 11",
        "ja, behalve als hij thuis is",
        "als ik op school zit",
        "na 5 uur",
        "alleen overdag, in het weekend ook niet",
    ],
)
def test_a_condition_is_kept_as_it_was_said(text: str) -> None:
    assert read_safety(text, doubted=False) == ("only_at", text)
    draft = after(draft_at("safe_contact"), text)
    safety = document(draft, NOW).safety
    assert (draft.step, safety.can_we_call_safely, safety.call_note) == ("review", "only_at", text)
    assert text in question(draft).text and text in confirmation(draft)
    assert "wordt gebeld" not in confirmation(draft)


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "ja is veilig",
        "ja dat is veilig",
        "veilig",
        "dat kan gewoon",
        "ja hoor geen probleem",
        "niemand leest mee",
    ],
)
def test_it_is_safe(text: str) -> None:
    assert read_safety(text, doubted=False) == ("yes", None)


@pytest.mark.parametrize(
    "text",
    [
        "nee",
        "nee mijn man leest mee",
        "hij leest mijn telefoon",
        "dat is gevaarlijk voor mij",
        "niet veilig",
        "nee nooit",
        "nee, ook niet als hij weg is",
        "nee want hij is altijd thuis",
        "niet bellen",
        "dan slaat hij me",
        "als hij het hoort slaat hij me",
        "ja maar mijn man mag het niet horen",
        "ja maar hij leest mijn mail",
        "nee hij leest mijn appjes",
        "nee niemand luistert mee behalve mijn man",
        "mijn moeder kijkt soms in mijn telefoon",
        "ik ben bang, hij is vrijdag thuis",
        "niet op dit nummer",
        "dat kan echt niet",
    ],
)
def test_it_is_not_safe(text: str) -> None:
    read = read_safety(text, doubted=False)
    assert read is not None and read[0] == "no"


@pytest.mark.parametrize("text", ["soms", "ligt eraan", "niet altijd"])
def test_sometimes_asks_when(text: str) -> None:
    assert read_safety(text, doubted=False) == ("only_at", None)


@pytest.mark.parametrize(
    "text", ["kan ik bijzondere bijstand krijgen voor inrichting", "wat bedoel je", "", "pff", "?"]
)
def test_what_says_nothing_about_safety(text: str) -> None:
    assert read_safety(text, doubted=False) is None


def test_a_bare_yes_after_doubt_is_not_safe() -> None:
    assert read_safety("ja", doubted=True) is None
    assert read_safety("ja is veilig", doubted=True) == ("yes", None)
    draft = after(draft_at("safe_contact"), "hij zit altijd op mn lip", "ja")
    assert draft.step == "safe_contact"


NOES = ("nee", "nee mijn man leest mee", "hij leest mijn telefoon")


@pytest.mark.parametrize("no", NOES)
@pytest.mark.parametrize("way", ["mij@example.org", "ik bel zelf wel", "via mijn mentor"])
def test_after_a_no_nobody_is_called(no: str, way: str) -> None:
    draft = after(draft_at("safe_contact"), no)
    assert draft.step == "contact" and "belt" in question(draft).text
    draft = after(draft, way)
    draft = receive(draft, Given(value="safe_yes"), now=NOW).draft if draft.step == "safe_contact" else draft
    assert draft.step == "review"
    record = document(draft, NOW)
    assert record.safety.can_we_call_safely == "no" and record.contact.address != "0612345678"
    assert "0612345678" not in record.to_json()
    assert "het team belt niet" in question(draft).text.lower()
    assert "het team belt niet" in confirmation(draft).lower() and "wordt gebeld" not in confirmation(draft)
    if no != "nee":
        assert no in question(draft).text


@pytest.mark.parametrize("text", ["liever niet", "nee liever niet", "nee dat wil ik niet", "Nee, liever niet"])
def test_rather_not_is_a_no_and_no_question_left_out(text: str) -> None:
    draft = after(draft_at("safe_contact"), text)
    assert (draft.step, draft.get("address"), draft.get("no_calls")) == ("contact", None, "yes")


def test_a_call_of_which_nobody_said_that_it_is_safe_is_marked() -> None:
    draft = receive(draft_at("safe_contact"), Given(value="skip"), now=NOW).draft
    assert "niet gezegd" in question(after(draft, "overdag")).text


def test_another_number_that_is_safe_may_be_called() -> None:
    draft = after(draft_at("safe_contact"), "nee", "0687654321", "ja is veilig")
    record = document(draft, NOW)
    assert (record.safety.can_we_call_safely, record.contact.address) == ("yes", "0687654321")


def test_another_way_that_is_not_safe_either_is_asked_again() -> None:
    draft = after(draft_at("safe_contact"), "nee", "via mijn zus", "nee")
    assert draft.step == "contact" and draft.get("address") is None


def test_safety_skipped_after_a_no_is_still_no_call() -> None:
    draft = after(draft_at("safe_contact"), "nee", "0687654321")
    draft = receive(draft, Given(value="skip"), now=NOW).draft
    assert "wordt gebeld" not in confirmation(draft) and "het team belt niet" in confirmation(draft).lower()


@pytest.mark.parametrize("first", ["ja", "alleen overdag", "nee niet als mijn vader erbij is"])
def test_a_new_number_later_asks_again_whether_it_is_safe(first: str) -> None:
    draft = after(draft_at("safe_contact"), first)
    draft = receive(draft, Given(value="skip"), now=NOW).draft if draft.step == "best_time" else draft
    changed = after(draft, "ander nummer 0687654321")
    assert (changed.step, changed.get("address")) == ("safe_contact", "0687654321")
    assert changed.get("safe_note") is None


def test_a_number_in_the_answer_about_safety_is_the_new_number() -> None:
    draft = after(draft_at("safe_contact"), "ja maar bel liever 0687654321")
    assert (draft.step, draft.get("address")) == ("safe_contact", "0687654321")


@pytest.mark.parametrize(
    "text", ["ik durf niet, hij leest mijn telefoon", "mijn man checkt mijn mobiel", "dat is niet veilig"]
)
def test_whoever_dares_not_give_a_number_hears_that_they_can_call(text: str) -> None:
    heard = receive(draft_at("contact"), Given(text=text), now=NOW)
    said = heard.said[-1].text
    assert heard.draft.step == "contact"
    assert "tien cijfers" not in said and "zelf bellen" in said and "0800-2000" in said
    assert heard.draft.get("no_calls")
    assert after(heard.draft, "ik durf het echt niet").get("channel") == "none"


@pytest.mark.parametrize(
    "text", ["ik bel zelf wel", "Ik bel zelf", "ik bel liever zelf", "nee dan bel ik zelf wel", "zelf bellen"]
)
@pytest.mark.parametrize("step", ["contact", "safe_contact"])
def test_calling_themselves(text: str, step: str) -> None:
    draft = after(draft_at(step), text)
    assert (draft.get("channel"), draft.get("address")) == ("none", None)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("liever via mijn mentor", "liever via mijn mentor"),
        ("alleen appen 06 12345678", "alleen appen 06 12345678"),
        ("whatsapp 0612345678", "whatsapp 0612345678"),
        ("niet bellen, wel appen op 0612345678", "niet bellen, wel appen op 0612345678"),
    ],
)
def test_another_way_keeps_the_words(text: str, address: str) -> None:
    draft = after(draft_at("contact"), text)
    assert (draft.get("channel"), draft.get("address")) == ("other", address)


def test_app_or_call_is_a_number_to_call() -> None:
    draft = after(draft_at("contact"), "bellen of appen op 0612345678")
    assert (draft.get("channel"), draft.get("address")) == ("phone", "0612345678")
