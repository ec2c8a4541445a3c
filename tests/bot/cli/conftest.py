"""Every test has an installation of its own, with the real content.

The commands read that content anew at every call, which takes seconds; between tests it does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from bot import cli
from bot.answers import load
from bot.answers.schema import Knowledge
from bot.services import services as process_services
from bot.settings import ROOT, settings

_read = load.load_knowledge
_read_once = lru_cache(maxsize=1)(_read)


def _load(folder: Path) -> Knowledge:
    """Any other folder is read as always: tests write those."""
    return _read_once(folder) if Path(folder) == ROOT / "knowledge" else _read(folder)


@pytest.fixture(autouse=True)
def _content_read_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(load, "load_knowledge", _load)
    yield


@pytest.fixture(autouse=True)
def _own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("RITS_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("RITS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setattr(cli, "_quiet", settings)
    settings.cache_clear()
    process_services.cache_clear()
    yield
    settings.cache_clear()
    process_services.cache_clear()
