"""Which route fits: role, question, age and legal frame. Nothing fits: that is said, and no route is made up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.routes.ages import AgeNote
from bot.routes.schema import (
    ANY_FRAME,
    EVERY_QUESTION,
    EVERYBODY,
    UNKNOWN_FRAME,
    VOLUNTARY,
    Ages,
    Route,
    RouteBook,
    overlap,
)

ANY_ROLE = "anders"  # a role and a question for whoever is not on the list


@dataclass(frozen=True)
class Asked:
    """What somebody told. None is: not said."""

    role: str | None = None
    question: str | None = None
    ages: Ages | None = None
    frame: str | None = None
    gemeente: str | None = None
    age_note: AgeNote | None = None
    """How the age was read, when that must be told."""

    @property
    def frame_or_unknown(self) -> str:
        return self.frame or UNKNOWN_FRAME


@dataclass(frozen=True)
class Finding:
    """The best route, or None; and what also may fit (other ages or another frame of the same question)."""

    asked: Asked
    route: Route | None
    others: tuple[Route, ...] = ()


def find_route(book: RouteBook, asked: Asked) -> Finding:
    """The most particular route wins: own role before everybody, own frame before any, a narrow age before a wide."""
    if asked.question is None or asked.role is None:
        return Finding(asked, None)
    fitting = sorted(
        (route for route in book.routes.values() if fits(route, asked)), key=lambda route: _rank(route, asked)
    )
    best = fitting[0] if fitting else None
    return Finding(asked, best, tuple(_others(book, asked, best)))


def fits(route: Route, asked: Asked) -> bool:
    return (
        (asked.role in route.roles or EVERYBODY in route.roles)
        and (asked.question in route.questions or EVERY_QUESTION in route.questions)
        and (asked.ages is None or overlap(route.ages, asked.ages))
        and _frame_fits(route, asked.frame_or_unknown)
    )


def _frame_fits(route: Route, frame: str) -> bool:
    """Who does not know the frame gets the voluntary route, with a warning beside it."""
    wanted = {frame, VOLUNTARY} if frame == UNKNOWN_FRAME else {frame}
    return ANY_FRAME in route.frames or bool(wanted & set(route.frames))


def _rank(route: Route, asked: Asked) -> tuple[bool, bool, bool, int, int, str]:
    """Smaller is better. A question of its own comes first: crisis stays crisis, also under a measure."""
    return (
        asked.question not in route.questions,
        asked.role not in route.roles,
        asked.frame_or_unknown not in route.frames,
        _years_missed(route, asked),
        _years_beside(route, asked),
        route.key,
    )


def _years_missed(route: Route, asked: Asked) -> int:
    """A route for a part of the ages asked is second to one for more of them."""
    if asked.ages is None:
        return 0
    (first, last), (begin, end) = asked.ages, route.ages
    return (last - first) - (min(last, end) - max(first, begin))


def _years_beside(route: Route, asked: Asked) -> int:
    """How wide the ages of the route are; without a known age the widest, which fits most children."""
    width = route.ages[1] - route.ages[0]
    return width if asked.ages else -width


def _others(book: RouteBook, asked: Asked, best: Route | None) -> list[Route]:
    """The same role and question at another age or in another frame: shown by title, as a way on."""
    return [
        route
        for route in book.routes.values()
        if route is not best
        and (asked.role in route.roles or EVERYBODY in route.roles)
        and asked.question in route.questions
        and not (asked.frame and not _frame_fits(route, asked.frame) and ANY_FRAME not in route.frames)
    ][:4]


def asked_for(route: Route, book: RouteBook) -> Asked:
    """A question that this route is the answer to: for a link in a list."""
    role = next((key for key in route.roles if key in book.roles), ANY_ROLE)
    question = next((key for key in route.questions if key in book.questions), ANY_ROLE)
    frame = next((key for key in route.frames if key in book.frames), None)
    return Asked(role, question, route.ages, frame)


def search_routes(book: RouteBook, typed: str) -> tuple[Route, ...]:
    """All routes in which each typed word occurs, for the list of the page."""
    words = typed.casefold().split()
    return tuple(route for route in book.routes.values() if all(word in _all_text(book, route) for word in words))


def _all_text(book: RouteBook, route: Route) -> str:
    choices = [
        *(book.questions[key] for key in route.questions if key in book.questions),
        *(book.roles[key] for key in route.roles if key in book.roles),
        *(book.frames[key] for key in route.frames if key in book.frames),
    ]
    said = [word for choice in choices for word in (choice.name, *choice.words)]
    parts = [route.title, route.who_decides, *route.steps, *route.contents, *route.attention, route.legal_term or ""]
    return " ".join([*parts, *said]).casefold()
