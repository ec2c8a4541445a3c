"""What every test may lean on: nothing touches the real var/ folder, and content is read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from builders import NOW

from bot.answers.load import KnowledgeShelf
from bot.services import Services
from bot.settings import ROOT, Settings, settings

LONG_GROUPS = ("model", "browser")
# The same examples on every machine and in every run: a red build is about the change and not about the dice.
hypothesis.settings.register_profile("rits", deadline=None, derandomize=True)
hypothesis.settings.load_profile("rits")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """How the tests are spread over two processes: a file stays together, and the model is loaded in one of them.

    The two long groups go first, so that neither process waits for the other at the end."""
    for item in items:
        shared = next((name for name in LONG_GROUPS if item.get_closest_marker(name)), None)
        item.add_marker(pytest.mark.xdist_group(shared or item.path.stem))
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in LONG_GROUPS))


@pytest.fixture(scope="session", autouse=True)
def _own_var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Databases, keys and tokens of a test never stand beside those of an installation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RITS_VAR_DIR", str(tmp_path_factory.mktemp("var")))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def shelf() -> KnowledgeShelf:
    """The real content, read once."""
    return KnowledgeShelf(ROOT / "knowledge", pause=3600)


@pytest.fixture
def services(tmp_path: Path, shelf: KnowledgeShelf) -> Services:
    """The real parts with a clock that stands still and a database of their own."""
    made = Services(Settings(var_dir=tmp_path / "var", database_url="", encryption_key=""), clock=lambda: NOW)
    made.__dict__["shelf"] = shelf
    return made
