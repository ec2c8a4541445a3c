"""Logs: our own events on stderr; libraries only in trouble, also at level debug."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.setLevel(level)
    root.handlers = handlers


def test_our_events_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    structlog.get_logger("bot.handover.store").info("handover.stored", reference="R1")
    said = capsys.readouterr()
    assert "handover.stored" in said.err and "R1" in said.err
    assert said.out == ""


def test_below_the_level_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("warning")
    structlog.get_logger("bot.x").info("x.happened")
    assert capsys.readouterr().err == ""


def test_rasa_logs_what_people_say_at_debug_and_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("debug")
    structlog.get_logger().debug("processor.message.parse", parse_data_text="kanariegeel")
    structlog.get_logger().info("processor.slots.log", slot_values="kanariegeel")
    logging.getLogger("rasa.core.processor").info("kanariegeel")
    logging.getLogger("rasa_sdk.executor").debug("kanariegeel")
    assert "kanariegeel" not in capsys.readouterr().err
    structlog.get_logger().warning("rasa.trouble")
    structlog.get_logger("actions.base").debug("ours")
    said = capsys.readouterr().err
    assert "rasa.trouble" in said and "ours" in said
