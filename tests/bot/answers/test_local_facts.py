from __future__ import annotations

from datetime import date

import pytest

from bot.answers.check import check
from bot.answers.local_team import render_local_team
from bot.answers.render import render
from bot.answers.select import select_answer
from bot.errors import InvalidFileError

TWO = """
  - onderwerp: huisarts
    voor: [professional]
    tekst: "De huisarts overlegt met het team."
    bron: bron_een
    zekerheid: laag
    gecontroleerd_op: 2026-11-22
  # a note of an editor
  - onderwerp: school
    voor:
      - ouder
      - professional
    tekst: "Op elke school komt iemand van het team."
    bron: bron_een
    zekerheid: hoog
    gecontroleerd_op: 2026-11-21"""


def gemeente_of(folder, lokaal):
    folder.gemeente(lokaal=lokaal)
    return folder.load().gemeenten["ede"]


def test_local_facts_are_read_with_the_line_they_stand_on(folder):
    first, second = gemeente_of(folder, TWO).local_facts
    assert (first.subject, first.audiences, first.certainty) == ("huisarts", ("professional",), "laag")
    assert (second.subject, second.audiences) == ("school", ("ouder", "professional"))
    assert (first.source, first.checked_on) == ("bron_een", date(2026, 11, 22))
    lines = (folder.root / "gemeenten/ede/gemeente.yml").read_text(encoding="utf-8").splitlines()
    assert "onderwerp: huisarts" in lines[first.line - 1] and "onderwerp: school" in lines[second.line - 1]


def test_facts_are_asked_for_by_audience_and_subject(folder):
    gemeente = gemeente_of(folder, TWO)
    assert [fact.subject for fact in gemeente.facts_for("professional", "school", "huisarts")] == ["school", "huisarts"]
    assert [fact.subject for fact in gemeente.facts_for("ouder")] == ["school"]
    assert gemeente.facts_for("jongere") == () and gemeente.facts_for(None) == ()


def test_no_local_facts_is_no_mistake(folder):
    folder.gemeente()
    assert folder.load().gemeenten["ede"].local_facts == ()


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("onderwerp: school", "onderwerp: schol", "Bedoelde u 'school'?"),
        ("zekerheid: hoog", "zekerheid: zeker", "Kies uit: hoog, laag"),
        ("gecontroleerd_op: 2026-11-21", "gecontroleerd: 2026-11-21", "geen bekend veld"),
        ("voor:\n      - ouder\n      - professional", "voor: []", "'voor' ontbreekt"),
    ],
)
def test_a_mistake_is_named_on_its_own_line(folder, wrong, right, says):
    folder.gemeente(lokaal=TWO.replace(wrong, right))
    with pytest.raises(InvalidFileError, match=says) as raised:
        folder.load()
    lines = (folder.root / "gemeenten/ede/gemeente.yml").read_text(encoding="utf-8").splitlines()
    assert right.split(":")[0] in lines[raised.value.line - 1]
    assert raised.value.line > next(at for at, line in enumerate(lines, 1) if line.startswith("lokaal:"))


def test_a_mapping_instead_of_a_list_is_refused(folder):
    folder.gemeente(lokaal="{onderwerp: school}")
    with pytest.raises(InvalidFileError, match="streepje"):
        folder.load()


def test_an_unknown_source_is_an_error_of_the_check(folder):
    folder.gemeente(lokaal=TWO.replace("bron: bron_een", "bron: bron_twee", 1))
    found = [problem for problem in check(folder.root) if "bron_twee" in problem.message]
    assert len(found) == 1 and found[0].severity == "error" and found[0].line


MANY = "".join(
    f"""
  - onderwerp: {subject}
    voor: [{audience}]
    tekst: "{text}"
    bron: bron_een
    zekerheid: {certainty}
    gecontroleerd_op: 2026-11-22"""
    for subject, audience, text, certainty in (
        ("crisis", "ouder, professional", "Bij nood komt het crisisteam.", "hoog"),
        ("werkwijze", "ouder", "Het eerste.", "laag"),
        ("school", "ouder", "Het tweede.", "hoog"),
        ("netwerk", "ouder", "Het derde.", "hoog"),
        ("huisarts", "professional", "De huisarts overlegt.", "hoog"),
    )
)
PARTNER = "{naam: Verband Ede, website: https://verband.example}"


def seen(folder, now, *, audience="ouder", slug=None, gemeente="ede"):
    knowledge = folder.load()
    if slug is None:
        return render_local_team(knowledge, gemeente, audience=audience, now=now)
    answer = select_answer(knowledge, slug, audience=audience, gemeente=gemeente, age=None, today=now.date())
    return render(answer, knowledge=knowledge, audience=audience, now=now)[1]


def test_a_parent_who_asks_for_the_team_sees_at_most_two_facts_and_that_a_page_is_old(folder, now) -> None:
    folder.gemeente(lokaal=MANY)
    text = seen(folder, now).text
    assert "**Zo werkt het in Ede**\n\n- Het eerste. (volgens een oudere pagina)\n- Het tweede." in text
    assert "Het derde" not in text and "crisisteam" not in text and "huisarts" not in text


def test_a_young_person_for_whom_nothing_is_known_sees_no_heading(folder, now) -> None:
    folder.gemeente(lokaal=MANY)
    assert "Zo werkt het in" not in seen(folder, now, audience="jongere").text
    assert "Zo werkt het in" not in seen(folder, now, gemeente=None).text


def test_a_professional_sees_the_partnership_and_the_facts_with_the_team_and_with_a_referral(folder, now) -> None:
    folder.gemeente(lokaal=MANY, samenwerkingsverband=PARTNER)
    folder.topic("route", theme="verwijzen", doelgroep="[professional]", stap="verwijzing")
    for slug in (None, "route"):
        message = seen(folder, now, audience="professional", slug=slug)
        assert "Verband Ede" in message.text and "- De huisarts overlegt." in message.text
        assert "crisisteam" not in message.text
        assert [note.title for note in message.sources] == ["NJi: slapen"]


def test_the_facts_stand_under_an_answer_on_the_team_and_not_under_another(folder, now) -> None:
    folder.gemeente(lokaal=MANY)
    folder.topic("mijn_team", theme="hulp_vinden", stap="lokaal_team")
    folder.topic("slapen", theme="gewoon_of_zorg", stap="lokaal_team")
    assert "- Het tweede." in seen(folder, now, slug="mijn_team").text
    assert "Het tweede" not in seen(folder, now, slug="slapen").text


def test_what_holds_in_a_crisis_stands_only_under_an_answer_on_danger(folder, now) -> None:
    folder.gemeente(lokaal=MANY)
    folder.topic("onveilig", theme="hulp_vinden", stap="direct")
    text = seen(folder, now, slug="onveilig").text
    assert "- Bij nood komt het crisisteam." in text and "Het eerste" not in text
