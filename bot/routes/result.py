"""A finding -> the sheet that somebody reads: decision, steps, what goes in, consent, and how it is done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.answers.local_team import link, partnership_lines
from bot.answers.schema import Gemeente, Knowledge, LocalFact
from bot.routes.crisis import crisis_part, crisis_sources
from bot.routes.find import Asked, Finding
from bot.routes.schema import ANY_FRAME, UNKNOWN_FRAME, VOLUNTARY, Choice, Consent, Route, RouteBook
from bot.routes.sheet import Part, Sheet, notes, part
from bot.wording import wording

MOST_LOCAL_FACTS = 4


def route_sheet(finding: Finding, book: RouteBook, knowledge: Knowledge, *, today: date) -> Sheet:
    """Without a route: what we do not know, and who can be asked."""
    if finding.route is None:
        return _fallback(finding, book, knowledge)
    route, asked = finding.route, finding.asked
    consent = book.consents.get(route.consent)
    facts = _local_facts(route, asked, knowledge)
    parts = [
        crisis_part(book, knowledge, asked.gemeente),
        _warnings(route, asked, knowledge, today),
        part("decides", route.who_decides),
        part("steps", None, route.steps, ordered=True),
        part("contents", None, route.contents) if route.contents else None,
        _consent(consent, asked) if consent else None,
        _law(route),
        part("attention", None, route.attention) if route.attention else None,
        _with_school(local_part(facts, asked, knowledge), route, asked, knowledge),
    ]
    keys = [*route.sources, *(consent.sources if consent else ()), *(fact.source for fact in facts)]
    keys += [route.time_limit.source] if route.time_limit else []
    keys += _team_sources(asked, knowledge)
    return Sheet(
        route.title,
        tuple(found for found in parts if found),
        notes(knowledge, [*keys, *crisis_sources(book)]),
        route.checked_on,
        route.topics,
    )


def described(asked: Asked, book: RouteBook, knowledge: Knowledge) -> str:
    """What was asked, in words: shown above the result, so that a wrong choice is seen."""
    words = [
        _name(book.roles, asked.role),
        _name(book.questions, asked.question),
        _ages_in_words(asked),
        _name(book.frames, asked.frame),
        knowledge.gemeente_name(asked.gemeente),
    ]
    return " · ".join(word for word in words if word)


def _name(choices: Mapping[str, Choice], key: str | None) -> str | None:
    found = choices.get(key or "")
    return found.name if found else None


def _ages_in_words(asked: Asked) -> str | None:
    if asked.ages is None:
        return None
    first, last = asked.ages
    if last == first + 1:
        return wording().text("routes.age_years", None, years=first)
    key = "age_from" if last >= 100 else "age_band"
    return wording().text(f"routes.{key}", None, first=first, last=last - 1)


def local_part(facts: tuple[LocalFact, ...], asked: Asked, knowledge: Knowledge) -> Part:
    """Only what a source says of this municipality; else that we do not know."""
    name = knowledge.gemeente_name(asked.gemeente)
    if name is None:
        return part("here_unknown", wording().text("routes.gemeente_not_said"))
    heading = wording().text("routes.heading_here", None, gemeente=name)
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    lines = [*(_fact_line(fact, knowledge) for fact in facts), *(_team_lines(gemeente) if gemeente else ())]
    text = None if facts else wording().text("routes.nothing_known_here", None, gemeente=name)
    return Part("here", heading, text, tuple(lines))


def _team_lines(gemeente: Gemeente) -> list[str]:
    """Whom to call: every route may end at the local team."""
    team = gemeente.team
    if team.name is None:
        return []
    old = "laag" in (gemeente.name_certainty, gemeente.phone_certainty)
    reached = team.phone or (link(team.website) if team.website else None)
    way = f", {reached}" if reached else ""
    return [wording().text("routes.team_line_old" if old else "routes.team_line", None, name=team.name, way=way)]


def _team_sources(asked: Asked, knowledge: Knowledge) -> tuple[str, ...]:
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    return gemeente.sources if gemeente else ()


def _with_school(here: Part, route: Route, asked: Asked, knowledge: Knowledge) -> Part:
    """The samenwerkingsverband, where a route says that school matters."""
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    lines = partnership_lines(gemeente) if gemeente and "school" in route.local_subjects else []
    return replace(here, items=(*here.items, *lines))


def _fact_line(fact: LocalFact, knowledge: Knowledge) -> str:
    source = knowledge.sources.get(fact.source)
    key = "local_fact_unsure" if fact.certainty == "laag" else "local_fact"
    day = f"{fact.checked_on:%d-%m-%Y}"
    return wording().text(f"routes.{key}", None, text=fact.text, source=source.title if source else "", day=day)


def _local_facts(route: Route, asked: Asked, knowledge: Knowledge) -> tuple[LocalFact, ...]:
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    if gemeente is None or not route.local_subjects:
        return ()
    return gemeente.facts_for("professional", *route.local_subjects)[:MOST_LOCAL_FACTS]


def _warnings(route: Route, asked: Asked, knowledge: Knowledge, today: date) -> Part | None:
    """What must be read before the route: no longer checked, the frame not known, or an example municipality."""
    lines = _age_lines(asked)
    if route.expired(today):
        lines.append(wording().text("routes.expired"))
    if asked.frame in (None, UNKNOWN_FRAME) and VOLUNTARY in route.frames and ANY_FRAME not in route.frames:
        lines.append(wording().text("routes.frame_not_known"))
    if asked.ages is None and route.ages != (0, 120):
        lines.append(wording().text("routes.age_not_known", None, first=route.ages[0], last=route.ages[1]))
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    if gemeente and gemeente.fictional:
        lines.append(wording().text("routes.fictional"))
    return part("warning", None, lines) if lines else None


def _age_lines(asked: Asked) -> list[str]:
    """An age that we worked out ourselves is told, so that a wrong one is seen."""
    if asked.age_note is None or asked.ages is None:
        return []
    return [wording().text(f"routes.age_{asked.age_note}", None, ages=_ages_in_words(asked))]


def _consent(consent: Consent, asked: Asked) -> Part:
    lines = [*consent.for_ages(asked.ages), *([consent.attention] if consent.attention else [])]
    return part("consent", None, lines)


def _law(route: Route) -> Part | None:
    lines = []
    if route.legal_term:
        lines.append(wording().text("routes.legal_term", None, term=route.legal_term))
    if route.time_limit:
        lines.append(wording().text("routes.time_limit", None, text=route.time_limit.text))
    return part("law", None, lines) if lines else None


def _fallback(finding: Finding, book: RouteBook, knowledge: Knowledge) -> Sheet:
    asked = finding.asked
    consent = book.consents.get("delen")
    gemeente = knowledge.gemeenten.get(asked.gemeente or "")
    facts = gemeente.facts_for("professional")[:MOST_LOCAL_FACTS] if gemeente else ()
    unknown = wording().text("routes.no_route", None, asked=described(asked, book, knowledge))
    steps = [wording().text(f"routes.no_route_step_{at}") for at in (1, 2, 3)]
    parts = [
        crisis_part(book, knowledge, asked.gemeente),
        part("warning", None, _age_lines(asked)) if _age_lines(asked) else None,
        part("unknown", unknown),
        part("steps", None, steps, ordered=True),
        _consent(consent, asked) if consent else None,
        local_part(facts, asked, knowledge),
    ]
    keys = [*(consent.sources if consent else ()), *(fact.source for fact in facts)]
    keys += [*_team_sources(asked, knowledge), *crisis_sources(book)]
    title = wording().text("routes.no_route_title")
    return Sheet(title, tuple(p for p in parts if p), notes(knowledge, keys), topics=("lokaal_team_consulteren",))
