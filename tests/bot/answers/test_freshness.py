"""What an editor must look at again, on an injected day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.editorial_file import read_editorial
from bot.answers.freshness import stale
from bot.answers.report import make_report
from bot.errors import InvalidFileError

RULES = """eigenaars: [Redactie Rits]
herzien_na_maanden: {gewoon_of_zorg: 12, gemeenten: 3, hulplijnen: 3}
bron_verlopen_na_maanden: 18
"""
OK_DAY = date(2026, 12, 1)


def reasons(folder, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in stale(folder.load(), read_editorial(folder.root), folder.root, today=day):
        found.setdefault(one.reason, []).append(one.path.name)
    return found


@pytest.fixture
def content(folder):
    folder.write("redactie.yml", RULES)
    folder.topic()
    folder.gemeente()
    return folder


def test_fresh_content_asks_for_nothing(content) -> None:
    assert reasons(content, OK_DAY) == {}


def test_after_its_months_each_kind_is_looked_at_again(content) -> None:
    assert reasons(content, date(2027, 2, 20)) == {}
    assert reasons(content, date(2027, 2, 21))["review"] == ["gemeente.yml", "hulplijnen.yml", "hulplijnen.yml"]
    assert "slecht_slapen.md" in reasons(content, date(2027, 11, 21))["review"]


def test_a_date_that_comes_near_is_announced_and_a_past_one_said(content) -> None:
    content.topic(geldig_tot="2027-01-01")
    assert reasons(content, OK_DAY) == {"expires_soon": ["slecht_slapen.md"]}
    assert reasons(content, date(2027, 1, 1))["expired"] == ["slecht_slapen.md"]


def test_a_source_that_was_withdrawn_or_grew_old_is_named(content) -> None:
    assert "source_expired" not in reasons(content, date(2028, 5, 19))
    assert "slecht_slapen.md" in reasons(content, date(2028, 5, 20))["source_expired"]
    text = (content.root / "bronnen/basis.yml").read_text() + "  vervallen_op: 2026-11-30\n"
    content.write("bronnen/basis.yml", text)
    assert "slecht_slapen.md" in reasons(content, OK_DAY)["source_expired"]


def test_an_owner_who_left_is_named(content) -> None:
    content.topic(eigenaar="Jans")
    assert reasons(content, OK_DAY) == {"owner_lost": ["slecht_slapen.md"]}


def test_the_rules_are_read_strictly(folder) -> None:
    folder.write("redactie.yml", "herzien_na_maanden: {achtien: 6}\n")
    with pytest.raises(InvalidFileError, match="achttien"):
        read_editorial(folder.root)


def test_the_report_counts_topics_once_and_files_for_each_reader(content) -> None:
    content.topic(variant="jongere")
    content.topic("route", theme="verwijzen", doelgroep="[professional]")
    report = make_report(content.load(), content.root, today=OK_DAY)
    assert (report.topics["gewoon_of_zorg"], report.topics["verwijzen"], report.file_count) == (1, 1, 3)
    assert report.files["gewoon_of_zorg", "ouder"] == report.files["gewoon_of_zorg", "jongere"] == 1
    assert (report.gemeenten, report.gemeenten_with_team, report.gemeenten_with_phone) == (1, 1, 0)
    assert len(report.readings) == 2
