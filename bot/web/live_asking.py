"""Asking for a worker in the chat, offering that, and stopping with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.live.chat import LiveChat
from bot.live.notices import message_button, say
from bot.live.store import Asking, LiveStore
from bot.turn import EMERGENCY_LEVELS, Audience, Message, SafetyLevel
from bot.web import live_offer, replies
from bot.web.live_door import OFFER_SECONDS, WRITE_SECONDS, LiveDoor, LiveDownError
from bot.web.live_offer import Wish
from bot.web.live_parts import ReadyTeam
from bot.web.ports import TurnRequest, WebServices

if TYPE_CHECKING:
    from bot.live.said_before import SaidBefore


class LiveAsking:
    """The beginning and the end of a chat, on the side of the person."""

    def __init__(self, services: WebServices, door: LiveDoor) -> None:
        self._services = services
        self._door = door

    async def ask(self, said: TurnRequest, wish: Wish) -> dict[str, Any]:
        now = self._services.clock()
        try:
            before, team = await self._door.call(OFFER_SECONDS, lambda: self._ready(said, now))
            if team is None:
                return _answer(None, self._nobody("nobody", said.audience))
            asking = self._asking_of(said, wish, team, before)
            chat = await self._door.run(WRITE_SECONDS, lambda store: self._write(store, asking, wish, now))
        except LiveDownError:
            return _answer(None, self._nobody("not_possible", said.audience))
        return self._asked(chat, team, wish, is_new=chat.asked_at == now)

    async def end(self, said: TurnRequest) -> dict[str, Any]:
        """The person stops. Also when there was nothing to stop the assistant answers, and says so."""
        now = self._services.clock()
        try:
            chat = await self._door.run(WRITE_SECONDS, lambda store: store.end_by_person(said.conversation, now))
        except LiveDownError:
            return _answer(None, self._nobody("not_possible", said.audience))
        audience = chat.audience if chat else said.audience
        answer = _answer(chat, Message(say("notice_ended_person", audience)))
        answer["live"].update(shown=["ended_person"], lines=1)
        return answer

    async def offered(self, said: TurnRequest, answer: dict[str, Any], *, degraded: bool) -> dict[str, Any]:
        """After the wish for a person, and after a handover was sent: somebody may be there right now."""
        if answer["category"] != "human" or answer["safety"]["level"] in EMERGENCY_LEVELS:
            return answer
        now = self._services.clock()
        try:
            _, team = await self._door.call(OFFER_SECONDS, lambda: self._ready(said, now))
        except LiveDownError:
            return answer
        if team is None:
            return answer
        reference = answer["handover"]["reference"] if answer["handover"]["submitted"] else None
        message = live_offer.offer(team, said.audience, self._services.secret, said.conversation, reference)
        # The question that is open stays the last thing, so that its buttons are at hand.
        is_question = not degraded and reference is None
        place = max(len(answer["messages"]) - 1, 0) if is_question else len(answer["messages"])
        messages = [*answer["messages"][:place], message.as_json(), *answer["messages"][place:]]
        return {**answer, "messages": messages, "live": {**answer["live"], "state": "offered"}}

    def _ready(self, said: TurnRequest, now: datetime) -> tuple[SaidBefore, ReadyTeam | None]:
        before = self._door.parts.said_before(said.conversation)
        return before, self._door.parts.ready_team(said.gemeente or before.gemeente, now)

    def _asking_of(self, said: TurnRequest, wish: Wish, team: ReadyTeam, before: SaidBefore) -> Asking:
        return Asking(
            conversation=said.conversation,
            team=team.slug,
            gemeente=said.gemeente or before.gemeente,
            audience=said.audience or before.audience,
            reference=wish.reference,
            shown=before.lines if wish.show else None,
        )

    def _write(self, store: LiveStore, asking: Asking, wish: Wish, now: datetime) -> LiveChat:
        chat = store.ask(asking, now)
        level = self._gravest(asking)
        if level in EMERGENCY_LEVELS and chat.asked_at == now:
            store.raise_danger(chat.id, level)
        return chat

    def _gravest(self, asking: Asking) -> SafetyLevel:
        """Danger that was said before counts at the desk too, as far as the worker may see those lines."""
        own = [line.text for line in asking.shown or () if line.who == "person"]
        levels = [self._services.safety.assess(text).level for text in own]
        return next((level for level in ("life_threatening", "urgent") if level in levels), "none")

    def _asked(self, chat: LiveChat, team: ReadyTeam, wish: Wish, *, is_new: bool) -> dict[str, Any]:
        name = team.name or say("team_unknown", chat.audience)
        if not is_new:
            return _answer(chat, Message(say("asked_already", chat.audience, team=name)))
        text = say("asked", chat.audience, team=name, minutes=_minutes(chat))
        seen = say("seen_yes" if wish.show else "seen_no", chat.audience)
        return _answer(chat, Message(f"{text}\n\n{seen}", (live_offer.stop_button(chat.audience),)))

    def _nobody(self, key: str, audience: Audience | None) -> Message:
        return Message(say(key, audience), (message_button(audience),))


def _minutes(chat: LiveChat) -> str:
    count = max(1, round((chat.answer_by - chat.asked_at).total_seconds() / 60))
    return say("minute_one", None) if count == 1 else say("minute_more", None, count=count)


def _answer(chat: LiveChat | None, *messages: Message) -> dict[str, Any]:
    state = chat.state if chat is not None and chat.is_open else "none"
    return {**replies.human(messages), "live": replies.live(state)}
