"""What a worker may see of the conversation before, read from Rasa's store, which is sealed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.live.lines import Line
from bot.live.said_before import SaidBefore, said_before
from bot.storage.sealing import Seal, load_or_create_key


def opener(tmp_path: Path) -> Callable[[str], str]:
    seal = Seal(load_or_create_key(tmp_path / "key"))
    return lambda data: seal.open(data.encode("ascii"))


def store(tmp_path: Path, *events: dict[str, Any], conversation: str = "a") -> Path:
    file = tmp_path / "conversations.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id, type_name, data)")
    seal = Seal(load_or_create_key(tmp_path / "key"))
    for event in events:
        row = (conversation, event["event"], seal.close(json.dumps(event)).decode("ascii"))
        connection.execute("INSERT INTO events (sender_id, type_name, data) VALUES (?, ?, ?)", row)
    connection.commit()
    connection.close()
    return file


def test_the_last_lines_with_what_stood_on_the_buttons(tmp_path: Path) -> None:
    buttons = [{"title": "Slapen", "payload": '/vraag{"topic": "slapen"}'}]
    file = store(
        tmp_path,
        {"event": "user", "text": "hallo"},
        {"event": "slot", "name": "gemeente", "value": "oudewater"},
        {"event": "slot", "name": "audience", "value": "ouder"},
        {"event": "slot", "name": "topic", "value": "x"},
        {"event": "bot", "text": "Waarover?", "data": {"buttons": buttons}},
        {"event": "user", "text": '/vraag{"topic": "slapen"}'},
        {"event": "user", "text": "/unknown"},
    )
    store(tmp_path, {"event": "user", "text": "van een ander"}, conversation="b")
    lines = (Line("person", "hallo"), Line("assistant", "Waarover?"), Line("person", "Slapen"))
    assert said_before(file, "a", opener(tmp_path)) == SaidBefore(lines, "oudewater", "ouder")


def test_no_store_or_a_broken_one_is_nothing(tmp_path: Path) -> None:
    assert said_before(tmp_path / "none.db", "a", opener(tmp_path)) == SaidBefore()
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    assert said_before(broken, "a", opener(tmp_path)) == SaidBefore()
    empty = tmp_path / "empty.db"
    empty.touch()
    assert said_before(empty, "a", opener(tmp_path)) == SaidBefore()


def test_sealed_with_another_key_is_nothing(tmp_path: Path) -> None:
    file = store(tmp_path, {"event": "user", "text": "hallo"})
    (tmp_path / "key").unlink()
    assert said_before(file, "a", opener(tmp_path)) == SaidBefore()
