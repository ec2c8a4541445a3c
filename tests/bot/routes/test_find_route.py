"""Which route is found, and that nothing is made up where none fits."""

from __future__ import annotations

import pytest

from bot.routes.find import Asked, asked_for, find_route, search_routes

SAFETY = ("crisis", "onveiligheid")


@pytest.mark.parametrize(
    ("role", "question", "age", "frame", "key"),
    [
        ("huisarts", "jeugd_ggz", 14, "vrijwillig", "ggz_keuze_arts"),
        ("huisarts", "jeugd_ggz", 14, None, "ggz_keuze_arts"),
        ("huisarts", "jeugd_ggz", 14, "ots", "ots_iedereen"),
        ("huisarts", "jeugd_ggz", 17, "vrijwillig", "ggz_bijna_18"),
        ("huisarts", "jeugd_ggz", 19, "vrijwillig", "ggz_volwassen"),
        ("gi", "jeugd_ggz", 14, "ots", "ots_gi"),
        ("gi", "jeugd_ggz", 14, "voogdij", "voogdij_gi"),
        ("school", "jeugd_ggz_licht", 9, "vrijwillig", "ggz_toeleiden"),
        ("poh_jeugd", "jeugd_ggz_specialistisch", 14, "vrijwillig", "ggz_spec_poh"),
        ("school", "dyslexie", 8, "vrijwillig", "dyslexie_school"),
        ("huisarts", "dyslexie", 8, "ots", "dyslexie_overig"),
        ("school", "dyslexie", 14, "vrijwillig", "dyslexie_middelbaar"),
        ("huisarts", "crisis", 15, "ots", "crisis_arts"),
        ("wijkagent", "onveiligheid", 6, "onbekend", "onveilig_politie"),
        ("kinderopvang", "onveiligheid", 2, "vrijwillig", "onveilig_kinderopvang"),
        ("volwassen_ggz", "onveiligheid", None, "vrijwillig", "onveilig_volwassen_ggz"),
        ("verloskundige", "zwangerschap", None, None, "zwangerschap_verloskundige"),
        ("aanbieder", "toewijzing", 12, "vrijwillig", "toewijzing_aanbieder"),
        ("school", "informatie_opvragen", 12, "ots", "informatie_ots"),
        ("wijkteam", "dwang", 12, "vrijwillig", "dwang_wijkteam"),
        ("wijkteam", "overgang_18", 16, "voogdij", "overgang_voor_18"),
        ("wijkteam", "overgang_18", 20, "vrijwillig", "overgang_na_18"),
    ],
)
def test_the_most_particular_route_is_found(book, role, question, age, frame, key):
    ages = (age, age + 1) if age is not None else None
    found = find_route(book, Asked(role, question, ages, frame)).route
    assert found is not None and found.key == key


def test_there_are_enough_routes_for_the_roles_and_questions(book):
    assert len(book.routes) >= 40 and len(book.roles) >= 12 and len(book.questions) >= 20


def test_every_role_finds_a_route_for_every_question_at_some_age_without_a_measure(book):
    ages = ((3, 4), (8, 9), (14, 15), (16, 17))
    missing = [
        (role, question)
        for role in book.roles
        for question in book.questions
        if question != "anders"
        and not any(find_route(book, Asked(role, question, age, "vrijwillig")).route for age in ages)
    ]
    assert missing == []


@pytest.mark.parametrize("question", SAFETY)
def test_danger_has_a_route_for_everybody_at_every_age_in_every_frame(book, question):
    for role in book.roles:
        for frame in book.frames:
            for age in (0, 3, 11, 14, 17, 18, 22):
                found = find_route(book, Asked(role, question, (age, age + 1), frame)).route
                assert found is not None and question in found.questions, (role, frame, age)


@pytest.mark.parametrize("frame", ["ots", "voogdij"])
def test_under_a_measure_the_voluntary_route_is_never_given(book, frame):
    for role in book.roles:
        for question in book.questions:
            found = find_route(book, Asked(role, question, (14, 15), frame)).route
            assert found is None or frame in found.frames or "alle" in found.frames


@pytest.mark.parametrize(
    ("role", "question", "age", "frame"),
    [
        ("huisarts", "dyslexie", 3, "vrijwillig"),
        ("huisarts", "jeugd_ggz", 8, "strafrecht"),
        ("huisarts", "anders", 8, "vrijwillig"),
        ("huisarts", "geen_vraag", 8, "vrijwillig"),
        ("huisarts", "jeugd_ggz", 60, "vrijwillig"),
        (None, "crisis", 8, "vrijwillig"),
        ("huisarts", None, 8, "vrijwillig"),
    ],
)
def test_what_does_not_fit_gives_no_route(book, role, question, age, frame):
    assert find_route(book, Asked(role, question, (age, age + 1), frame)).route is None


def test_every_route_can_be_reached_from_the_list(book):
    """Its own link leads to it, so no route hides behind another."""
    hidden = [route.key for route in book.routes.values() if find_route(book, asked_for(route, book)).route != route]
    assert hidden == []


def test_searching_finds_words_of_the_route_and_of_the_choices(book):
    assert {route.key for route in search_routes(book, "leesdossier")} >= {"dyslexie_school"}
    assert {route.key for route in search_routes(book, "ANOREXIA huisarts")} >= {"eetstoornis_arts"}
    assert search_routes(book, "xylofoon") == ()
    assert len(search_routes(book, "")) == len(book.routes)


def test_other_ages_are_offered_beside_the_best(book):
    others = find_route(book, Asked("huisarts", "jeugd_ggz", (14, 15), "vrijwillig")).others
    assert {route.key for route in others} >= {"ggz_bijna_18", "ggz_volwassen"}
