"""/team/chats and /team/chat/{chat}: who waits, stepping in, writing, giving back and ending.

Every page works without a script; with one it asks for news by itself. Only who stepped in reads the messages: the
person was told that name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.live import chat as course
from bot.live.chat import LiveChat, MoveRefusedError, Worker
from bot.live.lines import Said
from bot.live.store import LONGEST_TEXT, LiveStore, TextRefusedError
from bot.turn import EMERGENCY_LEVELS
from bot.web.errors import RefusedError
from bot.web.live_parts import LiveParts
from bot.web.ports import WebServices
from bot.web.team.chat_view import ChatView, chat_rows, chat_view, worker_of
from bot.web.team.guard import READERS, DeskRoute, Session, form
from bot.web.team.live_updates import news
from bot.web.team.team_pages import TeamPages

LIST = "/team/chats"
ONE = "/team/chat/{chat}"
Move = Callable[[LiveStore, str, Worker], LiveChat]


class ChatPages:
    """The pages of the chats. A worker's message carries an id of its form: sent twice it is said once."""

    def __init__(self, services: WebServices, pages: TeamPages, parts: LiveParts) -> None:
        assert services.team is not None
        self._audit = services.team
        self._live = parts
        self._clock = services.clock
        self._pages = pages
        self._kept_hours = services.kept_hours

    def routes(self) -> list[DeskRoute]:
        read, send = ("GET",), ("POST",)
        return [
            DeskRoute("desk_chats", LIST, read, READERS, self.show_list, menu="desk_chat.nav_chats"),
            DeskRoute("desk_chats_news", f"{LIST}/nieuws", read, READERS, self.list_news, polls=True),
            DeskRoute("desk_chat", ONE, read, READERS, self.show, about="chat"),
            DeskRoute("desk_chat_news", f"{ONE}/nieuws", read, READERS, self.news, about="chat", polls=True),
            DeskRoute("desk_chat_join", f"{ONE}/instappen", send, READERS, self.join, about="chat"),
            DeskRoute("desk_chat_say", f"{ONE}/zeg", send, READERS, self.say, about="chat", fields=("id", "text")),
            DeskRoute("desk_chat_typing", f"{ONE}/typt", send, READERS, self.typing, about="chat"),
            DeskRoute("desk_chat_release", f"{ONE}/teruggeven", send, READERS, self.release, about="chat"),
            DeskRoute("desk_chat_end", f"{ONE}/afronden", send, READERS, self.end, about="chat"),
        ]

    async def show_list(self, request: Request, session: Session) -> Response:
        rows = await run_in_threadpool(lambda: chat_rows(self._live.store(), session, self._clock()))
        return self._pages.draw("team/chats.html", session, chats=rows)

    async def list_news(self, request: Request, session: Session) -> Response:
        """The list as it is now, and how many wait; 304 while nothing changed."""
        rows = await run_in_threadpool(lambda: chat_rows(self._live.store(), session, self._clock()))
        drawn = self._pages.draw("team/chat_list.html", session, chats=rows)
        waiting = sum(1 for row in rows if row.state == "asked")
        danger = any(row.danger in EMERGENCY_LEVELS for row in rows)
        return news(request, part=bytes(drawn.body).decode(), count=waiting, danger=danger)

    async def show(self, request: Request, session: Session) -> Response:
        view = await run_in_threadpool(self._seen, _named(request), session)
        return self._draw(session, view)

    async def news(self, request: Request, session: Session) -> Response:
        """What came since `na`; a sign that the worker's page is open."""
        after = request.query_params.get("na", "0")
        number = int(after) if after.isdecimal() and len(after) < 16 else 0
        return JSONResponse(await run_in_threadpool(self._since, _named(request), session, number))

    async def join(self, request: Request, session: Session) -> Response:
        return await self._moved(request, session, lambda store, chat, who: store.join(chat, who, self._clock()))

    async def release(self, request: Request, session: Session) -> Response:
        return await self._moved(request, session, lambda store, chat, who: store.release(chat, who, self._clock()))

    async def end(self, request: Request, session: Session) -> Response:
        return await self._moved(
            request, session, lambda store, chat, who: store.end_by_staff(chat, who, self._clock())
        )

    async def say(self, request: Request, session: Session) -> Response:
        given = form(request)
        text = given["text"].replace("\r\n", "\n")
        said = Said(given["id"][:64] or secrets.token_hex(8), text)
        try:
            kept = await run_in_threadpool(
                lambda: self._live.store().say(_named(request), "staff", said, self._clock(), worker=worker_of(session))
            )
        except (MoveRefusedError, TextRefusedError) as error:
            code = error.code if isinstance(error, MoveRefusedError) else _text_code(text)
            return await self._refused(request, session, code, text)
        if _wants_json(request):
            return JSONResponse({"number": kept.number})
        return RedirectResponse(f"{_address(request)}#bericht", 303)

    async def typing(self, request: Request, session: Session) -> Response:
        await run_in_threadpool(self._signed, _named(request), session, True)
        return Response(status_code=204)

    async def _moved(self, request: Request, session: Session, move: Move) -> Response:
        try:
            chat = await run_in_threadpool(lambda: move(self._live.store(), _named(request), worker_of(session)))
        except MoveRefusedError as error:
            return await self._refused(request, session, error.code)
        # Who gave it back goes on with the list.
        return RedirectResponse(LIST if chat.state == "asked" else _address(request), 303)

    async def _refused(self, request: Request, session: Session, code: str, text: str = "") -> Response:
        view = await run_in_threadpool(self._seen, _named(request), session)
        return self._draw(session, view, notice=code, text=text, status=409)

    def _draw(
        self, session: Session, view: ChatView, *, notice: str = "", text: str = "", status: int = 200
    ) -> Response:
        return self._pages.draw(
            "team/chat.html",
            session,
            status=status,
            view=view,
            notice=notice,
            text=text,
            form_id=secrets.token_hex(8),
            longest=LONGEST_TEXT,
            kept_hours=self._kept_hours,
        )

    def _seen(self, chat_id: str, session: Session) -> ChatView:
        """Each look at a chat is in the log."""
        store = self._live.store()
        chat = self._found(store, chat_id, session)
        self._audit.audit.record(session.staff_id, "chat.seen", chat.reference, chat.id)
        self._signed(chat_id, session, False)
        return chat_view(store, chat, session, self._clock())

    def _since(self, chat_id: str, session: Session, number: int) -> dict[str, object]:
        store = self._live.store()
        chat = self._found(store, chat_id, session)
        self._signed(chat_id, session, False)
        view = chat_view(store, chat, session, self._clock(), after=number)
        if view.lines and not chat.is_open:
            # While it runs who is in it is in the log; what is read of it later is a look of its own.
            self._audit.audit.record(session.staff_id, "chat.seen", chat.reference, chat.id)
        return {
            "state": chat.state,
            "mine": view.may_say,
            "danger": view.row.danger,
            "typing": view.typing,
            "away": view.away,
            "messages": [asdict(line) for line in view.lines],
        }

    def _found(self, store: LiveStore, chat_id: str, session: Session) -> LiveChat:
        chat = store.find(chat_id, session.team)
        if chat is None:
            raise RefusedError("not_found")
        return store.settle(chat, self._clock())

    def _signed(self, chat_id: str, session: Session, typing: bool) -> None:
        """Only of who is in the chat: a colleague who looks is no sign of life."""
        store = self._live.store()
        chat = store.find(chat_id, session.team)
        now = self._clock()
        if chat is None or chat.state != "active" or chat.staff_id != session.staff_id:
            return
        if typing or not course.was_just_seen(chat, "staff", now):
            store.sign(chat_id, "staff", now, typing=typing)


def routes(services: WebServices, pages: TeamPages) -> list[DeskRoute]:
    """Nothing without chats."""
    return ChatPages(services, pages, services.live).routes() if services.live else []


def _text_code(text: str) -> str:
    return "too_long_here" if len(text) > LONGEST_TEXT else "no_text"


def _named(request: Request) -> str:
    return str(request.path_params["chat"])


def _address(request: Request) -> str:
    return f"/team/chat/{_named(request)}"


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
