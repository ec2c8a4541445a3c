"""Logs: one line an event on stderr, with ids and never with what somebody said."""

from __future__ import annotations

import logging
import sys

import structlog

CHATTY = ("rasa", "rasa_sdk", "sanic", "alembic", "matplotlib", "tensorflow", "asyncio", "apscheduler", "httpx", "httpcore")


def set_up_logs(level: str) -> None:
    """Everything to stderr, so that stdout stays free for answers; libraries speak only of trouble."""
    number = getattr(logging, level.upper(), logging.INFO)
    logging.basicConfig(stream=sys.stderr, level=number, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
