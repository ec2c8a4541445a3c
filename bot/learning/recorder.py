"""Takes note of what was asked and judged, without slowing or breaking a turn, and without keeping who.

The front door calls `heard` and `judged`; both only put something in a queue. One thread takes the names and
numbers out at once, gathers, and writes every so often. When writing fails it tries again later, and forgets the oldest
when there is too much: learning is never worth a failure for somebody who asks for help.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError
from bot.learning.store import Batch, Counted, Judgement, LearningStore, Question, Verdict
from bot.learning.week import week_of

log = structlog.get_logger(__name__)
LONGEST_QUESTION = 400
"""Characters; a longer message is a story, and a story tells who somebody is whatever is taken out of it."""
MOST_WAITING = 2_000
MOST_TEXTS = 500
FLUSH_SECONDS = 30.0
_UNANSWERED = frozenset({"clarify", "out_of_scope"})
_Job = Callable[[], None]


class Recorder:
    """One a process. `store` and `clean` are made when first needed: neither is ready when the front door starts."""

    def __init__(
        self,
        store: Callable[[], LearningStore],
        clean: Callable[[str], str],
        clock: Callable[[], datetime],
        *,
        flush_seconds: float = FLUSH_SECONDS,
    ) -> None:
        self._store = store
        self._clean = clean
        self._clock = clock
        self._flush_seconds = flush_seconds
        self._jobs: queue.Queue[_Job | None] = queue.Queue(MOST_WAITING)
        self._batch = Batch()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._written_at = time.monotonic()

    def heard(self, *, gemeente: str | None, category: str, topic: str | None, question: str | None) -> None:
        """A reply was given. `question` is what was typed, and None when that may not be learned from (danger)."""
        counted = Counted(week_of(self._clock()), gemeente or "", category, topic or "")
        wanted = question if category in _UNANSWERED and question and len(question) <= LONGEST_QUESTION else None
        kind = "unknown" if category == "clarify" and not topic else category
        self._later(lambda: self._count(counted, kind, wanted))

    def judged(self, *, gemeente: str | None, topic: str, verdict: Verdict, reason: str | None) -> None:
        """Somebody said whether an answer helped."""
        week = week_of(self._clock())
        self._later(lambda: self._judge(week, gemeente or "", topic, verdict, reason))

    def start(self) -> None:
        """From now on a thread of its own handles what comes in; before that it waits."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="learning", daemon=True)
                self._thread.start()

    def flush(self) -> None:
        """Everything that came in so far is handled and written when this returns, unless the database is away."""
        if self._thread is not None and self._thread.is_alive():
            done = threading.Event()
            self._later(done.set)
            done.wait(10)
        else:
            self._handle_waiting()
        self._write()

    def close(self) -> None:
        """At the end of the process."""
        self.flush()
        self._later(None)

    def _later(self, job: _Job | None) -> None:
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            log.debug("learning.skipped")

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=self._flush_seconds)
            except queue.Empty:
                self._write()
                continue
            if job is None:
                return
            job()
            if time.monotonic() - self._written_at >= self._flush_seconds:
                self._write()

    def _handle_waiting(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None:
                job()

    def _count(self, counted: Counted, kind: str, question: str | None) -> None:
        text = self._clean(question) if question else None
        with self._lock:
            self._batch.counts[counted] = self._batch.counts.get(counted, 0) + 1
            if text:
                self._batch.questions.append(Question(counted.week, counted.gemeente, kind, text))

    def _judge(self, week: str, gemeente: str, topic: str, verdict: Verdict, reason: str | None) -> None:
        text = self._clean(reason) if reason else None
        with self._lock:
            self._batch.judgements.append(Judgement(week, gemeente, topic, verdict, text))

    def _write(self) -> None:
        with self._lock:
            batch, self._batch = self._batch, Batch()
            self._written_at = time.monotonic()
        if not batch:
            return
        try:
            self._store().add(batch)
        except (BotError, SQLAlchemyError, OSError) as error:
            self._keep(batch, type(error).__name__)

    def _keep(self, batch: Batch, reason: str) -> None:
        """For the next round, as far as there is room."""
        log.error("learning.not_written", reason=reason)
        with self._lock:
            for counted, number in batch.counts.items():
                self._batch.counts[counted] = self._batch.counts.get(counted, 0) + number
            self._batch.questions = (batch.questions + self._batch.questions)[-MOST_TEXTS:]
            self._batch.judgements = (batch.judgements + self._batch.judgements)[-MOST_TEXTS:]
