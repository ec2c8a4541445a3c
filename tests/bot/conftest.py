"""A moment, a document, a store: defaults for all but what a test is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import Engine

from bot.handover.document import Contact, HandoverDocument
from bot.handover.store import HandoverStore
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.sealing import Seal

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def a_document() -> Callable[..., HandoverDocument]:
    def build(**changes: Any) -> HandoverDocument:
        fields: dict[str, Any] = {
            "handover_id": "handover-0001",
            "created_at": NOW,
            "gemeente": "voorbeeldgemeente",
            "trigger": "asked",
            "audience": "ouder",
            "question_own_words": "Mijn dochter slaapt slecht sinds de verhuizing.",
            "contact": Contact(channel="phone", address="0612345678"),
            "expires_at": date(2026, 11, 1),
        }
        return HandoverDocument(**{**fields, **changes})

    return build


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "handovers.db"


@pytest.fixture
def engine(database: Path) -> Engine:
    engine = open_engine(f"sqlite:///{database}")
    upgrade(engine)
    return engine


@pytest.fixture
def seal() -> Seal:
    return Seal([Fernet.generate_key()])


@pytest.fixture
def store(engine: Engine, seal: Seal) -> HandoverStore:
    return HandoverStore(engine, seal, clock=lambda: NOW)
