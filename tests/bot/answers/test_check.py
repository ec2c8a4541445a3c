from __future__ import annotations

import pytest

from bot.answers.check import check, format_problem


def found(folder, severity: str | None = None) -> list[str]:
    problems = check(folder.root, folder.nlu)
    return [problem.message for problem in problems if severity in (None, problem.severity)]


def errors(folder) -> list[str]:
    return found(folder, "error")


def long_enough(folder, text: str = "", theme: str = "gewoon_of_zorg") -> str:
    return folder.body(theme, text=("Een vast uur helpt vaak. " * 7) + text)


def test_good_content_has_no_problems(folder) -> None:
    folder.topic(body=long_enough(folder))
    folder.gemeente(telefoon="'085-000 00 00'", telefoon_zekerheid="hoog")
    folder.write("gemeenten/plaatsen.yml", "Lunteren: ede\n")
    assert found(folder) == []


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ({"titel": "x" * 71}, "71 tekens"),
        ({"knop": "x" * 33}, "33 tekens"),
        ({"bronnen": "[bron_en]"}, "'bron_en' bij 'bronnen' bestaat niet. Bedoelde u 'bron_een'?"),
        ({"bronnen": "[]"}, "geen bron"),
        ({"hulplijnen": "[veilig_thui]"}, "Bedoelde u 'veilig_thuis'?"),
        ({"zie_ook": "[bestaat_niet]"}, "'bestaat_niet' bij 'zie_ook'"),
        ({"zie_ook": "[slecht_slapen]"}, "het onderwerp zelf"),
        ({"zie_ook": "[a, b, c, d]"}, "hoogstens 3"),
        ({"geldig_tot": "2026-11-21"}, "'geldig_tot' ligt niet na"),
    ],
)
def test_mistakes_above_the_text(folder, front, message) -> None:
    folder.topic(**front)
    assert any(message in error for error in errors(folder))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Bel 0800-1234.", "Het nummer 0800-1234 staat niet in hulplijnen.yml"),
        ("Bel 010 754 15 15.", "010 754 15 15"),
        ("Bel 112.", "Het nummer 112"),
        ("Bel 14 0318.", "14 0318"),
        ("Bel +31 6 12345678.", "+31 6 12345678"),
        ("<b>Vet</b>", "geen HTML"),
        ("{{ naam }} is er", "geen HTML"),
        ("{% if x %}", "geen HTML"),
        ("Bel {teem}.", "Bedoelde u 'team'?"),
        ("Bel {telefoon}.", "'{telefoon}' kent Rits niet"),
    ],
)
def test_what_may_not_stand_in_a_text(folder, text, message) -> None:
    folder.topic(body=long_enough(folder, text))
    assert any(message in error for error in errors(folder))


@pytest.mark.parametrize(
    "text",
    [
        "Bel 0800-2000.",
        "Bel 0800 2000.",
        "In 2026-2029 verandert dat.",
        "Het kost 1.250 euro.",
        "Van 12-16 jaar.",
        "< 18",
    ],
)
def test_known_numbers_and_other_figures_pass(folder, text) -> None:
    folder.topic(body=long_enough(folder, text))
    assert errors(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Wat vaak helpt", "## Wat vaak helpt?", "Bedoelde u 'Wat vaak helpt'?"),
        ("## Wie eerst vragen", "## Zo werkt het", "'## Wie eerst vragen' ontbreekt"),
        ("## Wat erbij hoort", "### Wie eerst vragen", "vaste volgorde"),
    ],
)
def test_headings_are_fixed(folder, old, new, message) -> None:
    folder.topic(body=long_enough(folder).replace(old, new))
    assert any(message in error for error in errors(folder))


def test_a_heading_needs_text(folder) -> None:
    folder.topic(body=long_enough(folder) + "\n## Wie eerst vragen\n")
    assert any("staat niets" in error for error in errors(folder))


def test_what_must_be_in_a_referral_may_be_left_out(folder) -> None:
    body = long_enough(folder, theme="verwijzen").replace("## Wat erin moet", "Daarna:")
    folder.topic(theme="verwijzen", doelgroep="[professional]", body=body)
    assert errors(folder) == []


def test_a_long_short_answer_is_an_error_on_its_own_line(folder) -> None:
    folder.topic(body=folder.body(short="Slaap is fijn. " * 21))
    problem = next(problem for problem in check(folder.root, folder.nlu) if "korte antwoord" in problem.message)
    assert (problem.severity, problem.line) == ("error", 12)


@pytest.mark.parametrize(
    ("audience", "text", "message"),
    [
        ("jongere", "Bel uw huisarts.", "hier staat 'uw'"),
        ("ouder", "Bel jouw huisarts.", "hier staat 'jouw'"),
        ("ouder, professional", "Dat mag je zeggen.", "hier staat 'je'"),
    ],
)
def test_the_form_of_address_is_advice(folder, audience, text, message) -> None:
    folder.topic(doelgroep=f"[{audience}]", body=long_enough(folder, text))
    assert any(message in warning for warning in found(folder, "warning"))
    assert errors(folder) == []


