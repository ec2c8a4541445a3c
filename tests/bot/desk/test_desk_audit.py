"""The log of the desk: only added to, codes only, and part of what it tells."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.desk.audit import AuditEntry
from bot.desk.model import audit, staff
from bot.storage.writing import writing

from .conftest import Desk


def test_lines_come_back_newest_first(desk: Desk) -> None:
    desk.audit.record("person", "handover.withdrawn", "RTS-2345")
    desk.later(minutes=1)
    desk.audit.record("abcdef123456", "handover.seen", "RTS-2345", "oudewater")
    last, first = desk.audit.entries()
    assert last == AuditEntry(2, desk.now, "abcdef123456", "handover.seen", "RTS-2345", "oudewater")
    assert (first.actor, first.detail) == ("person", None)


def test_of_one_reference_of_one_account_and_page_by_page(desk: Desk) -> None:
    for at in range(6):
        desk.audit.record("anna" if at % 2 else "bram", "handover.seen", f"RTS-000{at % 3}")
    assert [entry.id for entry in desk.audit.entries("RTS-0001")] == [5, 2]
    assert [entry.id for entry in desk.audit.entries(actor="anna", limit=2)] == [6, 4]
    assert [entry.id for entry in desk.audit.entries(before=3)] == [2, 1]


@pytest.mark.parametrize("statement", [update(audit).values(actor="nobody"), delete(audit)])
def test_the_database_refuses_a_change(desk: Desk, statement: object) -> None:
    desk.audit.record("operator", "account.added")
    with pytest.raises((IntegrityError, OperationalError), match="only added to"), writing(desk.engine) as connection:
        connection.execute(statement)
    assert desk.actions == ["account.added"]


@pytest.mark.parametrize(
    "line",
    [
        {"actor": "iemand anders"},
        {"actor": "a" * 13},
        {"action": "x" * 41},
        {"detail": "Mijn dochter slaapt slecht"},
        {"detail": "0612345678 bellen"},
        {"detail": ""},
        {"reference": "RTS-2345; drop"},
    ],
)
def test_words_of_people_do_not_get_in(desk: Desk, line: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no text"):
        desk.audit.record(**{"actor": "person", "action": "handover.changed", **line})
    assert desk.actions == []


def test_what_did_not_happen_is_not_in_the_log(desk: Desk) -> None:
    with pytest.raises(IntegrityError), writing(desk.engine) as connection:
        desk.audit.record("operator", "account.added", connection=connection)
        connection.execute(insert(staff).values(id="half an account"))
    assert desk.actions == []
