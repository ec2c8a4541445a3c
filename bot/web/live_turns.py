"""A turn of the chat while a worker may be in it: is it for the worker, what does the person see, who is offered one.

Danger goes first in every state and needs nothing of the database: the emergency reply is made before anything is kept.
When the chats cannot be reached the ordinary way answers, and says so when the message was meant for a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog

from bot.intake import REMOVED_NUMBER
from bot.live import chat as course
from bot.live.chat import LiveChat, MoveRefusedError
from bot.live.lines import Message as Kept
from bot.live.lines import Said
from bot.live.notices import back_button, say
from bot.live.store import LONGEST_TEXT, LiveStore, TextRefusedError
from bot.turn import Message, SafetyLevel
from bot.web import live_offer, replies
from bot.web.live_asking import LiveAsking
from bot.web.live_door import HURRIED_SECONDS, READ_SECONDS, WRITE_SECONDS, LiveDoor, LiveDownError
from bot.web.ports import TurnRequest, WebServices
from bot.web.turn_input import check_answer

if TYPE_CHECKING:
    from bot.safety import Assessment

log = structlog.get_logger(__name__)
# Beside the emergency reply: the person does not wait for the desk.
DANGER_SECONDS = 0.8


@dataclass(frozen=True)
class Look:
    """How the chat with a worker stands when a turn comes in."""

    chat: LiveChat | None = None

    @property
    def active(self) -> bool:
        return self.chat is not None and self.chat.state == "active"


class LiveTurns:
    """What happens around a turn. Without parts (no desk) it does nothing at all."""

    def __init__(self, services: WebServices, door: LiveDoor | None) -> None:
        self._services = services
        self._door = door
        self._asking = LiveAsking(services, door) if door else None

    async def look(self, said: TurnRequest, *, hurry: bool) -> Look:
        if self._door is None:
            return Look()
        try:
            return Look(await self._door.current(said.conversation, HURRIED_SECONDS if hurry else READ_SECONDS))
        except LiveDownError:
            return Look()

    async def reply(self, said: TurnRequest, assessment: Assessment | None, look: Look) -> dict[str, Any] | None:
        """The reply when this turn is not for the dialogue; None lets the ordinary way answer."""
        if self._door is None or self._asking is None:
            return None
        wish = live_offer.read_wish(said.payload, self._services.secret, said.conversation)
        if wish is not None:
            return await self._asking.ask(said, wish)
        if live_offer.is_end(said.payload):
            return await self._asking.end(said)
        if look.chat is None or not look.chat.is_open:
            return None
        if look.chat.state == "asked":
            await self._note_danger(look.chat, _level(said, assessment))
            return None
        return await self.pass_on(said, assessment, look.chat)

    async def pass_on(self, said: TurnRequest, assessment: Assessment | None, chat: LiveChat) -> dict[str, Any] | None:
        """A turn while the worker is in the chat; None when it could not be kept."""
        if assessment is not None and assessment.is_emergency:
            return await self._in_danger(said, assessment, chat)
        if said.payload is not None:
            return await self._pressed(said, chat)
        if not said.text:
            return None
        if len(said.text) > LONGEST_TEXT:
            return _plain(chat, Message(say("too_long", chat.audience)), delivered=False, quiet=False)
        return await self._said(said, assessment, chat)

    async def finish(
        self, said: TurnRequest, answer: dict[str, Any], look: Look, *, degraded: bool = False
    ) -> dict[str, Any]:
        """The ordinary answer, with what must be known about the chat with a worker."""
        meant_for_worker = bool(said.text)
        if self._door is None or self._asking is None:
            return answer
        chat = look.chat
        if meant_for_worker and chat is not None and look.active:
            return _marked(_before(answer, _not_passed_on(chat, answer)), chat, delivered=False)
        if chat is not None and chat.is_open:
            return _marked(answer, chat)
        answer, shown = await self._unseen(answer, chat)
        marked = _marked(answer, chat, shown=shown, lines=len(shown))
        return await self._asking.offered(said, marked, degraded=degraded)

    async def _said(self, said: TurnRequest, assessment: Assessment | None, chat: LiveChat) -> dict[str, Any] | None:
        now = self._services.clock()
        level = assessment.level if assessment else "none"

        def keep(store: LiveStore) -> tuple[Kept, tuple[Kept, ...]]:
            if level != "none":
                store.raise_danger(chat.id, level)
            kept = store.say(chat.id, "person", Said(said.id, said.text or ""), now)
            return kept, store.lines_before(chat.id, kept.number)

        try:
            kept, others = await self._run(WRITE_SECONDS, keep)
        except (LiveDownError, MoveRefusedError, TextRefusedError):
            return None
        return self._passed_on(said, assessment, chat, kept, others, now)

    def _passed_on(
        self,
        said: TurnRequest,
        assessment: Assessment | None,
        chat: LiveChat,
        kept: Kept,
        others: tuple[Kept, ...],
        now: datetime,
    ) -> dict[str, Any]:
        """For a client that reads the updates nothing here is new; any other one reads the worker here."""
        first = any(one.sender == "assistant" and one.client_id.startswith(("joined", "taken_over")) for one in others)
        notes = [Message(say("passed_on" if first else "passed_on_again", chat.audience, name=chat.staff_name))]
        care = replies.care(self._services, said, assessment) if course.is_gone(chat, now) else ()
        lost = REMOVED_NUMBER in kept.text and REMOVED_NUMBER not in (said.text or "")
        if lost:
            notes = [Message(say("no_bsn", chat.audience))]
        lines = [as_message(one, chat) for one in others]
        answer = _plain(chat, *care, *lines, *notes, delivered=True, quiet=not (care or lost))
        answer["live"].update(shown=[one.client_id for one in others], lines=len(lines), number=kept.number)
        return answer

    async def _in_danger(self, said: TurnRequest, assessment: Assessment, chat: LiveChat) -> dict[str, Any]:
        """The numbers first. What was said, and what was shown, goes to the worker beside it."""
        answer = without_offers(replies.emergency(self._services, said, assessment))
        lines = len(answer["messages"])
        delivered = await self._tell_worker(said, chat, assessment.level, answer)
        if not delivered:
            answer["messages"].append(
                Message(say("not_passed_on_danger", chat.audience, name=chat.staff_name)).as_json()
            )
        return _marked(answer, chat, delivered=delivered, shown=[danger_id(said)], lines=lines)

    async def _pressed(self, said: TurnRequest, chat: LiveChat) -> dict[str, Any]:
        """A button of before. The answer to the question about safety always counts."""
        checked = check_answer(said.payload)
        if checked is None:
            text = say("talking_with", chat.audience, name=chat.staff_name)
            return _plain(chat, Message(text, (back_button(chat.audience),)), delivered=False, quiet=False)
        answer = replies.after_check(self._services, said, checked, None)
        if checked == "no":
            return _marked(answer, chat)
        await self._tell_worker(said, chat, answer["safety"]["level"], answer)
        return _marked(answer, chat, shown=[danger_id(said)], lines=len(answer["messages"]))

    async def _tell_worker(self, said: TurnRequest, chat: LiveChat, level: SafetyLevel, answer: dict[str, Any]) -> bool:
        now = self._services.clock()
        shown = Said(danger_id(said), "\n\n".join(part["text"] for part in answer["messages"]), urgent=True)

        def keep(store: LiveStore) -> None:
            store.raise_danger(chat.id, level)
            if said.text:
                store.say(chat.id, "person", Said(said.id, said.text[:LONGEST_TEXT]), now)
            store.say(chat.id, "assistant", shown, now)

        try:
            await self._run(DANGER_SECONDS, keep)
        except (LiveDownError, MoveRefusedError, TextRefusedError):
            return False
        return True

    async def _note_danger(self, chat: LiveChat, level: SafetyLevel) -> None:
        """The desk lights up; the reply does not wait for it longer than a moment."""
        if course.graver(chat.danger, level) == (chat.danger or "none"):
            return
        try:
            await self._run(HURRIED_SECONDS, lambda store: store.raise_danger(chat.id, level))
        except LiveDownError:
            log.error("live.danger_not_written", chat=chat.id)

    async def _unseen(self, answer: dict[str, Any], chat: LiveChat | None) -> tuple[dict[str, Any], list[str]]:
        """How a chat ended, for a client that has not read it: it must not be missed that the worker is away."""
        if chat is None or chat.ended_at is None or answer["category"] == "crisis":
            return answer, []
        if chat.person_seen_at is not None and chat.person_seen_at >= chat.ended_at:
            return answer, []
        now = self._services.clock()

        def read(store: LiveStore) -> tuple[Kept, ...]:
            lines = store.lines_before(chat.id)
            store.sign(chat.id, "person", now)
            return lines

        try:
            lines = await self._run(READ_SECONDS, read)
        except LiveDownError:
            return answer, []
        told = [as_message(one, chat).as_json() for one in lines]
        return {**answer, "messages": [*told, *answer["messages"]]}, [one.client_id for one in lines]

    async def _run(self, seconds: float, work: Any) -> Any:
        assert self._door is not None
        return await self._door.run(seconds, work)


def without_offers(answer: dict[str, Any]) -> dict[str, Any]:
    """The offer of a person is left out: there is one."""
    first, *others = answer["messages"]
    return {**answer, "messages": [first, *(part for part in others if not part["buttons"])]}


def danger_id(said: TurnRequest) -> str:
    """The emergency reply to this message is one line of the assistant, however often it is sent."""
    return f"danger:{said.id}"[:128]


def as_message(kept: Kept, chat: LiveChat) -> Message:
    """A line of the chat for who reads it in the reply to a turn: a worker's line says whose it is."""
    if kept.sender != "staff":
        return Message(kept.text, kept.buttons)
    name = chat.staff_name or say("someone", chat.audience)
    return Message(say("staff_line", chat.audience, name=name, text=kept.text))


