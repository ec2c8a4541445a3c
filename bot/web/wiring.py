"""The front door's services, made of the real parts of this installation."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import cast

from bot import safety
from bot.answers.opening_hours import is_open, promise, promise_by, reopening
from bot.answers.schema import Knowledge
from bot.answers.schema import Team as LocalTeam
from bot.desk.audit import PERSON
from bot.handover.own_copy import OwnCopies
from bot.live.said_before import SaidBefore, said_before
from bot.planner.schema import PlanContent
from bot.safety import numbers_in
from bot.services import Services
from bot.storage.sealing import Seal, load_or_create_key
from bot.tokens import service_token
from bot.web.answers import KnowledgeAnswers
from bot.web.contacts import KnowledgeContacts
from bot.web.dialogue import RasaDialogue
from bot.web.handover_desk import HandoverDesk, ReadingTeam
from bot.web.live_parts import LiveParts, ReadyTeam
from bot.web.origins import read_origins
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
        public_url=parts.settings.public_url.rstrip("/"),
        origins=read_origins(parts.settings.embed_origins, parts.settings.public_url),
        metrics_token=parts.settings.metrics_token.get_secret_value(),
        theme=parts.settings.theme,
        kept_hours=round(parts.settings.conversation_hours),
        own_copies=OwnCopies(
            lambda: parts.handovers, lambda action, reference: parts.audit.record(PERSON, action, reference)
        ),
        team=parts,
        learning=parts.recorder if parts.settings.learning else None,
        live=LiveParts(lambda: parts.live, TeamAtDesk(parts), parts.team_name, TalkBefore(parts)),
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
        return replace(
            _promised(team, now),
            name=team.name,
            phone=team.phone,
            opens_at=reopening(team.hours, now, closed_on=team.closed_on),
        )


class TeamAtDesk:
    """The team that can come into the chat now: somebody is at the desk, and not outside hours that are known."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def __call__(self, gemeente: str | None, now: datetime) -> ReadyTeam | None:
        found = self._parts.knowledge.gemeenten.get(gemeente or "")
        if found is None:
            return None
        # Where no source gives the hours, somebody at the desk is what makes it open.
        hours = found.team.hours
        if hours is not None and not is_open(hours, now, closed_on=found.team.closed_on):
            return None
        return ReadyTeam(found.slug, found.team.name) if self._parts.accounts.present(found.slug, now) else None


class TalkBefore:
    """What was said before a worker came, from Rasa's store."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def __call__(self, conversation: str) -> SaidBefore:
        settings = self._parts.settings
        # Not kept between two calls: Rasa makes the key at its own first start.
        seal = Seal(load_or_create_key(settings.conversation_key_file))
        return said_before(settings.tracker_file, conversation, lambda data: seal.open(data.encode("ascii")))


def _promised(team: LocalTeam, now: datetime) -> ReadingTeam:
    """By when; nothing where no source says in how many days."""
    if not team.reply_workdays:
        return ReadingTeam()
    day = promise(now, team.reply_workdays, closed_on=team.closed_on)
    before = promise_by(now, team.reply_workdays, team.hours, closed_on=team.closed_on)
    return ReadingTeam(promised_by=day, answered_before=before.by, is_exact=before.exact)


def numbers_shown(left: LeftMessage) -> tuple[str, ...]:
    """The numbers that the page showed above this message; none unless it was an emergency."""
    found = safety.assess(left.question)
    if not found.is_emergency:
        return ()
    return numbers_in(safety.emergency_reply(found, audience=left.audience, age=None))
