"""The migrations make exactly the tables of the model, also when two processes start together."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

import bot.desk.model
import bot.handover.model
import bot.learning.model
import bot.live.model  # noqa: F401 - the tables that must be there
from bot.storage.engine import open_engine
from bot.storage.migrations import upgrade
from bot.storage.tables import metadata


def test_model_and_migration_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": "handover_version", "compare_type": True, "target_metadata": metadata}
        )
        assert compare_metadata(context, metadata) == []


def test_constraints_are_the_same_too(engine: Engine) -> None:
    """Alembic does not compare these."""
    fresh = open_engine("sqlite://")
    metadata.create_all(fresh)
    for table in metadata.tables:
        assert _constraints(engine, table) == _constraints(fresh, table)


def _constraints(engine: Engine, table: str) -> list[str]:
    seen = inspect(engine)
    checks = [f"{check['name']}: {check['sqltext']}" for check in seen.get_check_constraints(table)]
    unique = [f"{one['name']}: {one['column_names']}" for one in seen.get_unique_constraints(table)]
    foreign = [f"{key['constrained_columns']} {key['options']}" for key in seen.get_foreign_keys(table)]
    return sorted([*checks, *unique, *foreign])


def test_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "handover_version"}


def test_two_processes_may_start_together(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            upgrade(open_engine(f"sqlite:///{tmp_path / 'new.db'}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_every_column_says_what_it_is_for() -> None:
    assert [str(column) for table in metadata.tables.values() for column in table.columns if not column.comment] == []
