"""GET and POST /mijn-bericht: a person sees their own handover again, with the reference and the code.

Works without JavaScript and without a cookie: every form carries reference, code and a signed token, and every step
checks the code again. The code is never in an address. Whatever is refused, nothing is changed, and what somebody
typed about danger gets its numbers in every state of this page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import NotStoredError
from bot.handover.document import HandoverDocument, SafetySignal
from bot.handover.own_copy import OwnCopies, OwnCopy
from bot.handover.reference import read_reference
from bot.turn import AUDIENCES, Audience
from bot.web import form_token, own_copy_fields
from bot.web.code_tries import CodeTries
from bot.web.message_form import client_address
from bot.web.message_page import read_form
from bot.web.own_copy_danger import signal_of, urgent_messages
from bot.web.own_copy_pages import Asked, OwnCopyPages
from bot.web.own_copy_view import audience_of
from bot.web.page import Pages, Visit
from bot.web.ports import WebServices
from bot.web.rates import RateLimiter, network, refuse_after
from bot.web.turn_input import clean

log = structlog.get_logger(__name__)
Step = Callable[[Asked, OwnCopy, HandoverDocument], Response]
PATH = "/mijn-bericht"
_FILES = ("html", "json")


class OwnCopyPage:
    """Looks up first, always; then does the one thing that the button asked for."""

    def __init__(
        self, services: WebServices, pages: Pages, copies: OwnCopies, limiter: RateLimiter, tries: CodeTries
    ) -> None:
        self._services = services
        self._visit = pages.visit
        self._pages = OwnCopyPages(services, pages)
        self._copies = copies
        self._limiter = limiter
        self._tries = tries
        self._deeds: dict[str, Step] = {"add": self._add, "correct": self._correct, "withdraw_now": self._withdraw}

    async def serve(self, request: Request) -> Response:
        address = client_address(request)
        if request.method != "POST":
            return self._pages.start(Asked(request, address, visit=self._visit(request)))
        refuse_after(self._limiter.take(network(address)))
        asked = Asked(request, address, await read_form(request))
        asked.urgent = urgent_messages(self._services.safety, _typed(asked.raw))
        if not form_token.came_from_us(request.headers):
            return self._pages.start(asked, notice="error_elsewhere", status=403)
        return await run_in_threadpool(self._answer, asked)

    def _answer(self, asked: Asked) -> Response:
        """The try is counted before the look, so that a hundred at once are a hundred."""
        known = read_reference(asked.reference) or ""
        if wait := self._tries.begin(asked.address, known):
            log.warning("own_copy.must_wait", seconds=wait)
            return self._pages.start(asked, status=429, wait=wait)
        try:
            found = self._copies.look(asked.reference, asked.code, action=_action(asked.raw))
        except NotStoredError:
            self._tries.forgive(asked.address, known)
            return self._pages.start(asked, notice="error_not_readable", status=503)
        if found is None:
            log.warning("own_copy.wrong_code")
            return self._pages.start(asked, notice="error_not_found", status=403)
        self._tries.forgive(asked.address, known)
        asked.visit = Visit(audience=audience_of(found) or _addressed(asked.raw))
        asked.urgent = urgent_messages(self._services.safety, _typed(asked.raw), asked.visit.audience)
        return self._step(asked, found)

    def _step(self, asked: Asked, found: OwnCopy) -> Response:
        document, step = found.document, asked.raw.get("step", "look")
        if document is None:
            return self._pages.record(asked, found)
        if step not in self._deeds:
            return self._show(step, asked, found, document)
        if not self._is_fresh(asked):
            # Who knows the code may see it; only the deed of an old form is not done.
            if step == "correct":
                return self._pages.edit(asked, found, document, notice="error_old_form", status=403)
            return self._pages.record(asked, found, notice="error_old_form", status=403)
        try:
            return self._deeds[step](asked, found, document)
        except NotStoredError:
            return self._pages.record(asked, found, notice="error_not_stored", status=503)

    def _show(self, step: str, asked: Asked, found: OwnCopy, document: HandoverDocument) -> Response:
        if step == "edit":
            return self._pages.edit(asked, found, document)
        if step == "withdraw":
            return self._pages.ask_withdraw(asked, found)
        if step in _FILES:
            return self._pages.html_file(asked, found) if step == "html" else self._pages.json_file(found)
        return self._pages.record(asked, found)

    def _add(self, asked: Asked, found: OwnCopy, document: HandoverDocument) -> Response:
        wrong = own_copy_fields.addition_problem(asked.addition)
        if wrong:
            return self._pages.record(asked, found, problems=[wrong], status=422)
        text = own_copy_fields.without_details(asked.addition, document, self._services.wording.text)
        danger = self._danger(asked.addition)
        self._copies.add(asked.reference, asked.code, text, nonce=_nonce(asked, "add"), danger=danger)
        return self._again(asked, "done_add")

    def _correct(self, asked: Asked, found: OwnCopy, document: HandoverDocument) -> Response:
        fields = own_copy_fields.cleaned(asked.raw)
        problems = own_copy_fields.problems(fields, document)
        if problems:
            return self._pages.edit(asked, found, document, problems=problems, status=422)
        now, o = self._services.clock(), self._pages.words(asked)
        made = own_copy_fields.corrected(fields, document, now, self._services.wording.text)
        if not made.changed:
            return self._pages.record(asked, found, done="done_same")
        outcome = self._copies.correct(
            asked.reference,
            asked.code,
            made.document,
            version=_version(asked.raw),
            nonce=_nonce(asked, "correct"),
            note=o("note_changed", fields=", ".join(o(f"field_{name}") for name in made.changed)),
            danger=self._danger("\n".join(fields[name] for name in made.changed if name in fields)),
        )
        if outcome == "changed_meanwhile":
            return self._pages.edit(asked, found, document, notice="error_changed_meanwhile", status=409)
        return self._again(asked, "done_correct")

    def _withdraw(self, asked: Asked, found: OwnCopy, document: HandoverDocument) -> Response:
        if asked.raw.get("sure") != "yes":
            return self._pages.ask_withdraw(asked, found)
        self._copies.withdraw(asked.reference, asked.code)
        return self._again(asked, "done_withdraw")

    def _again(self, asked: Asked, done: str) -> Response:
        """The record as it is after the deed."""
        try:
            found = self._copies.look(asked.reference, asked.code, action=None)
        except NotStoredError:
            found = None
        # It was done, whether or not it can be shown at this moment.
        return self._pages.record(asked, found, done=done) if found else self._pages.start(asked, notice=done)

    def _is_fresh(self, asked: Asked) -> bool:
        return form_token.is_valid(asked.token, self._services.secret, asked.address, self._services.clock())

    def _danger(self, text: str) -> SafetySignal | None:
        return signal_of(self._services.safety, text, self._services.clock())


def _typed(raw: Mapping[str, str]) -> str:
    """Everything in which somebody may say that there is danger."""
    names = ("addition", "own_words", "situation", "safe_note", "other")
    return "\n".join(filter(None, (clean(raw.get(name, "")) for name in names)))


def _addressed(raw: Mapping[str, str]) -> Audience | None:
    """Of the page from which it was looked up: what was withdrawn does not tell any more whose it was."""
    return next((audience for audience in AUDIENCES if audience == raw.get("publiek")), None)


def _action(raw: Mapping[str, str]) -> str:
    return "handover.downloaded" if raw.get("step") in _FILES else "handover.seen"


def _nonce(asked: Asked, step: str) -> str:
    """Of the form: sent twice is done once."""
    return f"{step} {form_token.key_of(asked.token)}"


def _version(raw: Mapping[str, str]) -> int:
    typed = raw.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
