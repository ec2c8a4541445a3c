"""A parcel, and certificates for servers on this machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from certificates import Certificate, make_certificate

from bot.handover.delivery.parcel import Parcel
from bot.handover.document import HandoverDocument

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
REFERENCE = "R-7K3-M9Q"


@pytest.fixture
def a_parcel(a_document: Callable[..., HandoverDocument]) -> Callable[..., Parcel]:
    def build(what: str = "created", **changes: Any) -> Parcel:
        fields: dict[str, Any] = {
            "event": f"handover.{what}",
            "reference": REFERENCE,
            "key": f"{REFERENCE}:{what}:test",
            "team": "voorbeeldgemeente",
            "gemeente": "voorbeeldgemeente",
            "promised_by": datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc),
            "created_at": NOW,
            "document": None if what == "withdrawn" else a_document(),
        }
        return Parcel(**{**fields, **changes})

    return build


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"), "localhost")


@pytest.fixture(scope="session")
def foreign_certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Trusted, but made for another name."""
    return make_certificate(tmp_path_factory.mktemp("foreign"), "elders.example")
