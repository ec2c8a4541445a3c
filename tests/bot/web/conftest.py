"""A client of the front door with fakes behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.web.app import create_app

from . import fakes


@pytest.fixture
def client_of() -> Callable[..., TestClient]:
    """Makes a client; every argument replaces a part of the services."""

    def make(**changes: Any) -> TestClient:
        return TestClient(create_app(fakes.services(**changes)), raise_server_exceptions=False)

    return make


@pytest.fixture
def client(client_of: Callable[..., TestClient]) -> TestClient:
    return client_of()
