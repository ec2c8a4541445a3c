"""All that is read from and written to the tables for learning. Texts come in de-identified, and are sealed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.learning.model import feedback, reply_counts, unanswered
from bot.storage.sealing import Seal
from bot.storage.writing import writing

Verdict = Literal["up", "down"]
KINDS = ("unknown", "clarify", "out_of_scope")
_TEXTS: dict[str, Table] = {"unanswered": unanswered, "feedback": feedback}


class Counted(NamedTuple):
    """What replies are counted by."""

    week: str
    gemeente: str
    category: str
    topic: str


@dataclass(frozen=True)
class Question:
    """A question without an answer, de-identified. `checked`: the second look was over it too."""

    week: str
    gemeente: str
    kind: str
    text: str = field(repr=False)
    checked: bool = False


@dataclass(frozen=True)
class Judgement:
    """A thumb under an answer, with a reason when somebody gave one."""

    week: str
    gemeente: str
    topic: str
    verdict: Verdict
    reason: str | None = field(default=None, repr=False)
    checked: bool = False


@dataclass(frozen=True)
class Unchecked:
    """A text that waits for the second look."""

    table: str
    id: int
    text: str = field(repr=False)


@dataclass
class Batch:
    """What is written in one go."""

    counts: dict[Counted, int] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.counts or self.questions or self.judgements)


class LearningStore:
    """Knows the tables and the seal; who may see what is decided by `overview.py`."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine = engine
        self._seal = seal

    def add(self, batch: Batch) -> None:
        """All or nothing."""
        with writing(self._engine) as connection:
            for counted, number in batch.counts.items():
                _add_count(connection, counted, number)
            for question in batch.questions:
                connection.execute(insert(unanswered).values(**self._question_row(question)))
            for judgement in batch.judgements:
                connection.execute(insert(feedback).values(**self._judgement_row(judgement)))

    def weeks(self) -> Sequence[str]:
        """Weeks of which there is anything, the newest first."""
        with self._engine.begin() as connection:
            tables = (reply_counts, feedback, unanswered)
            found = {week for table in tables for week in connection.execute(select(table.c.week).distinct()).scalars()}
        return sorted(found, reverse=True)

    def counts(self, week: str, gemeente: str | None = None) -> Mapping[tuple[str, str], int]:
        """By category and topic; of all municipalities together when none is given."""
        columns = (reply_counts.c.category, reply_counts.c.topic)
        query = select(*columns, func.sum(reply_counts.c.count)).where(reply_counts.c.week == week).group_by(*columns)
        if gemeente is not None:
            query = query.where(reply_counts.c.gemeente == gemeente)
        with self._engine.begin() as connection:
            return {(category, topic): int(number) for category, topic, number in connection.execute(query)}

    def questions(self, week: str, gemeente: str) -> Sequence[Question]:
        query = select(unanswered).where(unanswered.c.week == week, unanswered.c.gemeente == gemeente)
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(unanswered.c.id)).all()
        return [Question(row.week, row.gemeente, row.kind, self._seal.open(row.sealed), row.checked) for row in rows]

    def judgements(self, week: str, gemeente: str) -> Sequence[Judgement]:
        query = select(feedback).where(feedback.c.week == week, feedback.c.gemeente == gemeente)
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(feedback.c.id)).all()
        return [self._judgement(row) for row in rows]

    def unchecked(self, limit: int) -> Sequence[Unchecked]:
        """The oldest texts that the second look has not seen."""
        waiting: list[Unchecked] = []
        with self._engine.begin() as connection:
            for name, table in _TEXTS.items():
                new = (table.c.checked.is_(False), table.c.sealed.is_not(None))
                rows = connection.execute(select(table.c.id, table.c.sealed).where(*new).limit(limit)).all()
                waiting += [Unchecked(name, row.id, self._seal.open(row.sealed)) for row in rows]
        return waiting[:limit]

    def mark_checked(self, looked_at: Sequence[Unchecked]) -> None:
        """With the text as the second look left it."""
        with writing(self._engine) as connection:
            for one in looked_at:
                table = _TEXTS[one.table]
                values = {"sealed": self._seal.close(one.text), "checked": True}
                connection.execute(update(table).where(table.c.id == one.id).values(**values))

    def erase_before(self, week: str, *, dry_run: bool = False) -> int:
        """Everything of earlier weeks; gives how many rows."""
        erased = 0
        with writing(self._engine) as connection:
            for table in (reply_counts, feedback, unanswered):
                old = table.c.week < week
                erased += connection.execute(select(func.count()).select_from(table).where(old)).scalar_one()
                if not dry_run:
                    connection.execute(delete(table).where(old))
        return erased

    def _question_row(self, question: Question) -> dict[str, Any]:
        sealed = self._seal.close(question.text)
        return {
            "week": question.week, "gemeente": question.gemeente, "kind": question.kind, "sealed": sealed,
            "checked": question.checked,
        }  # fmt: skip

    def _judgement_row(self, judgement: Judgement) -> dict[str, Any]:
        return {
            "week": judgement.week,
            "gemeente": judgement.gemeente,
            "topic": judgement.topic,
            "verdict": judgement.verdict,
            "sealed": self._seal.close(judgement.reason) if judgement.reason else None,
            "checked": judgement.checked,
        }

    def _judgement(self, row: Any) -> Judgement:
        reason = self._seal.open(row.sealed) if row.sealed else None
        return Judgement(row.week, row.gemeente, row.topic, row.verdict, reason, row.checked)


def _add_count(connection: Connection, counted: Counted, number: int) -> None:
    """The write lock is ours, so looking first is safe."""
    where = [getattr(reply_counts.c, name) == value for name, value in counted._asdict().items()]
    more = update(reply_counts).where(*where).values(count=reply_counts.c.count + number)
    if not connection.execute(more).rowcount:
        connection.execute(insert(reply_counts).values(**counted._asdict(), count=number))
