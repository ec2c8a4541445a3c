"""Stores what was agreed to and confirms it, in that order: nothing is said to be sent before the commit."""

from __future__ import annotations

import asyncio
from datetime import datetime

from actions.turn import Turn
from bot.answers.opening_hours import Promise, promise, promise_by, reopening
from bot.answers.schema import Team as LocalTeam
from bot.errors import BotError
from bot.handover.conversation.compose import document
from bot.handover.conversation.confirmation import confirmed, expects_contact, not_stored
from bot.handover.conversation.draft import Draft
from bot.handover.conversation.interview import question
from bot.handover.document import HandoverDocument
from bot.handover.store import Stored
from bot.turn import HandoverFacts, Message


async def send(turn: Turn, draft: Draft) -> bool:
    """Whether it was stored. When not, the draft stays, so that it can be sent again."""
    team = _local_team(turn, draft)
    record = document(draft, turn.now)
    promised = _promise(turn.now, team) if expects_contact(record) else None
    try:
        stored = await asyncio.to_thread(
            lambda: turn.services.handovers.save(
                record, idempotency_key=draft.handover_id, promised_by=promised.by if promised else None
            )
        )
    except BotError:  # not stored, or no database or key to store it with: the same to the person
        _say_not_stored(turn, draft, team.phone if team else None)
        return False
    turn.remember(handover_draft=None, last_reference=stored.reference)
    facts = HandoverFacts(offered=True, submitted=True, reference=stored.reference)
    said = _confirmation(turn.now, draft, record, stored, team, promised)
    turn.say(said, "human", confidence=1.0, handover=facts)
    return True


def _confirmation(
    now: datetime,
    draft: Draft,
    record: HandoverDocument,
    stored: Stored,
    team: LocalTeam | None,
    promised: Promise | None,
) -> Message:
    day = promise(now, team.reply_workdays, closed_on=team.closed_on) if team and team.reply_workdays else None
    return confirmed(
        stored.reference,
        record,
        promised_by=day,
        promised_at=promised.by if promised and promised.exact else None,
        team=draft.team.name,
        team_phone=team.phone if team else None,
        code=stored.code,
        opens_at=reopening(team.hours, now, closed_on=team.closed_on) if team else None,
        addressed=draft.audience,
    )


def _say_not_stored(turn: Turn, draft: Draft, phone: str | None) -> None:
    said = not_stored(draft.audience, team=draft.team.name, team_phone=phone, signals=draft.known.safety_signals)
    turn.remember(handover_draft=draft.with_(consented_at=None).to_json())
    turn.say((said, question(draft)), "form", confidence=1.0, handover=HandoverFacts(offered=True))


def _promise(now: datetime, team: LocalTeam | None) -> Promise | None:
    if team is None or not team.reply_workdays:
        return None
    return promise_by(now, team.reply_workdays, team.hours, closed_on=team.closed_on)


def _local_team(turn: Turn, draft: Draft) -> LocalTeam | None:
    known = turn.knowledge.gemeenten.get(draft.get("gemeente") or "")
    return known.team if known else None
