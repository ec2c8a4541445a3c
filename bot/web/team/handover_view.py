"""What the page of one handover shows, as plain values."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.desk.audit import PERSON, AuditEntry
from bot.handover.queue import Opened
from bot.handover.rendering.card import Card, card
from bot.handover.rendering.sbar import sbar
from bot.handover.stored import Note
from bot.handover.waiting import Waiting
from bot.handover.working import MOVES, ChangedMeanwhileError, NotYoursError, Worker, check_may
from bot.web.team.actions_said import said
from bot.web.team.line import Line, line
from bot.web.team.moments import at
from bot.web.team.names import Names
from bot.web.team.parts import TeamParts
from bot.wording import wording


@dataclass(frozen=True)
class ShownNote:
    """A note in the order in which things were written."""

    kind: str
    by: str
    moment: str
    text: str = field(repr=False)
    is_news: bool = False


@dataclass(frozen=True)
class Step:
    """One line of what was done: when, by whom, what."""

    moment: str
    by: str
    what: str


@dataclass(frozen=True)
class HandoverView:
    """One look at one handover."""

    reference: str
    version: int
    # With the version: is an open page still true.
    wrote: str
    status: str
    is_mine: bool
    is_back: bool
    # Who has it, in words; `holder_gone` when that account works here no more.
    taken_by: str
    holder_gone: bool
    status_words: str
    line: Line
    card: Card | None = field(repr=False)
    sbar: str = field(repr=False)
    # Of the team; what the person wrote later stands above the card, so that nobody calls without having read it.
    notes: tuple[ShownNote, ...] = field(repr=False)
    told_later: tuple[ShownNote, ...] = field(repr=False)
    # What others did since this worker last looked.
    changes: tuple[Step, ...]
    # Everything that was done, for the coordinator.
    steps: tuple[Step, ...]
    may: frozenset[str]
    teams: tuple[tuple[str, str], ...]
    # One for every form that is drawn: the same form sent twice is one note.
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)


def handover_view(parts: TeamParts, worker: Worker, reference: str, now: datetime) -> HandoverView:
    """Opens it: that this worker saw it is in the log when this returns."""
    looked = parts.looks.last([reference]).get(reference, {})
    mine = looked.get(worker.id)
    opened = parts.queue.look(worker, reference)
    state = parts.queue.state(worker.team, reference)
    names, found = Names(parts, worker.id), opened.handover
    holder = parts.queue.holder(worker.team, state.taken_by)
    colleagues = parts.looks.steps_since(reference, mine, other_than=worker.id) if mine else ()
    return HandoverView(
        reference=found.reference,
        version=found.version,
        wrote=wrote(state),
        status=found.status,
        is_mine=found.taken_by == worker.id,
        is_back=state.is_back,
        taken_by=names.actor(found.taken_by, team=worker.team) if found.taken_by else "",
        status_words=_status(state, names, now),
        line=line(state, names, looked, now),
        card=card(found.document) if found.document else None,
        sbar=sbar(found.document) if found.document else "",
        notes=tuple(_note(note, names, worker, mine, now) for note in opened.notes if note.by != PERSON),
        told_later=tuple(_note(note, names, worker, mine, now) for note in opened.notes if note.by == PERSON),
        changes=(*_person_wrote(opened, mine, now), *_steps(colleagues, names, worker, now)),
        steps=tuple(_steps(parts.audit.entries(reference=reference), names, worker, now)) if worker.coordinator else (),
        may=frozenset(_may(worker, state.status, holder)),
        holder_gone=state.status == "taken" and holder is None,
        teams=_other_teams(parts, names, worker),
    )


def wrote(state: Waiting) -> str:
    """When the person last wrote, as a mark to compare with."""
    return state.person_wrote_at.isoformat() if state.person_wrote_at else ""


def _status(state: Waiting, names: Names, now: datetime) -> str:
    by = names.actor(state.taken_by) if state.taken_by else ""
    return _say(f"status_long_{state.status}", moment=at(state.status_changed_at, now), name=by)


def _note(note: Note, names: Names, worker: Worker, looked: datetime | None, now: datetime) -> ShownNote:
    is_news = note.by != worker.id and looked is not None and note.at > looked
    return ShownNote(note.kind, names.actor(note.by, team=worker.team), at(note.at, now), note.text, is_news)


def _person_wrote(opened: Opened, looked: datetime | None, now: datetime) -> Iterable[Step]:
    for note in opened.notes:
        if note.by == PERSON and looked is not None and note.at > looked:
            yield Step(at(note.at, now), _say("actor_person"), _say(f"did_person_{note.kind}"))


def _steps(entries: Iterable[AuditEntry], names: Names, worker: Worker, now: datetime) -> Iterable[Step]:
    for entry in entries:
        detail = names.team(entry.detail) if entry.action == MOVES["hand_on"].action and entry.detail else entry.detail
        yield Step(at(entry.at, now), names.actor(entry.actor, team=worker.team), said(entry.action, detail))


def _may(worker: Worker, status: str, holder: str | None) -> Iterable[str]:
    for name, move in MOVES.items():
        try:
            check_may(worker, move, status, holder)
        except (ChangedMeanwhileError, NotYoursError):
            continue
        yield name
    if status != "withdrawn":
        yield "note"


def _other_teams(parts: TeamParts, names: Names, worker: Worker) -> tuple[tuple[str, str], ...]:
    """Only where somebody would read it."""
    others = (team for team in names.known_teams() if team != worker.team and parts.accounts.anybody_at(team))
    return tuple(sorted(((team, names.team(team)) for team in others), key=lambda pair: pair[1]))


def _say(key: str, **values: object) -> str:
    return wording().text(f"desk.{key}", None, **values)
