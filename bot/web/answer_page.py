"""GET /antwoord/{topic}: one answer as a page, to link to, to print, to be found, and for an editor to look at.

Nothing here is personal, and still the page is not kept (`no-store`): its nonce is for one response, and the computer
of a family should not hold on disk what somebody read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.planner.texts import day_words
from bot.web.answer_names import own_address
from bot.web.page import Pages, Visit
from bot.web.plain_words import plain
from bot.web.ports import ShownAnswer, WebServices

PATH = "/antwoord"
OLDEST = 27
LONGEST_PLACE = 120
# A redirect that browsers do not remember: an editor may change what a topic is about.
FOUND = 302


class AnswerPage:
    """Works without JavaScript and without Rasa; a change of the content shows at the next look."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    def show(self, request: Request) -> Response:
        visit, age, now = self._pages.visit(request), _age(request), self._services.clock()
        place = visit.place.slug if visit.place else None
        name = str(request.path_params["topic"])
        found = self._services.answers.answer(name, audience=visit.audience, gemeente=place, age=age, now=now)
        if found is None:
            return self._missing(visit, name)
        if found.name != name:
            there = visit.address(f"{PATH}/{found.name}", leeftijd=None if age is None else str(age))
            return RedirectResponse(there, status_code=FOUND)
        typed = request.query_params.get("gemeente", "")[:LONGEST_PLACE]
        return self._draw(found, replace(visit, audience=found.audience), typed)

    def _draw(self, found: ShownAnswer, visit: Visit, typed: str) -> Response:
        canonical = self._services.public_url + own_address(found.name, found.own_gemeente, found.own_audience)
        return self._pages.draw(
            "answer.html",
            visit,
            answer=found,
            typed=typed,
            canonical=canonical,
            data=_data(found, canonical),
            checked_on=day_words(found.checked_on),
            day_words=day_words,
            shared=visit.address(f"{PATH}/{found.name}"),
            # In an address too a topic about danger is not named.
            chat=visit.address("/", topic=None if found.about_danger else found.topic),
            thumbs=None if found.about_danger else self._thumbs(visit),
        )

    def _thumbs(self, visit: Visit) -> dict[str, str]:
        word = self._services.wording
        keys = ("ask", "up", "down", "thanks")
        return {key: word.text(f"learning.chat_feedback_{key}", visit.audience) for key in keys}

    def _missing(self, visit: Visit, name: str) -> Response:
        """What was meant is often close by: a link with a slip of the pen, or an answer that got another name."""
        near = self._services.answers.nearest(name)
        return self._pages.draw("answer_missing.html", visit, status=404, near=near)


def _data(found: ShownAnswer, canonical: str) -> dict[str, Any]:
    """What a search engine wants to know (schema.org), in a block that a browser does not run."""
    day = found.checked_on.isoformat()
    answer = {"@type": "Answer", "text": plain(found.messages[0].text)}
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": found.title,
        "description": found.summary,
        "inLanguage": "nl",
        "dateModified": day,
        "lastReviewed": day,
        **({"url": canonical} if canonical.startswith("https://") else {}),
        "mainEntity": {"@type": "Question", "name": found.title, "acceptedAnswer": answer},
    }


def _age(request: Request) -> int | None:
    """Whole years; anything else is as if it was not said."""
    text = request.query_params.get("leeftijd", "")
    return int(text) if text.isdecimal() and len(text) < 3 and int(text) <= OLDEST else None
