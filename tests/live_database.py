"""An empty database with all tables, made once in a run: making them takes longer than most tests."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade


def copied(folder: Path) -> Engine:
    """An engine on a copy of its own."""
    file = folder / "rits.db"
    file.write_bytes(_tables())
    return open_engine(f"sqlite:///{file}")


@lru_cache(maxsize=1)
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rits.db"
        engine = open_engine(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()
        return file.read_bytes()
