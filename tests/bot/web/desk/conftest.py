"""A desk with one handover, and a worker who is signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_at_work import TEAM, DeskAtWork
from desk_door import desk_door
from starlette.testclient import TestClient

from bot.answers.load import KnowledgeShelf


@pytest.fixture
def desk(tmp_path: Path, shelf: KnowledgeShelf) -> DeskAtWork:
    return DeskAtWork(desk_door(tmp_path, shelf))


@pytest.fixture
def reference(desk: DeskAtWork) -> str:
    return desk.store()


@pytest.fixture
def sam(desk: DeskAtWork) -> TestClient:
    return desk.door.worker("medewerker", TEAM, "sam")
