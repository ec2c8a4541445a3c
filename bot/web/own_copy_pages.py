"""Draws the pages of the person's own copy, and makes its two files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.handover.document import HandoverDocument
from bot.handover.own_copy import OwnCopy
from bot.handover.text_dates import moment
from bot.turn import Message
from bot.web import form_token, own_copy_fields
from bot.web.left_form import Problem
from bot.web.own_copy_view import as_data, view
from bot.web.page import Pages, Visit
from bot.web.ports import WebServices
from bot.web.turn_input import clean

TYPED_LIMIT = 40


@dataclass
class Asked:
    """One request with a form: what was typed, and what it concerns."""

    request: Request
    address: str
    raw: Mapping[str, str] = field(default_factory=dict)
    # Numbers for a danger in what was typed: above everything else on whatever page follows.
    urgent: tuple[Message, ...] = ()
    # Of the address of the page, or of the message that was found: je or u.
    visit: Visit = field(default_factory=Visit)

    @property
    def reference(self) -> str:
        return clean(self.raw.get("reference", ""))[:TYPED_LIMIT]

    @property
    def code(self) -> str:
        return clean(self.raw.get("code", ""))[:TYPED_LIMIT]

    @property
    def token(self) -> str:
        return self.raw.get("token", "")

    @property
    def addition(self) -> str:
        return clean(self.raw.get("addition", ""))


class OwnCopyPages:
    """Every page holds what its forms need: reference, code and a new token."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    def start(self, asked: Asked, *, notice: str | None = None, status: int = 200, wait: int = 0) -> Response:
        """The two fields to look up with. What was typed as a code is not shown again."""
        o = self.words(asked)
        said = self._wait(asked, wait) if wait else o(notice) if notice else None
        values = {"o": o, "notice": said, "urgent": asked.urgent, "token": self._token(asked)}
        response = self._pages.draw(
            "own_copy_start.html", asked.visit, status=status, reference=asked.reference, **values
        )
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def record(
        self,
        asked: Asked,
        found: OwnCopy,
        *,
        done: str | None = None,
        notice: str | None = None,
        problems: list[Problem] | None = None,
        status: int = 200,
    ) -> Response:
        kept = asked.addition if notice or problems else ""
        values = {"done": done, "notice": notice, "problems": _by_field(problems), "addition": kept}
        return self._draw("own_copy.html", asked, found, status=status, **values)

    def edit(
        self,
        asked: Asked,
        found: OwnCopy,
        document: HandoverDocument,
        *,
        notice: str | None = None,
        problems: list[Problem] | None = None,
        status: int = 200,
    ) -> Response:
        is_kept = notice or problems
        fields = own_copy_fields.cleaned(asked.raw) if is_kept else own_copy_fields.filled_in(document)
        in_chat = document.contact.channel not in own_copy_fields.CHANNELS
        values = {"fields": fields, "notice": notice, "problems": _by_field(problems), "in_chat": in_chat}
        return self._draw("own_copy_edit.html", asked, found, status=status, **values)

    def ask_withdraw(self, asked: Asked, found: OwnCopy) -> Response:
        return self._draw("own_copy_withdraw.html", asked, found)

    def html_file(self, asked: Asked, found: OwnCopy) -> Response:
        response = self._draw("own_copy_file.html", asked, found, made_at=moment(self._services.clock()))
        return _attached(response, found, "html")

    def json_file(self, found: OwnCopy) -> Response:
        text = json.dumps(as_data(found), ensure_ascii=False, indent=2) + "\n"
        return _attached(Response(text, media_type="application/json"), found, "json")

    def _draw(self, template: str, asked: Asked, found: OwnCopy, *, status: int = 200, **values: Any) -> Response:
        o = self.words(asked)
        return self._pages.draw(
            template,
            asked.visit,
            status=status,
            o=o,
            own=view(found, o, self._services.clock()),
            urgent=asked.urgent,
            reference=found.reference,
            code=asked.code,
            token=self._token(asked),
            **values,
        )

    def words(self, asked: Asked) -> Callable[..., str]:
        """The words of these pages, in the form of address of who reads them."""
        return lambda key, **values: self._services.wording.text(f"own_copy.{key}", asked.visit.audience, **values)

    def _wait(self, asked: Asked, seconds: int) -> str:
        o = self.words(asked)
        unit, count = ("seconds", seconds) if seconds < 90 else ("minutes", -(-seconds // 60))
        return o("error_wait", wait=o(f"wait_{unit}", count=count))

    def _token(self, asked: Asked) -> str:
        return form_token.new_token(self._services.secret, asked.address, self._services.clock())


def _by_field(problems: list[Problem] | None) -> dict[str, Problem]:
    return {problem.field: problem for problem in problems or []}


def _attached(response: Response, found: OwnCopy, ending: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="bericht-{found.reference}.{ending}"'
    return response
