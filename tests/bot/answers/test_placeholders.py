from __future__ import annotations

import pytest

from bot.answers.placeholders import fill


@pytest.mark.parametrize(
    ("text", "unknown", "known"),
    [
        ("Bel {team}.", "Bel het lokale team.", "Bel het lokale team (Wijkteam Ede)."),
        ("{team} helpt.", "Het lokale team helpt.", "Het lokale team (Wijkteam Ede) helpt."),
        ("Ja. {gemeente} betaalt.", "Ja. De gemeente betaalt.", "Ja. De gemeente Ede betaalt."),
        ("- {team}\n- {gemeente}", "- Het lokale team\n- De gemeente", None),
        ("**Kop**\n\n{team}, of de huisarts", "**Kop**\n\nHet lokale team, of de huisarts", None),
        ("In {gemeente} kan dat.", "In de gemeente kan dat.", "In de gemeente Ede kan dat."),
        ("{onbekend}", "{onbekend}", None),
        ("Niets", "Niets", "Niets"),
        (
            "{team}. Bel {team}.",
            "Het lokale team. Bel het lokale team.",
            "Het lokale team (Wijkteam Ede). Bel het lokale team.",
        ),
    ],
)
def test_both_words_read_well_with_and_without_a_name(folder, text, unknown, known) -> None:
    folder.gemeente()
    knowledge = folder.load()
    assert fill(text, knowledge=knowledge, gemeente=None, audience="ouder") == unknown
    if known:
        assert fill(text, knowledge=knowledge, gemeente="ede", audience="ouder") == known


def test_an_abbreviation_does_not_nest(folder) -> None:
    path = folder.gemeente()
    path.write_text(path.read_text().replace("Wijkteam Ede", "Wijkteam Ede (WE)"))
    assert fill("{team}", knowledge=folder.load(), gemeente="ede", audience=None) == "Het lokale team (Wijkteam Ede)"


def test_a_gemeente_without_a_team_still_has_its_name(folder) -> None:
    text = fill("{team} en {gemeente}", knowledge=folder.load(), gemeente="ede", audience="jongere")
    assert text == "Het lokale team en de gemeente Ede"
