"""National lines under an answer: number, when, what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.answers.local_team import link
from bot.answers.moments import opening_line
from bot.answers.schema import HelpLine, Knowledge
from bot.turn import Audience
from bot.wording import wording


def help_line_list(
    knowledge: Knowledge, keys: Iterable[str], *, audience: Audience | None, age: int | None, now: datetime
) -> list[str]:
    """One item a line, or nothing when there are none."""
    known = [knowledge.help_lines[key] for key in dict.fromkeys(keys) if key in knowledge.help_lines]
    fitting = [line for line in known if _is_for(line, audience, age)]
    return [f"- {describe(line, audience=audience, now=now)}" for line in fitting]


def describe(line: HelpLine, *, audience: Audience | None, now: datetime) -> str:
    """`De Kindertelefoon: **0800-0432**, kindertelefoon.nl. Gratis en anoniem.`"""
    ways = [f"**{line.number}**"] if line.number else []
    ways += [link(line.url)] if line.url else []
    first = wording().text("answers.help_line", name=line.name, ways=", ".join(ways), for_whom=line.for_whom)
    return " ".join(part for part in (first, _hours(line, now), _cost(line, audience)) if part)


def _hours(line: HelpLine, now: datetime) -> str:
    return opening_line(line.hours, now) if line.hours else ""


def _cost(line: HelpLine, audience: Audience | None) -> str:
    if line.cost is None:
        return wording().text("answers.anonymous", audience) if line.anonymous else ""
    key = "cost_anonymous" if line.anonymous else "cost"
    return wording().text(f"answers.{key}", audience, cost=line.cost[:1].upper() + line.cost[1:])


def _is_for(line: HelpLine, audience: Audience | None, age: int | None) -> bool:
    """An age tells who the person is only when a youth gives it; for a parent it is the child's."""
    if audience != "jongere" or age is None or line.ages is None:
        return True
    return line.ages[0] <= age < line.ages[1]
