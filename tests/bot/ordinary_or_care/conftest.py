"""The real content, read once: the thresholds themselves are what is tested here."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from bot.answers.load import read_knowledge
from bot.answers.schema import Knowledge
from bot.ordinary_or_care.files import load_register
from bot.ordinary_or_care.model import Register

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
BUILDERS = Path(__file__).parents[1] / "answers" / "conftest.py"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge(KNOWLEDGE)[0]


@pytest.fixture(scope="session")
def register() -> Register:
    return load_register(KNOWLEDGE)


@pytest.fixture
def now() -> datetime:
    """A Monday in office hours."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def _builders() -> ModuleType:
    """The tests of bot/answers already know how to write a knowledge folder."""
    spec = importlib.util.spec_from_file_location("knowledge_folder", BUILDERS)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path):
    return _builders().KnowledgeFolder(tmp_path)
