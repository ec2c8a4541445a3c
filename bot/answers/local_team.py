"""The block that says where a person can go near home: the local team, or honestly that we do not know it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from bot.answers.moments import day_in_words, opening_line
from bot.answers.opening_hours import promise
from bot.answers.schema import Gemeente, Knowledge, LocalFact, LocalSubject, Team
from bot.answers.source_notes import source_notes
from bot.turn import Audience, Button, Message
from bot.wording import wording

ASK_FOR_HUMAN = "/ask_for_human"
MOST_FACTS = 2
MOST_FACTS_FOR_PROFESSIONALS = 4
CRISIS: LocalSubject = "crisis"


def render_local_team(
    knowledge: Knowledge, gemeente_slug: str | None, *, audience: Audience | None, now: datetime
) -> Message:
    """The answer to "what is my local team and how do I reach it"."""
    gemeente = knowledge.gemeenten.get(gemeente_slug or "")
    lines = team_lines(knowledge, gemeente_slug, audience=audience, now=now)
    facts = local_facts(gemeente, audience)
    if gemeente and audience == "professional":
        lines += crisis_lines(gemeente, audience) + partnership_lines(gemeente)
    lines += fact_lines(gemeente, facts)
    keys = [*(gemeente.sources if gemeente else ()), *(fact.source for fact in facts)]
    return Message("\n\n".join(lines), (human_button(),), source_notes(knowledge, keys))


def human_button() -> Button:
    return Button(wording().text("answers.talk_to_a_human"), ASK_FOR_HUMAN)


def team_lines(
    knowledge: Knowledge, gemeente_slug: str | None, *, audience: Audience | None, now: datetime
) -> list[str]:
    """Paragraphs: who the team is and how to reach it, or the honest fallback."""
    gemeente = knowledge.gemeenten.get(gemeente_slug or "")
    name = knowledge.gemeente_name(gemeente_slug)
    if name is None:
        return [wording().text("answers.gemeente_unknown", audience)]
    if gemeente is None or gemeente.team.name is None:
        return _team_unknown(gemeente, name, audience)
    return [line for line in _known_team(gemeente, gemeente.team, audience, now) if line]


def _team_unknown(gemeente: Gemeente | None, name: str, audience: Audience | None) -> list[str]:
    site = gemeente.website if gemeente else None
    key = "team_unknown_with_site" if site else "team_unknown"
    return [wording().text(f"answers.{key}", audience, gemeente=name, site=link(site) if site else "")]


def _known_team(gemeente: Gemeente, team: Team, audience: Audience | None, now: datetime) -> list[str | None]:
    heading = wording().text("answers.team_heading", audience, gemeente=gemeente.name, team=team.name)
    return [
        heading if not team.description else f"{heading}\n\n{team.description}",
        wording().text("answers.fictional", audience) if gemeente.fictional else None,
        _contact(gemeente, now) or _no_contact(gemeente, audience),
        _reply(team, now),
        _older_page(gemeente, audience),
    ]


def _older_page(gemeente: Gemeente, audience: Audience | None) -> str | None:
    """An old page is better than nothing, as long as the person knows that it is one."""
    if gemeente.name_certainty == "laag":
        return wording().text("answers.older_page_name", audience)
    return None


def _contact(gemeente: Gemeente, now: datetime) -> str | None:
    """A list, so that each way stands on a line of its own on a phone."""
    team = gemeente.team
    phone = "phone_old" if gemeente.phone_certainty == "laag" else "phone"
    ways = [
        _way(phone, phone=team.phone) if team.phone else None,
        _way("hours", hours=opening_line(team.hours, now, closed_on=team.closed_on)) if team.hours else None,
        _way("email", email=team.email) if team.email else None,
        _way("site", site=link(team.website)) if team.website else None,
        _way("address", address=team.address) if team.address else None,
    ]
    return "\n".join(way for way in ways if way) or None


def _way(key: str, **values: object) -> str:
    return "- " + wording().text(f"answers.way_{key}", None, **values)


def _no_contact(gemeente: Gemeente, audience: Audience | None) -> str:
    key = "no_contact_with_site" if gemeente.website else "no_contact"
    site = link(gemeente.website) if gemeente.website else ""
    return wording().text(f"answers.{key}", audience, gemeente=gemeente.name, site=site)


def _reply(team: Team, now: datetime) -> str | None:
    if team.reply_workdays is None:
        return None
    day = promise(now, team.reply_workdays, closed_on=team.closed_on)
    return wording().text("answers.reply", workdays=team.reply_workdays, day=day_in_words(day))


def crisis_lines(gemeente: Gemeente, audience: Audience | None) -> list[str]:
    """The regional crisis service, only for those who may call it."""
    crisis = gemeente.youth_crisis
    if crisis is None or audience not in crisis.audiences:
        return []
    values = {"name": crisis.name, "phone": crisis.phone, "explanation": crisis.explanation or ""}
    key = "crisis" if crisis.phone else "crisis_without_phone"
    return [wording().text(f"answers.{key}", audience, **values)]


def partnership_lines(gemeente: Gemeente) -> list[str]:
    partnership = gemeente.school_partnership
    if partnership is None:
        return []
    site = f" {link(partnership.website)}" if partnership.website else ""
    return [wording().text("answers.partnership", name=partnership.name, site=site)]


def local_facts(gemeente: Gemeente | None, audience: Audience | None) -> tuple[LocalFact, ...]:
    """How things are arranged here, few enough to read; the first in the file matter most.

    What holds in a crisis only is for an answer about danger, and would frighten anybody else.
    """
    if gemeente is None:
        return ()
    most = MOST_FACTS_FOR_PROFESSIONALS if audience == "professional" else MOST_FACTS
    return tuple(fact for fact in gemeente.facts_for(audience) if fact.subject != CRISIS)[:most]


def crisis_facts(gemeente: Gemeente | None, audience: Audience | None) -> tuple[LocalFact, ...]:
    return gemeente.facts_for(audience, CRISIS)[:MOST_FACTS] if gemeente else ()


def fact_lines(gemeente: Gemeente | None, facts: tuple[LocalFact, ...]) -> list[str]:
    """One block: a heading with the name, and each fact on a line; the one of an older page says so."""
    if gemeente is None or not facts:
        return []
    heading = wording().text("answers.local_heading", gemeente=gemeente.name)
    return [f"{heading}\n\n" + "\n".join(f"- {_fact(fact)}" for fact in facts)]


def _fact(fact: LocalFact) -> str:
    key = "local_fact_old" if fact.certainty == "laag" else "local_fact"
    return wording().text(f"answers.{key}", text=fact.text)


def link(url: str) -> str:
    """`[montfoort.nl](https://www.montfoort.nl)`: the bare site name reads better than an address."""
    parts = urlsplit(url)
    label = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    return f"[{label}]({url})"
