"""What professionals typed that the three forms first did not understand, or understood wrongly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.routes.find import Asked, find_route
from bot.routes.jw315_form import Jw315Form
from bot.routes.meldcode_form import MeldcodeForm
from bot.routes.result import route_sheet
from bot.routes.short_form import RouteForm
from bot.short_form import Said

AGAIN = "Dat begreep ik niet"


@pytest.fixture
def talk(book, setting):
    """The last outcome after these answers; a text in `<>` is a pressed button."""

    def run(form_class, *answers, within=setting):
        form = form_class(lambda: book)
        outcome = form.begin({}, within)
        for answer in answers:
            said = Said(value=answer[1:-1]) if answer.startswith("<") else Said(text=answer)
            outcome = form.receive(json.loads(json.dumps(outcome.values)), said, within)
        return outcome

    return run


def text_of(outcome):
    return "\n".join(message.text for message in outcome.messages)


# ---- a question in between ----


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (["<huisarts>"], "eerst even: wat is een jw315?"),
        (["<huisarts>"], "eerst even: wat is een jw315"),
        (["<huisarts>"], "wanneer moet ik de meldcode volgen?"),
        (["<huisarts>"], "hoe werkt dat met dyslexie?"),
        (["<huisarts>", "<jeugd_ggz>", "<12-16>"], "mag ik trouwens zonder toestemming van vader verwijzen?"),
        (["<huisarts>", "<jeugd_ggz>", "<12-16>"], "geldt dat ook bij een ots?"),
        (["<huisarts>", "<jeugd_ggz>"], "mag een kind van 12 zelf beslissen?"),
    ],
)
def test_a_question_is_no_answer_and_no_misunderstanding(talk, before, asked):
    outcome = talk(RouteForm, *before, asked)
    assert outcome.status == "not_understood" and AGAIN not in text_of(outcome) and outcome.messages[0].buttons


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("verwijzen naar ggz?", "jeugd_ggz"),
        ("dyslexie?", "dyslexie"),
        ("wlz of jeugdwet?", "wlz"),
        ("Welke gemeente betaalt?", "welke_gemeente"),
    ],
)
def test_the_name_of_a_route_question_may_have_a_question_mark(talk, typed, question):
    assert talk(RouteForm, "<huisarts>", typed).values["question"] == question


@pytest.mark.parametrize("form", [Jw315Form, MeldcodeForm])
@pytest.mark.parametrize("asked", ["wat is een jw315?", "mag ik dat zonder ouders doen?", "hoe lang duurt dit"])
def test_the_other_forms_hear_a_question_too(talk, form, asked):
    outcome = talk(form, asked)
    assert outcome.status == "not_understood" and AGAIN not in text_of(outcome)


@pytest.mark.parametrize("form", [RouteForm, Jw315Form, MeldcodeForm])
def test_what_is_no_question_and_no_answer_is_told(talk, form):
    assert AGAIN in text_of(talk(form, "blauw"))


@pytest.mark.parametrize("form", [RouteForm, Jw315Form, MeldcodeForm])
def test_going_on_after_a_question_asks_again_without_blame(book, setting, form):
    opened = form(lambda: book)
    asked = opened.receive(opened.begin({}, setting).values, Said(), setting)
    assert AGAIN not in text_of(asked) and asked.messages[0].buttons


# ---- ages ----


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("bijna 18", "17", None),
        ("over 2 weken 18", "17", None),
        ("12 tot 16", "12-16", None),
        ("klas 2 vmbo", "13", "ongeveer 13 jaar"),
        ("14 en 16", "14", "de jongste: 14 jaar"),
    ],
)
def test_an_age_in_words_is_kept_and_what_we_made_of_it_is_told(talk, typed, kept, told):
    asked = talk(RouteForm, "<huisarts>", "<jeugd_ggz>", typed)
    assert asked.values["ages"] == kept
    done = text_of(talk(RouteForm, "<huisarts>", "<jeugd_ggz>", typed, "<vrijwillig>"))
    assert told is None or told in done


def test_minus_three_is_no_age(talk):
    assert talk(RouteForm, "<huisarts>", "<jeugd_ggz>", "-3").status == "not_understood"


def test_without_a_route_what_we_made_of_the_age_is_told_too(book, knowledge, today):
    asked = Asked("huisarts", "jeugd_ggz", (8, 9), "strafrecht", None, "several")
    sheet = route_sheet(find_route(book, asked), book, knowledge, today=today)
    assert any("de jongste: 8 jaar" in item for part in sheet.parts for item in part.items)


def test_an_unborn_child_has_no_age(talk):
    outcome = talk(RouteForm, "<verloskundige>", "<zwangerschap>")
    assert outcome.values.get("asking") == "gemeente" and "Hoe oud" not in text_of(outcome)


# ---- JW315 ----


def test_all_but_one_of_this_step(talk):
    assert talk(Jw315Form, "<arts>", "alles behalve de agb").values["answers"] == {
        "gemeente": "ja",
        "verwijzer": "nee",
        "verwijsdatum": "ja",
    }


@pytest.mark.parametrize("typed", ["alles behalve de agb", "op de agb na alles", "ja, maar de agb mist toch"])
def test_all_but_one_of_an_earlier_step(talk, typed):
    outcome = talk(Jw315Form, "<arts>", "<ja>", typed)
    answers = outcome.values["answers"]
    assert answers["verwijzer"] == "nee" and answers["gemeente"] == "ja"
    assert {answers[key] for key in ("product", "omvang", "ingangsdatum")} == {"ja"}
    assert outcome.values["asking"] == "kind" and "AGB-code: ontbreekt" in text_of(outcome)


def test_a_field_of_an_earlier_step_is_corrected_and_the_question_stays(talk):
    wrong = talk(Jw315Form, "<arts>", "agb mist")
    assert wrong.values["answers"]["verwijzer"] == "nee"
    right = talk(Jw315Form, "<arts>", "agb mist", "de agb heb ik toch wel")
    assert right.status == "asking" and right.values["asking"] == "hulp"
    assert right.values["answers"] == {"gemeente": "ja", "verwijzer": "ja", "verwijsdatum": "ja"}
    assert "AGB-code: is er" in text_of(right)


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("alleen de omvang heb ik", {"product": "nee", "omvang": "ja", "ingangsdatum": "nee"}),
        ("omvang nog niet, de rest wel", {"product": "ja", "omvang": "nee", "ingangsdatum": "ja"}),
        ("alles ontbreekt", {"product": "nee", "omvang": "nee", "ingangsdatum": "nee"}),
        ("nog niet gedaan", {"product": "nee", "omvang": "nee", "ingangsdatum": "nee"}),
        ("nee", {"product": "nee", "omvang": "nee", "ingangsdatum": "nee"}),
        ("klopt", {"product": "ja", "omvang": "ja", "ingangsdatum": "ja"}),
    ],
)
def test_fields_in_words(talk, typed, answers):
    given = talk(Jw315Form, "<arts>", "<ja>", typed).values["answers"]
    assert {key: given.get(key) for key in answers} == answers


def test_the_print_link_keeps_the_field_named_gemeente(talk, setting, knowledge):
    within = replace(setting, gemeente="zoetermeer")
    done = text_of(talk(Jw315Form, "<arts>", "<ja>", "<ja>", "<ja>", within=within))
    assert "gemeente=ja" in done and "plaats=zoetermeer" in done


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("leerkracht", "De aanbieder van de hulp stuurt de JW315"),
        ("wij zijn de aanbieder", "Dan is deze lijst voor u"),
        ("nee", "nog geen verwijzing, bepaling of besluit"),
        ("nog niet gedaan", "nog geen verwijzing, bepaling of besluit"),
        ("stap 3", "Eerst deze vraag"),
    ],
)
def test_jw315_has_an_answer_for_who_somebody_is_and_for_no_referral(talk, typed, says):
    outcome = talk(Jw315Form, typed)
    assert outcome.status == "asking" and says in text_of(outcome) and AGAIN not in text_of(outcome)


def test_jw315_goes_to_the_step_that_is_named(talk):
    outcome = talk(Jw315Form, "<arts>", "stap 3")
    assert outcome.values["asking"] == "hulp"
    assert talk(Jw315Form, "<arts>", "stap 3", "<ja>").values["asking"] == "plek"
    assert "via" not in talk(Jw315Form, "<arts>", "terug naar stap 1").values


# ---- meldcode ----


@pytest.mark.parametrize("typed", ["leerkracht", "wij zijn de aanbieder"])
def test_the_meldcode_is_for_every_profession(talk, typed):
    outcome = talk(MeldcodeForm, typed)
    assert outcome.status == "asking" and "elk beroep" in text_of(outcome) and outcome.values["step"] == 1


@pytest.mark.parametrize("typed", ["nee", "nog niet gedaan", "nog niet"])
def test_a_step_that_was_not_taken_is_kept(talk, typed):
    assert talk(MeldcodeForm, typed).values == {"step": 2, "open": [1]}


def test_a_step_can_be_named(talk):
    assert talk(MeldcodeForm, "stap 3").values["step"] == 3
    assert talk(MeldcodeForm, "stap 1 en 2 gedaan").values == {"step": 3, "open": []}
    assert talk(MeldcodeForm, "<ja>", "<ja>", "stap 2 toch nog niet").values == {"step": 3, "open": [2]}
    back = talk(MeldcodeForm, "<nee>", "stap 1", "<ja>").values
    assert back == {"step": 2, "open": []}
    last = talk(MeldcodeForm, "stap 5")
    assert last.values["step"] == 4 and "volgt uit stap 4" in text_of(last)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("nog niet gedaan", "U weet het nog niet zeker"),
        ("dat kan ik niet beoordelen", "U weet het nog niet zeker"),
        ("nee, maar ik maak me wel zorgen", "U weet het nog niet zeker"),
        ("geen acute onveiligheid, wel structureel", "U weet het nog niet zeker"),
        ("niet veilig", "meldt u bij Veilig Thuis"),
        ("hulp is niet genoeg", "meldt u bij Veilig Thuis"),
        ("ja, structureel", "meldt u bij Veilig Thuis"),
        ("nee", "Regel die hulp"),
        ("nee hoor", "Regel die hulp"),
        ("geen acute of structurele onveiligheid", "Regel die hulp"),
    ],
)
def test_only_a_plain_no_weighs_as_safe(talk, typed, says):
    assert says in text_of(talk(MeldcodeForm, "<ja>", "<ja>", "<ja>", typed))


def test_no_acute_danger_is_not_danger_now(talk):
    assert talk(MeldcodeForm, "nee, niet acuut").status == "asking"
    assert "Bel nu 112" in text_of(talk(MeldcodeForm, "acuut gevaar"))


# ---- ages without a route before ----


@pytest.mark.parametrize(
    ("question", "age", "key"),
    [
        ("dwang", 18, "dwang_na_18"),
        ("gesloten_jeugdhulp", 19, "gesloten_na_18"),
        ("schoolverzuim", 20, "verzuim_na_18"),
        ("schoolverzuim", 4, "verzuim_vier"),
    ],
)
@pytest.mark.parametrize("frame", ["vrijwillig", "ots", "voogdij", "onbekend", None])
def test_grown_up_and_four_have_an_honest_route(book, question, age, key, frame):
    for role in book.roles:
        found = find_route(book, Asked(role, question, (age, age + 1), frame)).route
        assert found is not None and found.key == key, (role, frame)


def test_a_band_with_one_year_of_another_route_keeps_the_route_of_most_years(book):
    found = find_route(book, Asked("kinderopvang", "schoolverzuim", (4, 12), "vrijwillig")).route
    assert found is not None and found.key == "verzuim_overig"
