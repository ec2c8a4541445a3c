"""Logs: one line an event on stderr, with ids and never with what somebody said."""

from __future__ import annotations

import logging
import sys

import structlog

CHATTY = (
    "rasa",
    "rasa_sdk",
    "sanic",
    "alembic",
    "matplotlib",
    "tensorflow",
    "asyncio",
    "apscheduler",
    "httpx",
    "httpcore",
)
OURS = ("bot", "actions")


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
        logger_factory=_logger,
    )


def _logger(*names: str) -> structlog.PrintLogger:
    """Rasa logs messages and slots at debug and info, with loggers that have no name; ours have one."""
    ours = bool(names) and names[0].split(".")[0] in OURS
    return structlog.PrintLogger(sys.stderr) if ours else _OnlyTrouble(sys.stderr)


class _OnlyTrouble(structlog.PrintLogger):
    """Says nothing below warning."""

    def debug(self, message: str) -> None:
        """Nothing."""

    info = msg = log = debug
