"""What the editor's commands print: reports in lines, in the words of `bot/texts/report.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.answers.difference import Difference
from bot.answers.readability import EASY_ENOUGH, Reading
from bot.answers.report import Report
from bot.answers.schema import THEMES
from bot.topic_questions import Scored
from bot.turn import AUDIENCES
from bot.wording import wording


def report_lines(report: Report, folder: Path) -> Iterator[str]:
    """The whole report."""
    yield from _counts(report)
    yield ""
    yield _text("stale", number=len(report.stale))
    if not report.stale:
        yield _text("stale_none")
    for found in report.stale:
        path = _shown(found.path, folder)
        yield _text(f"stale_{found.reason}", path=path, since=found.since, name=found.name)
    yield ""
    yield from _readability(report)
    yield ""
    yield from worst_lines(report, folder)


def worst_lines(report: Report, folder: Path) -> Iterator[str]:
    """The twenty answers that are hardest to read, and why."""
    yield _text("worst")
    for found in report.worst:
        path = _shown(found.topic.path, folder)
        yield _text("worst_line", ease=found.ease, sentence=found.words_a_sentence, path=path, why=_why(found))


def difference_lines(found: list[Difference]) -> Iterator[str]:
    """Per answer: who reads it, and which lines go and come."""
    for one in found:
        reader = _text(
            "diff_reader_local" if one.gemeente else "diff_reader", doelgroep=one.audience, gemeente=one.gemeente
        )
        yield _text("diff_line", change=_text(f"diff_{one.change}"), what=one.what, reader=reader)
        yield from (f"    {line}" for line in one.lines if one.change == "changed")
    yield _text("diff_summary", number=len(found)) if found else _text("diff_none")


def question_lines(topic: str, theme: str, messages: int, scored: list[Scored]) -> Iterator[str]:
    """Which questions lead to the topic, and which should have and did not."""
    yield _text("questions_training", number=messages, theme=theme, slug=topic)
    own = [found for found in scored if topic in found.expected]
    if not own:
        yield _text("questions_none")
    for found in own:
        yield from _scored(found)
    if own:
        yield _text("questions_score", right=sum(found.is_right for found in own), asked=len(own))
    thieves = [found for found in scored if topic not in found.expected]
    if thieves:
        yield _text("questions_thief")
        yield from (f"    {found.expected[0]}: {found.text}" for found in thieves)


def _scored(found: Scored) -> Iterator[str]:
    verdict = _text("questions_right" if found.is_right else "questions_wrong")
    yield _text("questions_line", verdict=verdict, confidence=f"{found.confidence:.2f}", text=found.text)
    if not found.is_right:
        yield _text("questions_instead", topic=found.got or "-")


def _counts(report: Report) -> Iterator[str]:
    yield _text("counts")
    for theme in THEMES:
        files = {audience: report.files[theme, audience] for audience in AUDIENCES}
        yield _text("counts_line", theme=theme, topics=report.topics[theme], **files)
    total, files_total = sum(report.topics.values()), report.file_count
    yield _text("counts_total", theme=_text("total"), topics=total, files=files_total, sources=report.sources)
    yield _text(
        "gemeenten",
        gemeenten=report.gemeenten,
        team=report.gemeenten_with_team,
        phone=report.gemeenten_with_phone,
    )


def _readability(report: Report) -> Iterator[str]:
    yield _text("readability")
    yield _text(
        "readability_mean",
        files=len(report.readings),
        ease=report.mean_ease,
        bar=EASY_ENOUGH,
        sentence=report.mean_sentence,
        short=report.mean_short_answer,
    )
    yield _text("readability_above", number=len(report.above_b1))


def _why(found: Reading) -> str:
    rare = _text("why_rare", words=", ".join(found.rare)) if found.rare else ""
    terms = _text("why_terms", words=", ".join(found.unexplained)) if found.unexplained else ""
    return f" {rare} {terms}".rstrip()


def _shown(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _text(key: str, **values: object) -> str:
    return wording().text(f"report.{key}", None, **values)
