"""Ages, addresses, names and numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.conversation.address import read_address, read_phone
from bot.handover.conversation.age import clear_age, own_age, read_age
from bot.handover.conversation.name import read_name
from bot.handover.conversation.phrases import (
    has_to_leave,
    help_was_called,
    is_cancel,
    is_going_on,
    is_later,
    is_no_answer,
    is_question,
    is_refusal,
)
from bot.handover.personal_number import has_bsn, is_bsn, without_bsn

TODAY = date(2026, 5, 12)
NO_AGES = ("gezin met 2 kids", "3 kinderen", "5 meldingen", "twee kleine kinderen", "10 tot 14", "2010", "1985")
NO_NAMES = ("niemand", "tja", "ga weg", "geen idee", "rot op", "boeit niet", "krijg ik geld", "verder")


@pytest.mark.parametrize(
    ("text", "age", "band"),
    [
        ("14", 14, "12-15"),
        ("veertien jaar", 14, "12-15"),
        ("net 17", 17, "16-17"),
        ("bijna 16", 15, "12-15"),
        ("17;4", 17, "16-17"),
        ("4,5 jaar", 4, "4-11"),
        ("groep 7", None, "4-11"),
        ("8 maanden", 0, "0-3"),
        ("een peuter", None, "0-3"),
        ("12-06-2011", 14, "12-15"),
        ("ze is 14 niet 13", 14, "12-15"),
        ("niet 13 maar 14", 14, "12-15"),
        ("16-17", None, "16-17"),
        ("hij wordt in mei 18", 17, "16-17"),
        ("27", 27, "23+"),
        ("bijna 16 dus gwn 15", 15, "12-15"),
        ("15 maar bijna 16", 15, "12-15"),
        ("hij is vorige week 16 geworden", 16, "16-17"),
        ("14 jr thuiszitter", 14, "12-15"),
        ("12 t/m 15", None, "12-15"),
        ("12 tot en met 15 jaar", None, "12-15"),
        ("ongeboren", None, "0-3"),
        ("2012", None, "12-15"),
        ("geboren in 2012", None, "12-15"),
        ("gezin met 2 kids, oudste is 9", 9, "4-11"),
    ],
)
def test_ages(text: str, age: int | None, band: str) -> None:
    assert read_age(text, TODAY) == (age, band)


@pytest.mark.parametrize(
    "text",
    ["8 en 12", "45", "weet ik niet", "", "groep 8", "3 havo", "2e klas", "later", "honderd", "0612345678", *NO_AGES],
)
def test_what_is_no_age(text: str) -> None:
    assert read_age(text, TODAY) is None


@pytest.mark.parametrize(
    ("story", "age"),
    [
        ("onze zoon van 14 slaapt niet", 14),
        ("ik ben 38 en mijn dochter is 9", 9),
        ("mijn dochter (15) wil niet", 15),
        ("moeder van 3", None),
        ("hij is 3 uur weg", None),
        ("mijn zoon van 14 en zijn zusje van 9", None),
        ("van 9 tot 5", None),
        ("hij is 2 keer weggelopen", None),
    ],
)
def test_an_age_in_a_story(story: str, age: int | None) -> None:
    assert clear_age(story) == age


def test_own_age_is_not_that_of_a_sister() -> None:
    assert own_age("ik ben 15 en mijn zusje van 9 ook") == 15
    assert own_age("mijn zusje van 9") is None
    assert own_age("ik ben 3 keer weggelopen") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06-12345678", "0612345678"),
        ("+31 6 1234 5678", "0612345678"),
        ("0031612345678", "0612345678"),
        ("+31 (0)6 12345678", "0612345678"),
        ("612345678", "0612345678"),
        ("(030) 123 45 67", "0301234567"),
        ("bel me op 06 12 34 56 78 na vijf uur", "0612345678"),
        ("+32 471 23 45 67", "+32471234567"),
    ],
)
def test_phone_numbers(text: str, number: str) -> None:
    reached = read_address(text)
    assert reached is not None and (reached.channel, reached.address) == ("phone", number)


@pytest.mark.parametrize("text", ["0800-2000", "0900 1234567", "14030", "112", "12345", "06 1234", "14 jaar"])
def test_numbers_that_cannot_be_called_back(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize("text", ["A.b@Voorbeeld.NL", "mail me op a.b@voorbeeld.nl.", "dit is het: a.b@voorbeeld.nl"])
def test_email(text: str) -> None:
    reached = read_address(text)
    assert reached is not None and (reached.channel, reached.address) == ("email", "a.b@voorbeeld.nl")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Samira", "Samira"),
        ("ik heet Jan de Vries", "Jan de Vries"),
        ("oh sorry, mijn naam is Noor", "Noor"),
        ("je mag me Mo noemen", "Mo"),
        ("Jan-Willem", "Jan-Willem"),
        ("mevr. Van 't Hof", "mevr. Van 't Hof"),
        ("Łukasz", "Łukasz"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text", ["mijn zoon slaapt niet", "😀", "12", "hoe lang duurt dat", "", "...", "ja", "x" * 61, *NO_NAMES]
)
def test_what_is_no_name(text: str) -> None:
    assert read_name(text) is None


@pytest.mark.parametrize(
    "text", ["111222333", "111.222.333", "111 222 333", "11-12-22-333", "bsn:111222333!", "111222333 06 12345678"]
)
def test_citizen_service_numbers(text: str) -> None:
    assert has_bsn(text)
    assert not has_bsn(without_bsn(text))


@pytest.mark.parametrize(
    "text",
    [
        "0612345678",
        "06 12 34 56 78",
        "06-12345678",
        "+31612345678",
        "030 1234567",
        "1112223331",
        "123456789",
        "12-05-2011",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert not has_bsn(text)


def _with_check_digit(first_eight: int) -> str:
    """Nine digits that pass the eleven-test, unless the last one would have to be ten."""
    total = sum(int(digit) * weight for digit, weight in zip(str(first_eight), range(9, 1, -1), strict=True))
    return f"{first_eight}{total % 11}"


@given(st.from_regex(r"06[ \-]?[0-9]{4}[ \-]?[0-9]{4}", fullmatch=True))
def test_a_mobile_number_is_never_a_citizen_service_number(number: str) -> None:
    assert not has_bsn(number)
    assert read_phone(number) is not None


@given(
    st.integers(10**7, 10**8 - 1).map(_with_check_digit).filter(is_bsn),
    st.text(max_size=20).filter(lambda text: not any(map(str.isdigit, text))),
)
def test_every_citizen_service_number_is_taken_out(number: str, around: str) -> None:
    assert number not in without_bsn(f"{around} {number} {around}")


@pytest.mark.parametrize("text", ["?", "", "😀", "weet ik niet", "geen idee", "...", "hm"])
def test_no_answer(text: str) -> None:
    assert is_no_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "wil ik niet zeggen",
        "liever niet",
        "geef ik liever niet",
        "mijn naam zeg ik niet",
        "sla over",
        "gaat je niks aan",
    ],
)
def test_refusals(text: str) -> None:
    assert is_refusal(text) and not is_cancel(text)


@pytest.mark.parametrize(
    "text",
    [
        "hmm doe toch maar niet, laat maar",
        "nee toch niet hoor",
        "stop maar",
        "ok stop maar hoor",
        "nee laat maar, stop",
        "pff laat maar, te veel werk",
        "laat maar zitten joh",
        "te veel gedoe, laat maar",
        "laat maar, ik heb geen tijd",
    ],
)
def test_cancels(text: str) -> None:
    assert is_cancel(text)


@pytest.mark.parametrize(
    "text", ["hij stopt niet", "laat hem maar", "ik wil niet meer", "hij doet toch niet wat ik zeg"]
)
def test_no_cancels(text: str) -> None:
    assert not is_cancel(text)


@pytest.mark.parametrize(
    "text", ["verder", "ok verder", "ja ga maar verder", "Ga door.", "ja hoor, verder met het bericht"]
)
def test_going_on(text: str) -> None:
    assert is_going_on(text)


@pytest.mark.parametrize("text", ["ja", "verder gaat het goed", "ik wil verder leren", "verder niets"])
def test_not_going_on(text: str) -> None:
    assert not is_going_on(text)


@pytest.mark.parametrize(
    "text", ["ja crisisdienst is gebeld, verder", "112 is gebeld", "we hebben 112 gebeld", "de politie is onderweg"]
)
def test_help_was_called(text: str) -> None:
    assert help_was_called(text)


@pytest.mark.parametrize("text", ["de huisarts", "ik heb gebeld met school", "crisisdienst GGZ", "bel na vijf uur"])
def test_nobody_was_called(text: str) -> None:
    assert not help_was_called(text)


@pytest.mark.parametrize(
    "text", ["moet ophangen", "sorry ik moet nu weg", "moet nu gaan", "ik moet ophangen, bel later"]
)
def test_has_to_leave(text: str) -> None:
    assert has_to_leave(text) and is_later(text)


@pytest.mark.parametrize("text", ["hoe lang duurt dat", "Mag mijn ex dit lezen?", "wat kost het"])
def test_questions(text: str) -> None:
    assert is_question(text)
