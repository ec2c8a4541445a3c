"""The parts of `rits run` that can be looked at without starting anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import supervisor
from bot.errors import SettingsError
from bot.settings import Settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def free_ports() -> list[int]:
    holders = [socket.socket() for _ in range(3)]
    for holder in holders:
        holder.bind(("127.0.0.1", 0))
    ports = [holder.getsockname()[1] for holder in holders]
    for holder in holders:
        holder.close()
    return ports


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_a_port_in_use_is_one_line_that_says_what_to_do(tmp_path: Path, taken: int, name: str) -> None:
    first, second, third = free_ports()
    ports = {"port": first, "rasa_port": second, "actions_port": third, name: taken}
    with pytest.raises(SettingsError) as caught:
        supervisor.supervise(Settings(var_dir=tmp_path, **ports), print)
    assert str(taken) in str(caught.value) and "RITS_PORT" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_host_that_is_none_is_one_line(tmp_path: Path) -> None:
    first, second, third = free_ports()
    settings = Settings(var_dir=tmp_path, host="256.1.1.1", port=first, rasa_port=second, actions_port=third)
    with pytest.raises(SettingsError, match=r"256\.1\.1\.1"):
        supervisor.supervise(settings, print)


def test_the_three_ports_differ(tmp_path: Path) -> None:
    port = free_ports()[0]
    with pytest.raises(SettingsError, match="different"):
        supervisor.supervise(Settings(var_dir=tmp_path, port=port, rasa_port=port), print)


def test_it_starts_its_processes_by_our_own_command() -> None:
    commands = supervisor._commands()
    assert set(commands) == {"front-door", "actions", "rasa", "worker"}
    assert all(command[1:3] == ["-m", "bot.cli"] for command in commands.values())


def test_a_delivery_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    first, second, third = free_ports()
    settings = Settings(var_dir=tmp_path, port=first, rasa_port=second, actions_port=third, deliveries="duif")
    with pytest.raises(SettingsError, match="RITS_DELIVERIES.*duif"):
        supervisor.supervise(settings, print)


def test_training_that_fails_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.call", lambda *args, **kwargs: 1)
    with pytest.raises(SettingsError, match="training failed"):
        supervisor._train_apart(Settings(var_dir=tmp_path), print)


@pytest.mark.parametrize(
    "wrong", [{"embed_origins": "oudewater=*"}, {"embed_origins": "oudewater"}, {"theme": "bestaat-niet"}], ids=str
)
def test_what_the_front_door_would_refuse_is_one_line_at_the_start(tmp_path: Path, wrong: dict[str, str]) -> None:
    first, second, third = free_ports()
    settings = Settings(_env_file=None, var_dir=tmp_path, port=first, rasa_port=second, actions_port=third, **wrong)
    with pytest.raises(SettingsError) as caught:
        supervisor.supervise(settings, print)
    name = next(iter(wrong))
    assert f"RITS_{name.upper()}" in str(caught.value) and "\n" not in str(caught.value)
