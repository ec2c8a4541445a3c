from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from bot.answers.local_team import ASK_FOR_HUMAN, render_local_team
from bot.answers.render import render
from bot.answers.select import select_answer

WEEK = "{maandag: ['09:00-17:00'], dinsdag: ['09:00-17:00']}"


def said(folder, now: datetime, *, slug="slecht_slapen", audience="ouder", gemeente=None, age=None):
    knowledge = folder.load()
    answer = select_answer(knowledge, slug, audience=audience, gemeente=gemeente, age=age, today=now.date())
    return render(answer, knowledge=knowledge, audience=audience, now=now)


def team_text(folder, now: datetime, gemeente="ede", audience="ouder") -> str:
    return render_local_team(folder.load(), gemeente, audience=audience, now=now).text


def test_the_answer_comes_first_with_bold_headings_and_sources(folder, now) -> None:
    folder.topic()
    first, second = said(folder, now)
    assert first.text.startswith("Veel peuters")
    assert "\n\n**Wat erbij hoort**\n\n" in first.text
    assert "#" not in first.text
    assert [(note.title, note.url) for note in first.sources] == [("NJi: slapen", "https://www.nji.nl/slapen")]
    assert first.buttons == () and second.sources == ()


def test_the_buttons_are_the_related_topics_and_a_person(folder, now) -> None:
    folder.topic(zie_ook="[een, weg, twee]")
    folder.topic("een", knop="Een vraag")
    folder.topic("twee", knop="Twee")
    buttons = said(folder, now)[1].buttons
    assert [button.payload for button in buttons] == [
        '/vraag{"topic": "een"}',
        '/vraag{"topic": "twee"}',
        ASK_FOR_HUMAN,
    ]
    assert json.loads(buttons[0].payload.removeprefix("/vraag")) == {"topic": "een"}


def test_a_button_has_the_words_of_the_audience(folder, now) -> None:
    folder.topic(zie_ook="[een]")
    folder.topic("een", knop="Uw vraag")
    folder.topic("een", variant="jongere", knop="Jouw vraag")
    assert said(folder, now, audience="jongere")[1].buttons[0].title == "Jouw vraag"


def test_without_a_gemeente_it_asks_where_the_person_lives(folder, now) -> None:
    folder.topic()
    assert "in welke gemeente u woont" in said(folder, now)[1].text
    assert "in welke gemeente je woont" in said(folder, now, audience="jongere")[1].text


def test_the_local_team_stands_under_the_answer(folder, now) -> None:
    folder.topic()
    folder.gemeente(telefoon="'085-000 00 00'", telefoon_zekerheid="hoog", openingstijden=WEEK)
    second = said(folder, now, gemeente="ede")[1]
    assert "Wijkteam Ede" in second.text and "085-000 00 00" in second.text
    assert "Nu open, tot 17.00 uur." in second.text
    assert len(second.sources) == 1


def test_the_number_of_a_team_never_stands_alone_when_old(folder, now) -> None:
    folder.gemeente(telefoon="'085-000 00 00'", telefoon_zekerheid="laag")
    assert "oudere pagina" in team_text(folder, now)
    folder.gemeente(naam_zekerheid="laag")
    assert "oudere pagina" in team_text(folder, now)
    folder.gemeente(naam_zekerheid="hoog")
    assert "oudere pagina" not in team_text(folder, now)


@pytest.mark.parametrize(
    ("ahead", "line"),
    [
        (timedelta(hours=-2), "Nu dicht. Vandaag open vanaf 9.00 uur."),
        (timedelta(hours=0), "Nu open, tot 17.00 uur."),
        (timedelta(hours=8), "Nu dicht. Open vanaf dinsdag 24 november, 9.00 uur."),
        (timedelta(days=2), "Nu dicht. Open vanaf maandag 30 november, 9.00 uur."),
    ],
)
def test_open_now_or_when_again(folder, now, ahead, line) -> None:
    folder.gemeente(openingstijden=WEEK)
    assert line in team_text(folder, now + ahead)


def test_a_closed_day_of_the_team_itself_counts(folder, now) -> None:
    folder.gemeente(openingstijden=WEEK, gesloten_op="[2026-11-23]", reactie_werkdagen="1")
    text = team_text(folder, now - timedelta(days=3))  # Friday
    assert "dinsdag 24 november, 9.00 uur" in text
    assert "uiterlijk dinsdag 24 november" in text


