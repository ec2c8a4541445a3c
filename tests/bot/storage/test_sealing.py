"""The key file: for the owner only, made once, and never half."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.errors import SettingsError
from bot.storage.sealing import Seal, SealBrokenError, load_or_create_key


def test_a_new_key_is_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "handover.key"
    keys = load_or_create_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_key(path) == keys
    assert [entry.name for entry in path.parent.iterdir()] == ["handover.key"]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    found: list[tuple[bytes, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(load_or_create_key(tmp_path / "key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    load_or_create_key(path)
    path.chmod(0o640)
    with pytest.raises(SettingsError):
        load_or_create_key(path)


def test_an_empty_key_file_is_refused_and_not_replaced(tmp_path: Path) -> None:
    """A new key would make everything stored before unreadable."""
    path = tmp_path / "key"
    path.touch(0o600)
    with pytest.raises(SettingsError):
        load_or_create_key(path)


@pytest.mark.parametrize("keys", [[b"secret-but-no-key"], []])
def test_a_key_that_is_none_is_refused_without_repeating_it(keys: list[bytes]) -> None:
    with pytest.raises(SettingsError) as failure:
        Seal(keys)
    assert "secret" not in str(failure.value)


def test_renewed_content_opens_with_the_new_key_alone() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    sealed = Seal([old]).close("inhoud")
    renewed = Seal([new, old]).renew(sealed)
    assert Seal([new]).open(renewed) == "inhoud"
    with pytest.raises(SealBrokenError):
        Seal([new]).open(sealed)
