"""The life of `rits worker`: a round each second until somebody says stop. It may be killed at any moment."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.handover.postman import Postman

log = structlog.get_logger(__name__)

PAUSE_S = 1.0
STUCK_S = 240.0
"""Shorter than a lease: a process that is this long busy with one parcel is ended before somebody else takes it up."""

STOP_S = 6.0
"""Shorter than `rits run` waits before it insists."""


def work(postman: Postman, stop: threading.Event, *, pause_s: float = PAUSE_S, stuck_s: float = STUCK_S) -> int:
    """Gives the exit code: 0 when asked to stop, 1 when a delivery hangs and a new process must take over."""
    log.info("worker.started")
    while not stop.is_set():
        try:
            postman.round()
        except SQLAlchemyError as error:  # locked, full, or gone for a moment: nothing is lost by waiting
            log.error("worker.round", reason=type(error).__name__)
        if postman.longest_busy_s() > stuck_s:
            log.error("worker.stuck", seconds=round(postman.longest_busy_s()))
            return 1
        stop.wait(pause_s)
    postman.stop(STOP_S)
    log.info("worker.stopped")
    return 0
