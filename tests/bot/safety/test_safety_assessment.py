"""What an assessment says, and what makes a signal weaker, graver or disappear."""

from __future__ import annotations

import pytest

from bot.safety import Assessment, assess


def level(text: str) -> str:
    return assess(text).level


def test_nothing_alarming_is_an_empty_assessment() -> None:
    assert assess("waar vind ik het wijkteam") == Assessment()
    assert assess("") == Assessment()
    assert assess("   \n ") == Assessment()


def test_an_assessment_says_what_was_read() -> None:
    found = assess("Mijn zoon slaapt slecht. Ik wil dood!")
    assert (found.level, found.kind, found.is_emergency) == ("urgent", "suicidality", True)
    assert found.signals[0].quote == "Ik wil dood"
    assert "wil_dood" in {signal.rule for signal in found.signals}
    assert (found.facts.level, found.facts.kind) == ("urgent", "suicidality")


def test_the_gravest_signal_comes_first() -> None:
    found = assess("ik durf niet naar huis. ik heb alle pillen van mijn moeder ingenomen")
    assert found.level == "life_threatening"
    assert found.kind == "medical"
    assert {"durf_niet_naar_huis", "pillen_geslikt"} <= {signal.rule for signal in found.signals}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik wil niet dood", "none"),
        ("ik denk niet aan zelfmoord", "none"),
        ("ik heb geen zelfmoordgedachten", "none"),
        ("mijn vader slaat mij niet", "none"),
        ("mijn vader slaat mij niet altijd", "urgent"),
        ("mijn vader slaat mij nooit als mama thuis is", "urgent"),
        ("hij slaat me bijna nooit", "urgent"),
        ("hij slaat niet alleen mij", "urgent"),
        ("ik weet niet wat ik moet, hij slaat me", "urgent"),
        ("ik kan niet meer stoppen hij slaat me", "urgent"),
        ("waarom mag ik niet dood", "urgent"),
        ("ik wil niet meer leven", "urgent"),
    ],
)
def test_a_denial_counts_only_when_it_denies(text: str, expected: str) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "vroeger werd ik geslagen door mijn vader",
        "als kind ben ik misbruikt",
        "mijn man slaat mij niet meer",
        "tien jaar geleden heb ik een zelfmoordpoging gedaan",
    ],
)
def test_what_is_over_gets_a_question_and_no_alarm(text: str) -> None:
    assert level(text) == "concern"


def test_the_past_that_came_back_is_now() -> None:
    assert level("vroeger werd ik geslagen door mijn vader en nu weer") == "urgent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik wil dood", "urgent"),
        ("ik ga vanavond zelfmoord plegen", "life_threatening"),
        ("mijn man slaat mij op dit moment", "life_threatening"),
        ("mijn man slaat mij nu al jaren", "urgent"),
    ],
)
def test_right_now_makes_it_life_threatening(text: str, expected: str) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat is zelfbeschadiging", "none"),
        ("wat is het protocol bij suïcidaliteit", "none"),
        ("ik moet een spreekbeurt houden. het gaat over kindermishandeling", "none"),
        ("leerling suïcidaal, wat is het protocol", "urgent"),
        ("we bespreken een film over zelfmoord en nu wil ik zelf ook dood", "urgent"),
        ("als een leerling zegt dat hij dood wil, wat doe ik dan", "concern"),
    ],
)
def test_a_question_about_the_subject_is_not_a_person_in_danger(text: str, expected: str) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mijn peuter slaat mij", "none"),
        ("mijn zoontje van 3 is boos, hij slaat mij", "none"),
        ("hij slaat mij, hij is vier", "concern"),
        ("mijn zoon van 15 slaat mij", "urgent"),
        ("hij slaat mij, de baby lag ernaast", "urgent"),
        ("mijn man is boos op ons zoontje van 3, hij slaat hem", "urgent"),
    ],
)
def test_a_small_child_that_hits_is_upbringing(text: str, expected: str) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van het lachen",
        "mijn telefoon is dood",
        "ik vermoord hem als hij zijn kamer niet opruimt",
        "de goudvis is dood",
        "ik ben doodmoe",
        "dat slaat nergens op",
    ],
)
def test_an_expression_is_an_expression(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "ik lach me dood maar eigenlijk wil ik dood",
        "mijn telefoon is dood en mijn vader slaat mij",
        "dat slaat nergens op, papa slaat mij",
    ],
)
def test_an_expression_hides_no_danger_beside_it(text: str) -> None:
    assert level(text) == "urgent"


def test_laughing_turns_an_alarm_into_a_question() -> None:
    assert level("ik wil dood haha") == "concern"
    assert level("mijn vader slaat mij haha") == "urgent"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i want to die", "en"),
        ("ölmek istiyorum", "tr"),
        ("chcę umrzeć", "pl"),
        ("أريد أن أموت", "ar"),
        ("хочу померти", "uk"),
        ("je veux mourir", None),
        ("ik wil dood", None),
    ],
)
def test_the_gravest_things_are_read_in_other_languages(text: str, language: str | None) -> None:
    found = assess(text)
    assert found.is_emergency
    assert found.language == language


@pytest.mark.parametrize(
    ("text", "writer"),
    [("mijn dochter van 15 wil dood", "ouder"), ("mijn vader slaat mij", "jongere"), ("ik wil dood", None)],
)
def test_the_text_shows_who_writes(text: str, writer: str | None) -> None:
    assert assess(text).writer == writer


def test_any_text_can_be_assessed() -> None:
    for text in ("\x00\x01", "🙂" * 50, "<script>alert(1)</script>", "%s {0} \\n", "א" * 200, "*" * 500, "'" * 500):
        assert assess(text).level in {"none", "concern"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "mn zusje (13) heeft een vriend van 22 die haar steeds dure spullen geeft en nu moet ze wat terugdoen",
            "exploitation",
        ),
        ("komt niet meer bij gym ivm omkleden en vandaag zei ze dat ze niet naar huis durft", "abuse"),
        ("dochter 13 slaapt in haar kleren en douchet niet meer sinds mn vriend bij ons woont", "sexual_abuse"),
        ("wij zijn ten einde raad met onze puber", "parent_overwhelmed"),
        ("wie kan me tegenhouden op het vliegveld", "abuse"),
        ("hij komt niet meer bij", "medical"),
    ],
)
def test_what_testers_typed_gets_the_right_kind(text: str, kind: str) -> None:
    assert assess(text).kind == kind


def test_a_question_about_the_subject_is_no_emergency() -> None:
    assert level("kan een jongen ook mishandeld worden") == "concern"
    assert level("kan een kind mishandeld worden, mijn moeder slaat mij") == "urgent"
