"""The real content, read once; and a small book in which a test changes what matters."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.answers.load import load_knowledge
from bot.answers.schema import Knowledge
from bot.routes.load import load_routes
from bot.routes.schema import RouteBook
from bot.short_form import Setting

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(KNOWLEDGE)


@pytest.fixture(scope="session")
def book() -> RouteBook:
    return load_routes(KNOWLEDGE)


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture
def setting(knowledge: Knowledge) -> Setting:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    return Setting(knowledge, "professional", None, None, now)
