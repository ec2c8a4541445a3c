"""The one error boundary around every action: whatever fails, the person hears a sentence and sees a next step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.emergency import answer_to_check, say_after_crisis
from actions.follow_up import answer_follow_up
from actions.open_form import after_check, hear, offer_to_go_on
from actions.start_handover import say_already_sent, sends_again
from actions.turn import Event, Turn
from bot.answers.local_team import human_button
from bot.safety import emergency_reply
from bot.services import Services, services
from bot.turn import HandoverFacts, Message

log = structlog.get_logger(__name__)


class BotAction(Action, ABC):
    """Subclasses say what to do in `act`; the boundary, the caring question and the memory are here."""

    def __init__(self, given: Services | None = None) -> None:
        self._given = given

    @property
    def services(self) -> Services:
        return self._given or services()

    @abstractmethod
    async def act(self, turn: Turn) -> list[Event]:
        """Say things on the turn; return events for Rasa beyond the slots that the turn remembers."""

    def after_failure(self, turn: Turn) -> list[Event]:
        """What Rasa must hear when `act` failed; for most actions nothing."""
        return []

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        turn = Turn(tracker, self.services)
        try:
            events = await self._act_or_hear_check(turn)
            if not turn.spoke:
                raise RuntimeError("the action said nothing")
            turn.notice_concern()
            turn.keep_known()
            turn.keep_signals()
        except Exception as error:  # the boundary: Rasa itself would leave the person in silence
            log.error("action.failed", action=self.name(), error=type(error).__name__, at=_place(error))
            turn = Turn(tracker, self.services)
            _apologise(turn)
            events = self.after_failure(turn)
        turn.utter(dispatcher)
        return [*turn.slot_events(), *events]

    async def _act_or_hear_check(self, turn: Turn) -> list[Event]:
        """A typed "ja" after the caring question is its answer, and no small talk. The form hears it by itself."""
        if turn.check_answer and not turn.in_form:
            answer_to_check(turn)
            after_check(turn)
            return []
        if sends_again(turn) and not turn.assessment.is_emergency:
            say_already_sent(turn)
            return self.after_failure(turn)
        if turn.takes_back:
            say_after_crisis(turn)
            return []
        if hear(turn):
            return []
        events = [] if answer_follow_up(turn) else await self.act(turn)
        offer_to_go_on(turn)
        return events


def _apologise(turn: Turn) -> None:
    """Also in trouble the numbers come first, and what was said about danger is kept where that is possible."""
    found = turn.assessment
    if found.is_emergency:
        turn.say(emergency_reply(found, audience=None, age=None), "crisis", handover=HandoverFacts(offered=True))
    else:
        sorry = Message(turn.text_of("conversation.failed"), (human_button(),))
        turn.say(sorry, "clarify", handover=HandoverFacts(offered=True))
    with suppress(Exception):  # still inside the boundary: the apology must come through
        turn.notice_concern()
        turn.keep_signals()


def _place(error: Exception) -> str:
    """File and line, never the text of the error: it may repeat what the person said."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
