"""/team/bericht/<reference>: one handover, and everything a worker does with it. Plain forms; each ends in a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.handover.reference import read_reference
from bot.handover.rendering.as_json import as_json_text
from bot.handover.working import (
    NOTE_LIMIT,
    ChangedMeanwhileError,
    NobodyThereError,
    NoSuchHandoverError,
    NoteRefusedError,
    NotYoursError,
    Worker,
)
from bot.web.errors import RefusedError
from bot.web.ports import WebServices
from bot.web.team.forms import form
from bot.web.team.guard import READERS, DeskRoute, Endpoint, Session
from bot.web.team.handover_view import handover_view, wrote
from bot.web.team.live_updates import news
from bot.web.team.promises import promise_of
from bot.web.team.queue_page import QUEUE
from bot.web.team.team_pages import TeamPages

HANDOVER = "/team/bericht/{reference}"
DONE = ("taken", "noted", "reopened")
NOTHING_TYPED: Mapping[str, str] = {}


class HandoverPage:
    """Whatever goes wrong, the page comes back as it is now, with one sentence and with all that was typed."""

    def __init__(self, services: WebServices, pages: TeamPages) -> None:
        assert services.team is not None
        self._parts = services.team
        self._clock = services.clock
        self._pages = pages

    def routes(self) -> list[DeskRoute]:
        return [
            _route("desk_handover", "", "GET", self.show),
            _route("desk_handover_state", "/stand", "GET", self.state, polls=True),
            _route("desk_handover_json", "/json", "GET", self.json),
            _route("desk_take", "/oppakken", "POST", self.take, "version"),
            _route("desk_release", "/loslaten", "POST", self.release, "version"),
            _route("desk_reopen", "/heropenen", "POST", self.reopen, "version"),
            _route("desk_note", "/notitie", "POST", self.note, "version", "nonce", "text", "step"),
            _route("desk_hand_on", "/overdragen", "POST", self.hand_on, "version", "nonce", "team", "reason"),
        ]

    async def show(self, request: Request, session: Session) -> Response:
        done = request.query_params.get("klaar", "")
        return await self._page(request, session, done=done if done in DONE else "")

    async def state(self, request: Request, session: Session) -> Response:
        """Whether an open page is still true. Counts as no look: it tells no more than the list does."""
        now = await run_in_threadpool(self._parts.queue.state, session.team, _reference(request))
        return news(request, version=now.version, wrote=wrote(now))

    async def json(self, request: Request, session: Session) -> Response:
        """The whole document as data, as far as the person agreed to share it."""
        look, worker = self._parts.queue.look, worker_of(session)
        opened = await run_in_threadpool(look, worker, _reference(request), action="handover.downloaded")
        found = opened.handover
        if found.document is None:
            raise RefusedError("not_found")
        headers = {"Content-Disposition": f'attachment; filename="{found.reference}.json"'}
        text = as_json_text(found.document, reference=found.reference)
        return Response(text, media_type="application/json", headers=headers)

    async def take(self, request: Request, session: Session) -> Response:
        return await self._move(request, session, self._parts.queue.take, self._here(request, "taken"))

    async def release(self, request: Request, session: Session) -> Response:
        return await self._move(request, session, self._parts.queue.release, _queue("released"))

    async def reopen(self, request: Request, session: Session) -> Response:
        return await self._move(request, session, self._parts.queue.reopen, self._here(request, "reopened"))

    async def note(self, request: Request, session: Session) -> Response:
        """One field and two buttons: keep the note, or keep it and be done."""
        worker, reference, sent = worker_of(session), _reference(request), form(request)
        if sent["step"] == "close":

            def close() -> None:
                self._parts.queue.close(
                    worker, reference, expected_version=_version(sent), note=sent["text"], nonce=sent["nonce"]
                )

            return await self._done(request, session, close, _queue("closed"), sent)

        def keep() -> None:
            self._parts.queue.add_note(worker, reference, text=sent["text"], nonce=sent["nonce"])

        return await self._done(request, session, keep, self._here(request, "noted"), sent)

    async def hand_on(self, request: Request, session: Session) -> Response:
        worker, sent = worker_of(session), form(request)

        def hand_on() -> None:
            promised_by = promise_of(self._parts.knowledge, sent["team"], self._clock())
            self._parts.queue.hand_on(
                worker,
                _reference(request),
                expected_version=_version(sent),
                to_team=sent["team"],
                reason=sent["reason"],
                nonce=sent["nonce"],
                promised_by=promised_by,
            )

        return await self._done(request, session, hand_on, _queue("handed_on"), sent)

    async def _move(self, request: Request, session: Session, move: Callable[..., None], onward: str) -> Response:
        worker, sent = worker_of(session), form(request)

        def step() -> None:
            move(worker, _reference(request), expected_version=_version(sent))

        return await self._done(request, session, step, onward)

    async def _done(
        self,
        request: Request,
        session: Session,
        step: Callable[[], None],
        onward: str,
        typed: Mapping[str, str] = NOTHING_TYPED,
    ) -> Response:
        try:
            await run_in_threadpool(step)
        except NoSuchHandoverError:
            raise RefusedError("not_found") from None
        except ChangedMeanwhileError:
            return await self._page(request, session, problem="changed", status=409, typed=typed)
        except NotYoursError:
            return await self._page(request, session, problem="not_yours", status=409, typed=typed)
        except NobodyThereError:
            return await self._page(request, session, problem="nobody_there", status=422, typed=typed)
        except NoteRefusedError as refused:
            problem = f"note_{refused.code}"
            return await self._page(request, session, problem=problem, status=422, typed=typed)
        return RedirectResponse(onward, 303)

    async def _page(
        self,
        request: Request,
        session: Session,
        *,
        problem: str = "",
        done: str = "",
        status: int = 200,
        typed: Mapping[str, str] = NOTHING_TYPED,
    ) -> Response:
        try:
            view = await run_in_threadpool(
                handover_view, self._parts, worker_of(session), _reference(request), self._clock()
            )
        except NoSuchHandoverError:
            raise RefusedError("not_found") from None
        address = self._here(request)
        shown = {"view": view, "address": address, "problem": problem, "done": done, "note_limit": NOTE_LIMIT}
        return self._pages.draw("team/handover.html", session, status=status, **shown, typed=dict(typed))

    @staticmethod
    def _here(request: Request, done: str = "") -> str:
        address = HANDOVER.format(reference=_reference(request))
        return f"{address}?klaar={done}" if done else address


def worker_of(session: Session) -> Worker:
    """Who does it, as the queue knows it."""
    return Worker(session.staff_id, session.team, session.role == "coordinator")


def _route(name: str, path: str, method: str, endpoint: Endpoint, *fields: str, polls: bool = False) -> DeskRoute:
    address = HANDOVER + path
    return DeskRoute(name, address, (method,), READERS, endpoint, about="handover", fields=fields, polls=polls)


def _queue(done: str) -> str:
    return f"{QUEUE}?klaar={done}"


def _reference(request: Request) -> str:
    """As we write it, however the address was typed."""
    return read_reference(request.path_params["reference"]) or ""


def _version(sent: Mapping[str, str]) -> int:
    """What is no number is the version of no page."""
    return int(sent["version"]) if sent["version"].isdecimal() and len(sent["version"]) < 10 else 0
