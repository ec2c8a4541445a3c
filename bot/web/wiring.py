"""The front door's services, made of the real parts of this installation."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from bot import safety
from bot.answers.opening_hours import promise
from bot.answers.schema import Knowledge
from bot.planner.schema import PlanContent
from bot.safety import numbers_in
from bot.services import Services
from bot.tokens import service_token
from bot.web.answers import KnowledgeAnswers
from bot.web.contacts import KnowledgeContacts
from bot.web.dialogue import RasaDialogue
from bot.web.handover_desk import HandoverDesk, ReadingTeam
from bot.web.ports import LeftMessage, SafetyGate, WebServices
from bot.wording import wording


def web_services(parts: Services) -> WebServices:
    """Opens nothing yet: the database and Rasa are reached when they are first needed."""
    token = service_token(parts.settings)
    return WebServices(
        dialogue=RasaDialogue(
            f"http://127.0.0.1:{parts.settings.rasa_port}", token, timeout=parts.settings.dialogue_timeout_s
        ),
        safety=cast(SafetyGate, safety),
        contacts=KnowledgeContacts(lambda: parts.knowledge),
        answers=KnowledgeAnswers(lambda: parts.knowledge),
        desk=HandoverDesk(lambda: parts.handovers, TeamFinder(parts), numbers_shown),
        plans=Plans(parts),
        wording=wording(),
        clock=parts.clock,
        # Signs form tokens; made from the token so that every worker has the same one.
        secret=hashlib.sha256(f"form {token}".encode()).digest(),
        routes=lambda: (parts.routes, parts.knowledge),
        kept_hours=round(parts.settings.conversation_hours),
    )


class Plans:
    """The steps of the 18+ plan and the content that they name; of this moment, as an editor may change both."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def content(self) -> PlanContent:
        return self._parts.plan_content

    def knowledge(self) -> Knowledge:
        return self._parts.knowledge


class TeamFinder:
    """Who reads the messages of a municipality; asks the content of this moment."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def __call__(self, gemeente: str | None, now: datetime) -> ReadingTeam:
        found = self._parts.knowledge.gemeenten.get(gemeente or "")
        if found is None:
            return ReadingTeam()
        team = found.team
        by = promise(now, team.reply_workdays, closed_on=team.closed_on) if team.reply_workdays else None
        return ReadingTeam(team.name, team.phone, by)


def numbers_shown(left: LeftMessage) -> tuple[str, ...]:
    """The numbers that the page showed above this message; none unless it was an emergency."""
    found = safety.assess(left.question)
    if not found.is_emergency:
        return ()
    return numbers_in(safety.emergency_reply(found, audience=left.audience, age=None))
