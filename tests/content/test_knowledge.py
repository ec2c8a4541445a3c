"""The real content: no errors, and every topic can be said to everybody, everywhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.answers.check import check, format_problem
from bot.answers.load import load_knowledge
from bot.answers.local_team import ASK_FOR_HUMAN, render_local_team
from bot.answers.render import render
from bot.answers.schema import Knowledge
from bot.answers.select import select_answer
from bot.turn import AUDIENCES, Message

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
COVERED = {
    "montfoort", "oudewater", "woerden", "stichtse_vecht", "de_ronde_venen", "zoetermeer", "maassluis", "vlaardingen",
    "schiedam", "leiden", "leiderdorp", "oegstgeest", "zoeterwoude", "voorschoten", "katwijk", "noordwijk", "teylingen",
    "hillegom", "lisse", "nieuwkoop", "kaag_en_braassem", "ede", "rhenen",
}  # fmt: skip
NUMBERS = {
    "noodnummer": "112",
    "veilig_thuis": "0800-2000",
    "zelfmoordpreventie_113": "113 of 0800-0113",
    "kindertelefoon": "0800-0432",
    "alles_oke": "0800-0450",
    "centrum_seksueel_geweld": "0800-0188",
    "geldfit": "0800-8115",
    "zorgverzekeringslijn": "0800 64 64 644",
    "jeugdstem": "088-555 1000",
    "vertrouwensinspectie": "0900-1113111",
    "fier": None,
    "mind_korrelatie": None,
    "jongeren_hulp_online": None,
    "discriminatie": "0800-0880",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


def test_the_check_finds_no_errors() -> None:
    problems = check(ROOT / "knowledge", ROOT / "data" / "nlu" / "vraag")
    assert [format_problem(problem) for problem in problems if problem.severity == "error"] == []


def test_help_lines_have_exactly_these_numbers(knowledge) -> None:
    assert {key: line.number for key, line in knowledge.help_lines.items()} == NUMBERS


def test_a_help_line_can_be_reached_somehow(knowledge) -> None:
    assert all(line.number or line.url for line in knowledge.help_lines.values())


def test_the_covered_gemeenten_are_there_and_only_the_example_is_made_up(knowledge) -> None:
    assert set(knowledge.gemeenten) == COVERED | {"voorbeeldgemeente"}
    assert [slug for slug, found in knowledge.gemeenten.items() if found.fictional] == ["voorbeeldgemeente"]


def test_a_real_gemeente_has_a_site_to_fall_back_on(knowledge) -> None:
    assert [slug for slug in COVERED if not knowledge.gemeenten[slug].website] == []


def test_every_topic_can_be_said_to_everybody(knowledge) -> None:
    for slug in knowledge.slugs():
        for audience in AUDIENCES:
            for gemeente in (None, "amsterdam", "woerden", "schiedam"):
                answer = select_answer(
                    knowledge, slug, audience=audience, gemeente=gemeente, age=None, today=NOW.date()
                )
                first, second = render(answer, knowledge=knowledge, audience=audience, now=NOW)
                assert first.sources, slug
                assert second.buttons[-1].payload == ASK_FOR_HUMAN, slug
                assert_readable(first)
                assert_readable(second)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_local_team_can_be_shown(knowledge, audience) -> None:
    for slug in (None, *knowledge.gemeenten, "amsterdam"):
        assert_readable(render_local_team(knowledge, slug, audience=audience, now=NOW))


def assert_readable(message: Message) -> None:
    """Nothing of the machine shows: no placeholder, no None, no empty bubble, no heading signs."""
    assert message.text.strip()
    assert [sign for sign in ("{", "}", "None", "##") if sign in message.text] == [], message.text
