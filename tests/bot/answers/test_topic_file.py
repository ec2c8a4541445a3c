from __future__ import annotations

from datetime import date

import pytest

from bot.answers.topic_file import read_topic
from bot.errors import InvalidFileError


def test_a_whole_file_becomes_a_topic(folder) -> None:
    path = folder.topic(leeftijd="1-4", zie_ook="[anders]", geldig_tot="2027-01-01")
    topic = read_topic(path)
    assert (topic.slug, topic.theme, topic.category) == ("slecht_slapen", "gewoon_of_zorg", "ordinary_or_care")
    assert (topic.audiences, topic.ages, topic.step) == (("ouder",), (1, 4), "lokaal_team")
    assert topic.valid_until == date(2027, 1, 1)
    assert topic.short_answer.startswith("Veel peuters")
    assert [section.heading for section in topic.sections][0] == "Wat erbij hoort"
    assert topic.sections[0].line == 16


def test_the_file_name_tells_the_audience(folder) -> None:
    assert read_topic(folder.topic(variant="jongere")).variant == "jongere"


def test_windows_files_are_read_too(folder) -> None:
    path = folder.topic()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_topic(path).title == "Mijn peuter slaapt slecht"


@pytest.mark.parametrize(
    ("front", "line", "remedy"),
    [
        ({"stap": "lokaal_tem"}, 5, "Bedoelde u 'lokaal_team'?"),
        ({"doelgroep": "[ouders]"}, 4, "Bedoelde u 'ouder'?"),
        ({"doelgroep": "ouder"}, 4, "een lijst"),
        ({"doelgroep": "[]"}, 4, "ontbreekt"),
        ({"leeftijd": "vanaf 4"}, None, "twee hele jaren"),
        ({"leeftijd": "8-4"}, None, "twee hele jaren"),
        ({"gecontroleerd_op": "'gisteren'"}, 10, "een datum"),
        ({"gecontroleerd_op": "2026-13-40"}, None, "opmaak"),
        ({"titel": "0800"}, 2, "Zet een nummer tussen aanhalingstekens"),
        ({"knop": "Verhuisd: wat nu"}, 3, "dubbele punt"),
        ({"hulplijn": "[x]"}, 11, "Bedoelde u 'hulplijnen'?"),
        ({"eigenaar": ""}, 9, "ontbreekt"),
    ],
)
def test_a_mistake_is_named_with_line_and_remedy(folder, front, line, remedy) -> None:
    with pytest.raises(InvalidFileError) as found:
        read_topic(folder.topic(**front))
    assert remedy in found.value.remedy
    assert line is None or found.value.line == line


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("antwoorden/gewoon_of_zorg/Slecht-slapen.md", "kleine letters"),
        ("antwoorden/gewoon_of_zorg/slapen.jongeren.md", "Bedoelde u 'jongere'?"),
        ("antwoorden/gewoon_of_zorgen/slapen.md", "Bedoelde u 'gewoon_of_zorg'?"),
    ],
)
def test_a_wrong_name_is_explained(folder, name, remedy) -> None:
    text = folder.topic().read_text(encoding="utf-8")
    with pytest.raises(InvalidFileError) as found:
        read_topic(folder.write(name, text))
    assert remedy in found.value.remedy


@pytest.mark.parametrize("text", ["Geen blok\n", "---\ntitel: x\n", "", "---\n- lijst\n---\nHoi\n"])
def test_a_file_without_front_matter_is_refused(folder, text) -> None:
    with pytest.raises(InvalidFileError):
        read_topic(folder.write("antwoorden/rechten/leeg.md", text))


def test_a_file_without_a_short_answer_is_refused(folder) -> None:
    with pytest.raises(InvalidFileError) as found:
        read_topic(folder.topic(body="\n## Wat erbij hoort\nTekst\n"))
    assert "kort antwoord" in found.value.remedy


def test_double_keys_are_refused(folder) -> None:
    path = folder.topic()
    path.write_text(path.read_text().replace("stap:", "titel: nog een\nstap:"))
    with pytest.raises(InvalidFileError) as found:
        read_topic(path)
    assert "twee keer" in found.value.remedy


def test_a_file_that_is_not_text_is_refused(folder) -> None:
    path = folder.topic()
    path.write_bytes(b"\xff\xfe\x00\x00")
    with pytest.raises(InvalidFileError):
        read_topic(path)