@pytest.mark.parametrize(
    ("audience", "text"),
    [("ouder", 'Zeg: "Wil je erover praten?"'), ("ouder, jongere", "Bel uw huisarts of je mentor.")],
)
def test_quoted_speech_and_mixed_audiences_pass(folder, audience, text) -> None:
    folder.topic(doelgroep=f"[{audience}]", body=long_enough(folder, text))
    assert found(folder) == []


def test_plain_language_is_advice(folder) -> None:
    folder.topic(body=long_enough(folder, "Dit is " + "heel " * 20 + "lang. De triangulatie begint."))
    warnings = found(folder, "warning")
    assert any("woorden. Maak er twee van" in warning for warning in warnings)
    assert any("triangulatie" in warning for warning in warnings)
    folder.write("begrippen.yml", "triangulatie: van drie kanten kijken\n")
    assert not any("triangulatie" in warning for warning in found(folder, "warning"))


def test_an_article_before_a_placeholder_is_advice(folder) -> None:
    folder.topic(body=long_enough(folder, "Bel het {team}."))
    assert any("Laat 'de' of 'het' weg" in warning for warning in found(folder, "warning"))


def test_a_wording_must_be_for_its_audience_and_not_twice(folder) -> None:
    folder.topic(doelgroep="[ouder, jongere]", body=long_enough(folder))
    folder.topic(variant="jongere", doelgroep="[ouder]", body=long_enough(folder))
    assert any("maar die staat niet bij 'doelgroep'" in error for error in errors(folder))
    assert any("is er een eigen bestand" in warning for warning in found(folder, "warning"))


def test_two_topics_with_the_same_button_are_told(folder) -> None:
    folder.topic("een", body=long_enough(folder))
    folder.topic("twee", body=long_enough(folder))
    assert any("gelijk aan die van 'een'" in warning for warning in found(folder, "warning"))


def test_a_topic_without_examples_and_the_reverse(folder) -> None:
    folder.topic("slapen", nlu=False)
    folder.examples("slaapen")
    messages = errors(folder)
    assert any("geen voorbeeldberichten" in message for message in messages)
    assert any("geen onderwerp 'slaapen'" in message and "'slapen'" in message for message in messages)


def test_examples_are_checked(folder) -> None:
    folder.topic("een")
    folder.examples("een", count=7, intent="vraag/anders")
    messages = errors(folder)
    assert any("Er zijn 7" in message for message in messages)
    assert any("moet 'vraag/een' zijn" in message for message in messages)


def test_a_message_belongs_to_one_topic(folder) -> None:
    folder.topic("een")
    folder.topic("twee")
    path = folder.nlu / "gewoon_of_zorg" / "twee.yml"
    path.write_text(
        path.read_text() + "      - Bericht 1 over een!\n      - kijk [hier](x)\n      - bericht 2 over twee\n"
    )
    messages = found(folder)
    assert any("staat ook bij 'een'" in message for message in messages)
    assert any("geen haken" in message for message in messages)
    assert any("twee keer in dit bestand" in message for message in messages)


def test_broken_examples_are_reported(folder) -> None:
    folder.topic("een")
    (folder.nlu / "gewoon_of_zorg" / "een.yml").write_text("nlu: []\n")
    assert any("een lijst 'nlu:'" in message for message in errors(folder))


def test_without_a_folder_the_examples_are_not_looked_at(folder) -> None:
    folder.topic(nlu=False, body=long_enough(folder))
    assert check(folder.root) == []


def test_gemeenten_places_and_sources_must_fit(folder) -> None:
    folder.write("gemeenten/plaatsen.yml", "Lunteren: ede\nHier: eden\n")
    folder.gemeente("edde", telefoon="'085-000 00 00'", bronnen="[weg]")
    folder.write("bronnen/twee.yml", "raar:\n  titel: X\n  url: www.x.nl\n  bekeken_op: 2026-11-21\n")
    messages = errors(folder)
    assert any("Hier: gemeente 'eden'" in message for message in messages)
    assert any("De map 'edde'" in message and "Bedoelde u 'ede'?" in message for message in messages)
    assert any("'telefoon_zekerheid' is leeg" in message for message in messages)
    assert any("'weg' bij 'bronnen'" in message for message in messages)
    assert any("bron 'raar'" in message for message in messages)


def test_a_help_line_needs_a_source(folder) -> None:
    path = folder.root / "hulplijnen.yml"
    path.write_text(path.read_text().replace("bronnen: [bron_een]", "bronnen: []"))
    assert any("hulplijn 'veilig_thuis' staat geen bron" in message for message in errors(folder))


def test_a_local_answer_of_no_gemeente_is_an_error(folder) -> None:
    folder.topic()
    folder.topic(gemeente="atlantis")
    assert any("'atlantis'" in message for message in errors(folder))


def test_a_line_about_a_problem_names_place_and_weight(folder) -> None:
    path = folder.topic(stap="vliegen")
    line = format_problem(check(folder.root)[0])
    assert line.startswith(f"{path} regel 5: fout: 'vliegen' kan niet bij 'stap'.")
