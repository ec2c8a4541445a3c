"""POST /api/turn: validate, clean, safety, dialogue, and an honest answer when the dialogue fails.

Nobody in danger waits: after 1.5 seconds the fixed emergency reply goes out, also when Rasa is down or slow,
when messages come too fast, and when the text is too long to understand. While a worker is in the chat the message
goes to that worker (live_turns.py) and not to the dialogue; danger still gets the emergency reply first.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.turn import EMERGENCY_LEVELS
from bot.web import replies
from bot.web.conversations import Conversation, Conversations, Made, Run, words_of
from bot.web.dialogue import checked_answer
from bot.web.errors import RefusedError
from bot.web.event_stream import LastEvent, received, stream, wants_stream
from bot.web.live_door import LiveDoor
from bot.web.live_offer import is_asking
from bot.web.live_turns import LiveTurns
from bot.web.metrics import Metrics
from bot.web.ports import TurnRequest, WebServices
from bot.web.rates import RateLimiter, network_of, refuse_after, weight
from bot.web.stream_places import StreamPlaces
from bot.web.turn_input import check_answer, read_turn

if TYPE_CHECKING:
    from bot.safety import Assessment

log = structlog.get_logger(__name__)
# A phone that finds its line again sends all that was typed in the meantime.
MOST_WAITING = 12
# Characters. Looking for danger in more than that takes so long that somebody else would wait for it.
LOOKED_AT_AT_ONCE = 400


class ChatApi:
    """The chat of one process: its rate limits, its running conversations and its way to the dialogue."""

    def __init__(self, services: WebServices, door: LiveDoor | None, metrics: Metrics) -> None:
        self._services = services
        self._metrics = metrics
        self._places = StreamPlaces(services.limits, metrics.streams)
        self._live = LiveTurns(services, door)
        self._door = door
        self._limits = services.limits
        self._flood = RateLimiter(self._limits.flood, time.monotonic)
        self._addresses = RateLimiter(self._limits.address, time.monotonic)
        self._talkers = RateLimiter(self._limits.conversation, time.monotonic)
        self._conversations = Conversations(time.monotonic)
        self._running: set[asyncio.Task[dict[str, Any]]] = set()

    async def turn(self, request: Request) -> Response:
        """As one JSON object, or as a stream of events when the client asks for that."""
        started = time.perf_counter()
        address = network_of(request)
        refuse_after(self._flood.take(address))
        refuse_after(self._flood.take(address, weight(await request.body())))
        said = self._known_place(await read_turn(request))
        last = LastEvent.read(request)
        run = self._conversations.run_of(said, last.mark) or await self._begun(said, address)
        if wants_stream(request):
            if not run.task.done():
                run.task.add_done_callback(self._metrics.ended)
            return self._places.hold(
                stream(said, run, last, self._services.wording), address, urgent=run.received["category"] == "crisis"
            )
        made = await asyncio.shield(run.task)
        spent = (time.perf_counter() - started) * 1000
        return JSONResponse(replies.envelope(said, made.answer, latency_ms=spent, degraded=made.degraded))

    async def _begun(self, said: TurnRequest, address: str) -> Run:
        """A new run, unless the same message came in once more while we looked at it."""
        assessment = await self._assess(said.text)
        hurry = _is_emergency(assessment) or check_answer(said.payload) in ("yes", "unsure")
        slower = self._addresses.take(address) or self._talkers.take(said.conversation)
        if not hurry:
            refuse_after(slower)
        if self._door is not None and is_asking(said.payload):
            refuse_after(self._door.asking.take(address))
        level, kind = (assessment.level, assessment.kind) if assessment else ("urgent" if hurry else "none", None)
        told = received(said, level, kind, emergency=hurry)
        return self._conversations.run_of(said) or self._conversations.begin(
            said, self._make(said, assessment, hurry=hurry, alone=bool(slower)), told
        )

    async def _make(self, said: TurnRequest, assessment: Assessment | None, *, hurry: bool, alone: bool) -> Made:
        started = time.perf_counter()
        answer, degraded = await self._reply(said, assessment, hurry=hurry, alone=alone)
        spent = (time.perf_counter() - started) * 1000
        log.info("turn.answered", category=answer["category"], degraded=degraded, latency_ms=round(spent, 1))
        self._metrics.turn(answer["category"], degraded=degraded, seconds=spent / 1000)
        return Made(answer, degraded, spent)

    async def _reply(
        self, said: TurnRequest, assessment: Assessment | None, *, hurry: bool, alone: bool
    ) -> tuple[dict[str, Any], bool]:
        talk = self._conversations.of(said.conversation)
        async with contextlib.nullcontext() if hurry else talk.entrance:
            look = await self._live.look(said, hurry=hurry)
            passed_on = await self._live.reply(said, assessment, look)
            if passed_on is not None:
                return passed_on, False
            own = self._own_reply(said, assessment)
            if own is not None:
                return await self._live.finish(said, own, look), False
            asked = None if alone else self._asked(said, talk, hurry=hurry)
        answer, degraded = await self._from_dialogue(asked, said, assessment, talk, hurry=hurry)
        self._learn(said, assessment, answer, degraded=degraded)
        return await self._live.finish(said, answer, look, degraded=degraded), degraded

    def _learn(
        self, said: TurnRequest, assessment: Assessment | None, answer: dict[str, Any], *, degraded: bool
    ) -> None:
        """Only counted, and with the question when nobody is in danger and it was typed."""
        if self._services.learning is None or degraded:
            return
        calm = assessment is not None and assessment.level == "none" and answer["safety"]["level"] == "none"
        self._services.learning.heard(
            gemeente=said.gemeente,
            category=answer["category"],
            topic=answer["topic"],
            question=said.text if calm else None,
        )

    def _known_place(self, said: TurnRequest) -> TurnRequest:
        """A slug that nobody knows is ignored: a typing error on the municipality's page blocks no one."""
        place = self._services.contacts.find_gemeente(said.gemeente) if said.gemeente else None
        return replace(said, gemeente=place.slug if place else None)

    async def _assess(self, text: str | None) -> Assessment | None:
        if not text:
            return None
        if len(text) <= LOOKED_AT_AT_ONCE:
            return self._services.safety.assess(text)
        return await asyncio.to_thread(self._services.safety.assess, text)

    def _own_reply(self, said: TurnRequest, assessment: Assessment | None) -> dict[str, Any] | None:
        """The messages that need no understanding."""
        if said.text is None or _is_emergency(assessment):
            return None
        if not said.text:
            return replies.nothing_typed(self._services, said)
        if assessment is not None and len(said.text) > self._limits.text_characters:
            return replies.too_long(self._services, said, assessment)
        return None

    async def _from_dialogue(
        self,
        asked: asyncio.Task[dict[str, Any]] | None,
        said: TurnRequest,
        assessment: Assessment | None,
        talk: Conversation,
        *,
        hurry: bool,
    ) -> tuple[dict[str, Any], bool]:
        """Wait so long; what was asked goes on by itself, so that the conversation keeps it."""
        if assessment is not None and assessment.level == "concern":
            talk.concern = assessment.kind
        if asked is None:
            return self._without_dialogue(said, assessment, talk), True
        patience = self._limits.emergency_seconds if hurry else self._limits.reply_seconds
        try:
            answer = await asyncio.wait_for(asyncio.shield(asked), patience)
        except Exception as error:
            # One of the four broad catches: whatever broke behind us, the person gets an answer.
            log.warning("turn.dialogue_failed", error=type(error).__name__)
            return self._without_dialogue(said, assessment, talk), True
        return self._never_weaker(said, assessment, answer), False

    def _asked(self, said: TurnRequest, talk: Conversation, *, hurry: bool) -> asyncio.Task[dict[str, Any]] | None:
        """The dialogue's own answer to this message: one that is on its way, or has come too late before, counts.

        None when it has too much to do already, and somebody is in danger: that reply we can give by ourselves.
        """
        task = talk.asked.get(words_of(said))
        if task is not None and not _has_failed(task):
            return task
        if talk.waiting >= MOST_WAITING or len(self._running) > self._limits.turns_at_once:
            if hurry:
                return None
            raise RefusedError("busy", retry_after=5)
        talk.waiting += 1
        task = talk.asked[words_of(said)] = asyncio.ensure_future(self._in_order(self._clipped(said), talk))
        self._running.add(task)
        task.add_done_callback(lambda ended: self._finished(ended, talk))
        return task

    def _finished(self, task: asyncio.Task[dict[str, Any]], talk: Conversation) -> None:
        talk.waiting -= 1
        self._running.discard(task)
        _has_failed(task)  # looked at, so that asyncio does not report it a second time

    async def _in_order(self, said: TurnRequest, talk: Conversation) -> dict[str, Any]:
        async with talk.lock:
            return checked_answer(await self._services.dialogue.turn(said))

    def _without_dialogue(self, said: TurnRequest, assessment: Assessment | None, talk: Conversation) -> dict[str, Any]:
        if assessment is not None and assessment.is_emergency:
            return replies.emergency(self._services, said, assessment)
        checked = check_answer(said.payload)
        if checked is not None:
            return replies.after_check(self._services, said, checked, talk.concern)
        return replies.unavailable(self._services, said, assessment, self._services.clock())

    def _never_weaker(self, said: TurnRequest, assessment: Assessment | None, answer: dict[str, Any]) -> dict[str, Any]:
        """An answer that misses an emergency is replaced: the front door has the last word on safety."""
        if assessment is None or not assessment.is_emergency:
            return answer
        # A form that went on with its next question may well know the level: only the emergency reply will do.
        if answer["category"] == "crisis" and answer["safety"]["level"] in EMERGENCY_LEVELS:
            return answer
        log.error("turn.emergency_missed_behind", kind=assessment.kind)
        return replies.emergency(self._services, said, assessment)

    def _clipped(self, said: TurnRequest) -> TurnRequest:
        return replace(said, text=said.text[: self._limits.text_characters]) if said.text else said


def _is_emergency(assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.is_emergency


def _has_failed(task: asyncio.Task[dict[str, Any]]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
