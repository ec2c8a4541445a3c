"""The token between our processes: one, kept, and for the owner only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from bot.tokens import is_token, service_token


def test_the_token_is_made_once_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var", token="")
    token = service_token(settings)
    assert len(token) >= 40
    assert service_token(settings) == token
    assert settings.token_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.var_dir.iterdir()] == ["token"]


def test_processes_that_start_together_get_the_same_token(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, token="")
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: service_token(settings), range(40)))) == 1


def test_a_configured_token_goes_first_and_makes_no_file(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var", token="geheim")
    assert service_token(settings) == "geheim"
    assert not settings.var_dir.exists()


def test_an_empty_token_file_is_refused(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, token="")
    settings.token_file.write_text("")
    with pytest.raises(SettingsError, match="is empty"):
        service_token(settings)


@pytest.mark.parametrize(
    ("given", "token", "same"),
    [("a", "a", True), ("a", "b", False), (None, "a", False), ("", "", False), (None, "", False), ("é", "a", False)],
)
def test_comparing_tokens(given: str | None, token: str, same: bool) -> None:
    assert is_token(given, token) is same
