from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ordinary_or_care.model import HINDRANCE, HOW_LONG
from bot.ordinary_or_care.questions import UNKNOWN, UNSAFE, read
from bot.short_form import Said

TODAY = date(2026, 11, 22)
SAID = {
    "how_long": {
        "days": "gisteren begonnen; een week; paar dagen; nog maar net; 5 dagen; vorige week; sinds maandag",
        "weeks": "al weken; 2 weken; drie weken; een paar weken; al een tijdje; n week of 3; "
        "sinds begin november; 20 dagen; sinds kort",
        "months": "al maanden; een paar maanden; 6 weken; anderhalve maand; sinds september; sinds de herfstvakantie; "
        "2 à 3 maanden; een maand of twee; best lang; lang",
        "longer": "sinds de zomer; half jaar; al heel lang; jaren; van kleins af aan; ruim een jaar; sinds 2024; "
        "vorig jaar; sinds groep 3; eigenlijk altijd al; 4 mnd; sinds de kerst; sinds mrt; ½ jaar; 1,5 jaar",
        UNKNOWN: "weet ik niet; geen idee; weet ik niet precies",
        None: "ja; wat kost dat; hoe lang duurt een verwijzing?; mijn zus heeft ook zoiets",
    },
    "hindrance": {
        "none": "nee; valt mee; niet echt; nauwelijks; helemaal niet; gaat prima; geen last; nee hoor; totaal niet",
        "little": "een beetje; soms; valt wel mee; niet veel; af en toe; mwah; ja een beetje; niet zo erg; "
        "op school niet maar thuis wel",
        "much": "best wel; veel; heel erg; ja; elke dag ruzie; hij gaat niet meer naar school; ze slaapt niet; "
        "gaat goed op school maar thuis is het elke dag raak; ik trek het niet meer; we zijn helemaal op; "
        "hij slaapt nauwelijks; het gaat niet; ja best wel veel; loopt uit de hand",
        UNSAFE: "onveilig; in paniek; ik ben bang voor hem; hij slaat mij; het is niet meer veilig; "
        "bang dat ze zichzelf iets aandoet",
        UNKNOWN: "weet ik niet; geen idee",
        None: "wat kost jeugdhulp eigenlijk; wie kan ik bellen?; groen",
    },
    "age": {
        4: "4; vier; 4 jaar; bijna 5; hij is 4",
        0: "8 maanden; baby; 10 weken; nog geen 1",
        6: "groep 3; 6 en een half; zes jaar",
        2: "peuter; 2,5; tweeënhalf; 2 jaar en 3 maanden",
        17: "17; 17;4; net 17",
        12: "brugklas; 12",
        None: "45; 4 en 7; ja; wat maakt dat uit?; dat zeg ik liever niet hoor want dat gaat niemand iets aan",
    },
}
CASES = [
    (question, expected, text)
    for question, answers in SAID.items()
    for expected, texts in answers.items()
    for text in (texts.split("; ") if "17;4" not in texts else ["17", "17;4", "net 17"])
]


@pytest.mark.parametrize(("question", "expected", "text"), CASES)
def test_typed_answers_are_understood(question, expected, text) -> None:
    assert read(question, Said(text=text), TODAY) == expected


def test_the_writers_fear_goes_before_the_question() -> None:
    assert read("how_long", Said(text="al weken en ik ben bang voor hem"), TODAY) == UNSAFE


@pytest.mark.parametrize(
    "text", ["niet onveilig", "geen paniek", "ik ben bang dat hij blijft zitten", "bang in het donker"]
)
def test_what_is_not_unsafe(text) -> None:
    assert read("hindrance", Said(text=text), TODAY) != UNSAFE


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [("age", "4-6", 4), ("age", "0-1", 0), ("age", "3-5", None), ("how_long", "longer", "longer"),
     ("how_long", "x", None), ("hindrance", "unsafe", UNSAFE), ("hindrance", "unknown", UNKNOWN),
     ("how_long", "unsafe", None)],
)  # fmt: skip
def test_buttons_are_understood(question, value, expected) -> None:
    assert read(question, Said(value=value), TODAY) == expected


@given(text=st.text(max_size=200), question=st.sampled_from(["age", "how_long", "hindrance"]))
def test_any_text_gives_an_answer_or_none(text, question) -> None:
    found = read(question, Said(text=text), TODAY)
    if question == "age":
        assert found is None or 0 <= found <= 27
    else:
        assert found in (None, UNKNOWN, UNSAFE, *HOW_LONG, *HINDRANCE)


@given(days=st.integers(1, 3000), today=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_number_of_days_is_never_shorter_than_fewer_days(days, today) -> None:
    order = [read("how_long", Said(text=f"{count} dagen"), today) for count in (days, days + 1)]
    assert HOW_LONG.index(order[0]) <= HOW_LONG.index(order[1])