def _marked(answer: dict[str, Any], chat: LiveChat | None, **changes: Any) -> dict[str, Any]:
    state = chat.state if chat is not None and chat.is_open else "none"
    return {**answer, "live": replies.live(state, **changes)}


def _plain(chat: LiveChat, *messages: Message, delivered: bool, quiet: bool) -> dict[str, Any]:
    return _marked(replies.human(messages), chat, delivered=delivered, quiet=quiet)


def _unsure(chat: LiveChat) -> Message:
    return Message(say("not_passed_on_danger", chat.audience, name=chat.staff_name or say("someone", chat.audience)))


def _before(answer: dict[str, Any], message: Message) -> dict[str, Any]:
    """Never before the numbers."""
    place = len(answer["messages"]) if answer["category"] == "crisis" else 0
    messages = list(answer["messages"])
    messages.insert(place, message.as_json())
    return {**answer, "messages": messages}


def _not_passed_on(chat: LiveChat, answer: dict[str, Any]) -> Message:
    if answer["category"] == "crisis":
        return _unsure(chat)
    return Message(say("not_passed_on", chat.audience, name=chat.staff_name or say("someone", chat.audience)))


def _level(said: TurnRequest, assessment: Assessment | None) -> SafetyLevel:
    if check_answer(said.payload) in ("yes", "unsure"):
        return "urgent"
    return assessment.level if assessment is not None else "none"