def test_an_unknown_team_falls_back_to_the_site_and_the_huisarts(folder, now) -> None:
    assert "huisarts" in team_text(folder, now)
    folder.write(
        "gemeenten/ede/gemeente.yml",
        "naam: Ede\nprovincie: Gelderland\nwebsite: https://www.ede.nl\nbronnen: [bron_een]\n"
        "gecontroleerd_op: 2026-11-21\nteam: {naam: null}\n",
    )
    text = team_text(folder, now)
    assert "[ede.nl](https://www.ede.nl)" in text and "huisarts" in text


def test_a_team_of_which_only_the_name_is_known(folder, now) -> None:
    folder.gemeente(website="null")
    text = team_text(folder, now)
    assert "Wijkteam Ede" in text and "weet ik niet zeker" in text and "None" not in text


def test_a_made_up_gemeente_says_so(folder, now) -> None:
    folder.gemeente("voorbeeld", naam="Voorbeeld", fictief="true")
    assert "bestaan niet echt" in team_text(folder, now, "voorbeeld")


def test_the_note_of_the_editor_is_never_shown(folder, now) -> None:
    folder.gemeente(opmerking="geheim", regio="'MVS'")
    assert "geheim" not in team_text(folder, now, audience="professional")


def test_the_crisis_service_is_only_for_those_who_may_call(folder, now) -> None:
    folder.topic(stap="direct", doelgroep="[ouder, professional]")
    folder.gemeente(crisis_jeugd="{naam: CIT, telefoon: '085-000 00 01', doelgroep: [professional]}")
    assert "085-000 00 01" in said(folder, now, gemeente="ede", audience="professional")[1].text
    assert "085-000 00 01" not in said(folder, now, gemeente="ede")[1].text
    assert "085-000 00 01" in team_text(folder, now, audience="professional")
    assert "085-000 00 01" not in team_text(folder, now)


def test_help_lines_show_number_and_when(folder, now) -> None:
    folder.topic(hulplijnen="[veilig_thuis, bestaat_niet]")
    text = said(folder, now)[1].text
    assert (
        "- Veilig Thuis: **0800-2000**. Voor iedereen. Dag en nacht bereikbaar. Gratis, en uw naam hoeft niet." in text
    )


def test_in_danger_the_numbers_come_before_the_team(folder, now) -> None:
    folder.topic(hulplijnen="[veilig_thuis]", stap="direct")
    folder.topic("rustig", hulplijnen="[veilig_thuis]")
    urgent, calm = said(folder, now)[1].text, said(folder, now, slug="rustig")[1].text
    assert urgent.index("0800-2000") < urgent.index("gemeente u woont")
    assert calm.index("0800-2000") > calm.index("gemeente u woont")


@pytest.mark.parametrize(
    ("audience", "age", "shown"), [("jongere", 19, False), ("jongere", 17, True), ("ouder", 3, True)]
)
def test_a_line_for_children_is_not_offered_to_an_adult(folder, now, audience, age, shown) -> None:
    folder.topic(hulplijnen="[kindertelefoon]", doelgroep="[ouder, jongere]")
    assert ("0800-0432" in said(folder, now, audience=audience, age=age)[1].text) is shown


def test_a_topic_one_does_alone_has_no_team_block_but_a_person(folder, now) -> None:
    folder.topic(stap="zelf")
    folder.gemeente()
    second = said(folder, now, gemeente="ede")[1]
    assert "Wijkteam" not in second.text and second.text
    assert second.buttons[-1].payload == ASK_FOR_HUMAN


def test_a_professional_route_has_no_team_block(folder, now) -> None:
    folder.topic(theme="verwijzen", stap="verwijzing", doelgroep="[professional]")
    folder.gemeente()
    assert "Wijkteam" not in said(folder, now, gemeente="ede", audience="professional")[1].text


def test_old_content_warns_and_says_where_to_look(folder, now) -> None:
    folder.topic(geldig_tot="2026-11-22", gecontroleerd_op="2026-01-01")
    text = said(folder, now)[0].text
    assert text.startswith("**Let op: dit kan veranderd zijn, kijk op [nji.nl/slapen](https://www.nji.nl/slapen).**")


def test_another_age_is_said_and_the_better_topic_comes_first(folder, now) -> None:
    folder.topic(leeftijd="1-4", zie_ook="[anders, schoolkind]")
    folder.topic("anders")
    folder.topic("schoolkind", leeftijd="4-13")
    first, second = said(folder, now, age=8)
    assert "van 1 tot 4 jaar" in first.text
    assert second.buttons[0].payload == '/vraag{"topic": "schoolkind"}'
    assert "van 1 tot 4 jaar" not in said(folder, now, age=2)[0].text
