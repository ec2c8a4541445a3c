"""One person asks what we have, or asks to be forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import handover_examples
import pytest
from builders import NOW
from sqlalchemy import insert, select, update

from bot import person
from bot.errors import HandoverError
from bot.handover.model import handovers, outbox
from bot.live.model import live_chats, live_messages
from bot.services import Services
from bot.settings import Settings
from bot.storage.writing import writing

NOTE, CHAT, OTHER = "kanariegele notitie", "kanariegeel gesprek", "van een ander"


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    made = Services(Settings(_env_file=None, var_dir=tmp_path / "var"))
    made.clock = lambda: NOW
    return made


@pytest.fixture
def reference(parts: Services) -> str:
    found = parts.handovers.save(handover_examples.parent(), idempotency_key="a").reference
    other = parts.handovers.save(handover_examples.parent(), idempotency_key="b").reference
    parts.handovers.add_note(found, kind="note", by="aaaaaaaaaaaa", text=NOTE, nonce="1")
    parts.handovers.add_note(other, kind="note", by="aaaaaaaaaaaa", text=OTHER, nonce="2")
    parts.audit.record("aaaaaaaaaaaa", "handover.seen", found)
    chat = {"id": "c" * 32, "conversation_hash": "h", "team": "oudewater", "state": "ended", "reference": found}
    line = {"chat_id": "c" * 32, "at": NOW, "sender": "person", "client_id": "1", "sealed": parts.seal.close(CHAT)}
    with writing(parts.database) as connection:
        connection.execute(insert(live_chats).values(**chat, asked_at=NOW, answer_by=NOW))
        connection.execute(insert(live_messages).values(**line))
    return found


def test_everything_about_a_reference_is_written_for_the_operator_alone(
    parts: Services, reference: str, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    person.write(person.export(parts, reference.lower()), file)
    assert file.stat().st_mode & 0o077 == 0
    found = json.loads(file.read_text())
    assert found["handover"]["document"]["contact"]
    assert found["notes"][0]["text"] == NOTE and found["chats"][0]["said"][0]["text"] == CHAT
    assert [entry["action"] for entry in found["audit"]] == ["handover.seen"]
    assert found["deliveries"] and OTHER not in file.read_text()
    with pytest.raises(FileExistsError):
        person.write({}, file)


def test_erased_is_erased_and_the_log_says_so(parts: Services, reference: str) -> None:
    erased = person.erase(parts, reference)
    assert erased.row_gone and erased.chats == 1
    assert parts.handovers.find(reference) is None
    with parts.database.begin() as connection:
        assert connection.execute(select(live_messages)).first() is None
        assert len(connection.execute(select(handovers)).all()) == 1
    assert "person.erased" in [entry.action for entry in parts.audit.entries(reference)]
    with pytest.raises(HandoverError):
        person.export(parts, reference)


def test_a_receiver_is_told_first_and_until_then_the_row_stays_empty(parts: Services, reference: str) -> None:
    with writing(parts.database) as connection:
        connection.execute(update(outbox).values(delivery="webhook", state="delivered", delivered_at=NOW, attempts=1))
    erased = person.erase(parts, reference)
    assert not erased.row_gone and erased.delivered_to == ("webhook",)
    left = parts.handovers.find(reference)
    assert left is not None and left.document is None
    with writing(parts.database) as connection:
        connection.execute(update(outbox).values(state="delivered"))
    assert person.erase(parts, reference).row_gone


@pytest.mark.parametrize("unknown", ["RTS-0000", "", "x" * 300, "222-333"])
def test_what_is_not_there_is_said(parts: Services, unknown: str) -> None:
    with pytest.raises(HandoverError):
        person.export(parts, unknown)
    with pytest.raises(HandoverError):
        person.erase(parts, unknown)
