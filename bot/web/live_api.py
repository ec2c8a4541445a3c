"""/api/live: the chat with a worker on the side of the person. All state is in the database, so any process may answer.

News is asked for and waits until there is some, for at most 25 seconds. The number of the conversation is the person's
key to the chat: it travels in the body, never in an address.
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.live import chat as course
from bot.live.chat import LiveChat
from bot.live.lines import Message as Kept
from bot.live.notices import say
from bot.live.store import LONGEST_TEXT, LiveStore
from bot.web import live_schemas as schemas
from bot.web import replies
from bot.web.errors import RefusedError
from bot.web.live_asking import LiveAsking
from bot.web.live_door import READ_SECONDS, LiveDoor, LiveDownError
from bot.web.live_offer import Wish
from bot.web.live_turns import LiveTurns
from bot.web.ports import TurnRequest, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after, weight
from bot.web.turn_input import clean, read_json, validator_of

log = structlog.get_logger(__name__)
POLL_SECONDS = 0.7
MOST_WAITING = 150

# Signs that nobody can see: good input, and nothing to pass on.
NOTHING_SAID: dict[str, Any] = {
    "live": replies.live("active"),
    "safety": {"level": "none", "kind": None},
    "messages": [],
}


class LiveApi:
    """The addresses under /api/live."""

    def __init__(self, services: WebServices, door: LiveDoor) -> None:
        self._services = services
        self._door = door
        self._turns = LiveTurns(services, door)
        self._asking = LiveAsking(services, door)
        self._flood = RateLimiter(services.limits.flood, time.monotonic)
        self._addresses = RateLimiter(services.limits.address, time.monotonic)
        self._talkers = RateLimiter(services.limits.conversation, time.monotonic)
        self._polls = RateLimiter(services.limits.polls, time.monotonic)
        self._typing = RateLimiter(services.limits.typing, time.monotonic)
        self._waiting = 0

    async def ask(self, request: Request) -> JSONResponse:
        body = await self._read(request, schemas.LIVE_ASK)
        self._slow_down(request, body["conversation"])
        refuse_after(self._door.asking.take(_address(request)))
        place = self._services.contacts.find_gemeente(body["gemeente"]) if body.get("gemeente") else None
        gemeente = place.slug if place else None
        asked = TurnRequest(body["conversation"], "", gemeente=gemeente, audience=body.get("audience"))
        return _state(await self._asking.ask(asked, Wish(show=body["show"])))

    async def end(self, request: Request) -> JSONResponse:
        body = await self._read(request, schemas.LIVE_CONVERSATION)
        self._slow_down(request, body["conversation"])
        return _state(await self._asking.end(TurnRequest(body["conversation"], "")))

    async def say(self, request: Request) -> JSONResponse:
        """Danger is never slowed down, refused or lost: the numbers come whatever happens to the message."""
        body = await self._read(request, schemas.LIVE_SAY)
        said = TurnRequest(body["conversation"], body["id"], text=clean(body["text"]))
        assessment = await asyncio.to_thread(self._services.safety.assess, said.text or "")
        if not assessment.is_emergency:
            self._slow_down(request, said.conversation)
            _demand_short(said)
        look = await self._turns.look(said, hurry=assessment.is_emergency)
        if look.active and not said.text:
            return _said(NOTHING_SAID)
        answer = await self._turns.pass_on(said, assessment, look.chat) if look.chat and look.active else None
        if answer is None and assessment.is_emergency:
            await self._turns.reply(said, assessment, look)  # who waits lights up the desk as well
            answer = {**replies.emergency(self._services, said, assessment), "live": replies.live()}
        if answer is None:
            raise RefusedError("busy", retry_after=2) if look.active else RefusedError("no_live_chat")
        return _said(answer)

    async def typing(self, request: Request) -> JSONResponse:
        body = await self._read(request, schemas.LIVE_CONVERSATION)
        refuse_after(self._typing.take(body["conversation"]))
        chat = await self._current(body["conversation"])
        if chat is not None and chat.state == "active":
            await self._signed(chat, typing=True)
        return JSONResponse({"state": chat.state if chat and chat.is_open else "none", "messages": []})

    async def updates(self, request: Request) -> JSONResponse:
        body = await self._read(request, schemas.LIVE_WAIT)
        refuse_after(self._polls.take(body["conversation"]))
        chat = await self._current(body["conversation"])
        if chat is not None:
            await self._signed(chat, typing=False)
        until = time.monotonic() + (body.get("wait", 0) if self._waiting < MOST_WAITING else 0)
        self._waiting += 1
        try:
            return JSONResponse(await self._news(request, body, chat, until))
        finally:
            self._waiting -= 1

    async def _news(
        self, request: Request, body: dict[str, Any], chat: LiveChat | None, until: float
    ) -> dict[str, Any]:
        while True:
            news = await self._since(body, chat)
            is_over = chat is None or not chat.is_open or time.monotonic() >= until
            if is_over or _is_news(news, body) or await request.is_disconnected():
                return news
            await asyncio.sleep(POLL_SECONDS)
            chat = await self._current(body["conversation"])

    async def _since(self, body: dict[str, Any], chat: LiveChat | None) -> dict[str, Any]:
        if chat is None:
            return {"chat": None, "state": "none", "name": None, "team": None, "typing": False, "messages": []}
        # A number of an earlier chat says nothing about this one.
        after = body.get("after", 0) if body.get("chat") == chat.id else 0

        def read(store: LiveStore) -> tuple[tuple[Kept, ...], str | None]:
            return store.messages(chat.id, after), self._door.parts.team_name(chat.team)

        try:
            lines, team = await self._door.run(READ_SECONDS, read)
        except LiveDownError:
            raise RefusedError("busy", retry_after=2) from None
        return shown(chat, lines, team, self._services.clock())

    async def _current(self, conversation: str) -> LiveChat | None:
        try:
            return await self._door.current(conversation)
        except LiveDownError:
            raise RefusedError("busy", retry_after=2) from None

    async def _signed(self, chat: LiveChat, *, typing: bool) -> None:
        """A sign that is lost is no reason to keep the news from anybody."""
        now = self._services.clock()
        if not typing and course.was_just_seen(chat, "person", now):
            return
        try:
            await self._door.run(READ_SECONDS, lambda store: store.sign(chat.id, "person", now, typing=typing))
        except LiveDownError:
            log.info("live.sign_lost", chat=chat.id)

    async def _read(self, request: Request, schema: dict[str, Any]) -> dict[str, Any]:
        refuse_after(self._flood.take(_address(request)))
        refuse_after(self._flood.take(_address(request), weight(await request.body())))
        return await read_json(request, validator_of(schema))

    def _slow_down(self, request: Request, conversation: str) -> None:
        refuse_after(self._addresses.take(_address(request)) or self._talkers.take(conversation))


def shown(chat: LiveChat, lines: tuple[Kept, ...], team: str | None, now: datetime) -> dict[str, Any]:
    """The chat as the page of the person gets it: first name and team of the worker, no account."""
    return {
        "chat": chat.id,
        "state": chat.state,
        "name": chat.staff_name,
        "team": team or say("team_unknown", chat.audience),
        "typing": course.is_typing(chat, "staff", now),
        "messages": [line_json(line) for line in lines],
    }


def line_json(line: Kept) -> dict[str, Any]:
    return {
        "number": line.number,
        "at": line.at.isoformat(),
        "sender": line.sender,
        "client_id": line.client_id,
        "text": line.text,
        "buttons": [{"title": button.title, "payload": button.payload} for button in line.buttons],
        "urgent": line.urgent,
    }


def _is_news(news: dict[str, Any], known: dict[str, Any]) -> bool:
    return bool(
        news["messages"]
        or news["state"] != (known.get("state") or "none")
        or news["typing"] != known.get("typing", False)
    )


def _state(answer: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"state": answer["live"]["state"], "messages": answer["messages"]})


def _said(answer: dict[str, Any]) -> JSONResponse:
    live = answer["live"]
    # A client of these addresses reads the lines of the others as updates.
    messages = [] if live["quiet"] else answer["messages"]
    return JSONResponse(
        {
            "state": live["state"],
            "delivered": bool(live["delivered"]),
            "number": live["number"],
            "safety": answer["safety"],
            "messages": messages,
        }
    )


def _demand_short(said: TurnRequest) -> None:
    if said.text and len(said.text) > LONGEST_TEXT:
        raise RefusedError("too_large")


def _address(request: Request) -> str:
    return network_of(request)
