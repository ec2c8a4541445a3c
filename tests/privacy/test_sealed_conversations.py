"""Rasa's store of conversations: sealed on the disk, read back as it was, and no obstacle when it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.settings import ROOT, settings

STORY = "kanariegeel verhaal"
DOMAIN = Domain.from_dict({"slots": {"draft": {"type": "text", "mappings": [{"type": "custom"}]}}})


@pytest.fixture(autouse=True)
def _own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "var").mkdir()
    monkeypatch.setenv("RITS_VAR_DIR", str(tmp_path / "var"))
    settings.cache_clear()


def a_store(folder: Path) -> TrackerStore:
    """Made as Rasa makes it, from what `endpoints.yml` says."""
    config = EndpointConfig.from_dict(
        {"type": "bot.tracker_store.SealedTrackerStore", "dialect": "sqlite", "db": str(folder / "conversations.db")}
    )
    return TrackerStore.create(config, domain=DOMAIN)


def a_conversation() -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events("somebody", [], DOMAIN.slots)
    said = UserUttered(STORY, {"name": "vraag", "confidence": 0.9}, [])
    for event in (ActionExecuted("action_listen"), said, SlotSet("draft", f"{STORY} in een concept")):
        tracker.update(event, DOMAIN)
    return tracker


def test_the_endpoints_name_this_store() -> None:
    assert "type: bot.tracker_store.SealedTrackerStore" in (ROOT / "bot" / "endpoints.yml").read_text()


async def test_it_comes_back_as_it_was_and_is_readable_nowhere(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    await store.save(a_conversation())
    again = await a_store(tmp_path).retrieve("somebody")
    assert again is not None and again.latest_message.text == STORY
    assert again.get_slot("draft") == f"{STORY} in een concept"
    on_disk = b"".join(path.read_bytes() for path in tmp_path.glob("conversations.db*"))
    assert on_disk and STORY.encode() not in on_disk and b"vraag" not in on_disk
    assert (tmp_path / "conversations.db").stat().st_mode & 0o077 == 0


async def test_a_second_turn_adds_to_the_first(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    tracker = a_conversation()
    await store.save(tracker)
    tracker.update(UserUttered("nog iets", {"name": "vraag", "confidence": 0.9}, []), DOMAIN)
    await store.save(tracker)
    again = await store.retrieve("somebody")
    assert again is not None
    assert [event.text for event in again.events if isinstance(event, UserUttered)] == [STORY, "nog iets"]


async def test_with_another_key_the_conversation_begins_anew(tmp_path: Path) -> None:
    await a_store(tmp_path).save(a_conversation())
    settings().conversation_key_file.unlink()
    again = await a_store(tmp_path).retrieve("somebody")
    assert again is None or (again.latest_message.text is None and again.get_slot("draft") is None)
