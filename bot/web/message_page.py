"""GET and POST /bericht: a message for the team without JavaScript and without Rasa.

Three steps of one form: write, read back exactly what the team will get, and send after an explicit yes.
A reference is shown only after the commit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import NotStoredError
from bot.turn import AUDIENCES, Message
from bot.web import form_token, left_form
from bot.web.errors import RefusedError
from bot.web.left_form import Problem
from bot.web.message_form import MessageForm, empty
from bot.web.page import Pages, Visit
from bot.web.ports import LeftMessage, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after

log = structlog.get_logger(__name__)
MOST_FIELDS = 40


class MessagePage:
    """The plain form. Every page that it draws still holds what the person typed."""

    def __init__(self, services: WebServices, pages: Pages, limiter: RateLimiter) -> None:
        self._services = services
        self._pages = pages
        self._limiter = limiter
        self._form = MessageForm(services)

    async def serve(self, request: Request) -> Response:
        return await (self.receive(request) if request.method == "POST" else self.show(request))

    async def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        return self._write(request, visit, empty(visit))

    async def receive(self, request: Request) -> Response:
        refuse_after(self._limiter.take(network_of(request)))
        raw = await read_form(request)
        fields = left_form.cleaned(raw)
        visit = self._visit(fields)
        if not self._form.is_ours(request, raw.get("token", "")):
            return self._write(request, visit, fields, raw=raw, notice="leave_error_token", status=403)
        if raw.get("step") == "edit":
            return self._write(request, visit, fields, raw=raw)
        problems = left_form.problems(fields, self._services.contacts.find_gemeente)
        if problems:
            return self._write(request, visit, fields, raw=raw, problems=problems, status=422)
        return await self._read_back_or_send(request, visit, fields, raw)

    async def _read_back_or_send(
        self, request: Request, visit: Visit, fields: dict[str, str], raw: Mapping[str, str]
    ) -> Response:
        left = self._with_safety(left_form.left_message(fields, self._services.contacts.find_gemeente))
        if raw.get("step") != "send":
            return self._preview(request, visit, fields, raw, left)
        if raw.get("consent") != "yes":
            wrong = [Problem("consent", "leave_error_consent")]
            return self._preview(request, visit, fields, raw, left, problems=wrong, status=422)
        return await self._send(request, visit, fields, raw, left)

    async def _send(
        self, request: Request, visit: Visit, fields: dict[str, str], raw: Mapping[str, str], left: LeftMessage
    ) -> Response:
        content = json.dumps(fields, sort_keys=True)
        key = form_token.storage_key(form_token.key_of(raw.get("token", "")) or "", content)
        try:
            stored = await run_in_threadpool(self._services.desk.store, left, key=key, now=self._services.clock())
        except NotStoredError as error:
            log.error("message.not_stored", error=type(error).__name__)
            return self._preview(
                request, visit, fields, raw, left, notice="leave_error_not_stored", consented=True, status=503
            )
        log.info("message.stored", reference=stored.reference)
        return self._pages.draw("stored.html", visit, stored=stored, urgent=self._urgent(left))

    def _write(
        self,
        request: Request,
        visit: Visit,
        fields: Mapping[str, str],
        *,
        raw: Mapping[str, str] | None = None,
        problems: list[Problem] | None = None,
        notice: str | None = None,
        status: int = 200,
    ) -> Response:
        return self._pages.draw(
            "message.html",
            visit,
            status=status,
            notice=notice,
            **self._form.values(request, fields, raw=raw, problems=problems),
        )

    def _preview(
        self,
        request: Request,
        visit: Visit,
        fields: Mapping[str, str],
        raw: Mapping[str, str],
        left: LeftMessage,
        *,
        problems: list[Problem] | None = None,
        notice: str | None = None,
        consented: bool = False,
        status: int = 200,
    ) -> Response:
        return self._pages.draw(
            "preview.html",
            visit,
            status=status,
            fields=fields,
            problems={problem.field: problem for problem in problems or []},
            notice=notice,
            consented=consented,
            preview=self._services.desk.preview(left, now=self._services.clock()),
            age_note=age_note(left),
            consent="preview_consent_none" if left.channel == "none" else "preview_consent",
            urgent=self._urgent(left),
            token=self._form.token(request, raw),
        )

    def _with_safety(self, left: LeftMessage) -> LeftMessage:
        found = self._services.safety.assess(left.question)
        return replace(left, safety_level=found.level, safety_kind=found.kind)

    def _urgent(self, left: LeftMessage) -> tuple[Message, ...]:
        """A message to a team is read later: somebody in danger sees the numbers first."""
        found = self._services.safety.assess(left.question)
        if not found.is_emergency:
            return ()
        reply = self._services.safety.emergency_reply(found, audience=left.audience, age=None)
        # The offer of a person has a button that this page cannot have; the message itself is that offer.
        return (reply[0], *(message for message in reply[1:] if not message.buttons))

    def _visit(self, fields: Mapping[str, str]) -> Visit:
        audience = next((known for known in AUDIENCES if known == fields["audience"]), None)
        place = self._services.contacts.find_gemeente(fields["gemeente"]) if fields["gemeente"] else None
        return Visit(audience=audience, place=place)


def age_note(left: LeftMessage) -> str:
    """The key of the sentence on who decides about help at this age."""
    if left.audience == "professional":
        return "age_note_professional"
    speaker = left.audience if left.relation is None else left_form.NETWORK
    ages = {None: "unknown", "0-3": "young", "4-11": "young", "12-15": "middle"}
    return f"age_note_{speaker}_{ages.get(left.age_band, 'old')}"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form, or RefusedError."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError("not_a_form")
    body = (await request.body()).decode("utf-8", errors="replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise RefusedError("not_a_form") from error
