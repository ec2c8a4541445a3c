"""Settings from the environment: a bad value is one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings as module
from bot.errors import NotStoredError, SettingsError
from bot.handover.document import HandoverDocument
from bot.services import Services, amsterdam_now
from bot.settings import Settings, child_environment, settings

BAD = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("RASA_PORT", "70000"),
    ("ACTIONS_PORT", "-1"),
    ("DIALOGUE_TIMEOUT_S", "0"),
    ("CONVERSATION_HOURS", "een dag"),
    ("LOG_LEVEL", "loud"),
]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    settings.cache_clear()


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_one_line_with_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"RITS_{name}", value)
    with pytest.raises(SettingsError) as caught:
        settings()
    assert f"RITS_{name}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_has_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings()
    assert (found.host, found.port) == ("127.0.0.1", 8080)
    assert found.handover_url == f"sqlite:///{found.var_dir}/rits.db"


def test_a_child_gets_the_ports_the_token_and_no_telemetry(tmp_path: Path) -> None:
    made = child_environment(Settings(var_dir=tmp_path, port=9000), "geheim")
    assert (made["RITS_TOKEN"], made["RITS_PORT"], made["RASA_TELEMETRY_ENABLED"]) == ("geheim", "9000", "false")
    assert made["RITS_TRACKER_DB"] == str(tmp_path / "conversations.db")


def test_a_knowledge_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    parts = Services(Settings(knowledge_dir=tmp_path / "nope", var_dir=tmp_path))
    with pytest.raises(SettingsError, match="RITS_KNOWLEDGE_DIR"):
        _ = parts.knowledge


@pytest.mark.parametrize("url", ["zzz", "geendialect://gebruiker:wachtwoord@host/db"])
def test_a_database_address_that_is_none_is_said_without_its_password(tmp_path: Path, url: str) -> None:
    parts = Services(Settings(var_dir=tmp_path, database_url=url))
    with pytest.raises(NotStoredError, match="RITS_DATABASE_URL") as caught:
        _ = parts.handovers
    assert "wachtwoord" not in str(caught.value)


def test_a_database_that_cannot_be_opened_is_not_stored(tmp_path: Path) -> None:
    parts = Services(Settings(var_dir=tmp_path, database_url="sqlite:////proc/nowhere/rits.db"))
    with pytest.raises(NotStoredError):
        _ = parts.handovers


def test_a_lost_key_is_not_replaced_beside_old_handovers(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, encryption_key="", database_url="")
    document = {"handover_id": "handover-0001", "created_at": amsterdam_now(), "trigger": "asked", "audience": "ouder"}
    made = HandoverDocument(**document, expires_at=amsterdam_now().date())
    Services(settings).handovers.save(made, idempotency_key="a")
    settings.key_file.unlink()
    with pytest.raises(NotStoredError, match="is gone: put it back"):
        _ = Services(settings).handovers
    assert not settings.key_file.exists()


def test_the_time_is_that_of_the_person() -> None:
    assert str(amsterdam_now().tzinfo) == "Europe/Amsterdam"


def test_every_setting_says_what_it_is_for() -> None:
    fields = module.Settings.__fields__.values()
    assert [field.name for field in fields if not field.field_info.description] == []
