"""`rits run`: starts the action server, Rasa, the front door and the worker that delivers; restarts what dies."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot import trained_model
from bot.errors import BotError, SettingsError
from bot.retention import erase_all
from bot.services import Services, amsterdam_now
from bot.settings import ROOT, Settings, child_environment
from bot.tokens import service_token

Say = Callable[[str], None]
FIRST_ANSWER_S = 120
STOP_S = 8
ERASE_EVERY_S = 3600
SOON_S = 10
LONGEST_PAUSE_S = 30
PROBE = {"text": "mijn peuter slaapt slecht", "gemeente": "voorbeeldgemeente", "conversation": "rits-start-probe-0001"}
"""A real question, so that everything that is read lazily has been read before the first person comes."""


@dataclass
class Child:
    """One of our processes: how it is started, and how often it died."""

    name: str
    command: list[str]
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0
    started: float = field(default_factory=time.monotonic)


def supervise(settings: Settings, say: Say) -> int:
    """Run until Ctrl-C or a TERM signal; gives the exit code."""
    os.umask(0o077)  # what our processes write holds conversations: for the owner only
    ports = (settings.port, settings.rasa_port, settings.actions_port)
    if len(set(ports)) < len(ports):
        raise SettingsError("RITS_PORT, RITS_RASA_PORT and RITS_ACTIONS_PORT must be three different ports")
    for port in ports:
        _demand_free(settings.host if port == settings.port else "127.0.0.1", port)
    _demand_deliveries(settings)
    _demand_front_door(settings)
    if not trained_model.is_current(settings):
        say("The model is missing or older than its inputs. Training it now; this takes about five minutes.")
        _train_apart(settings, say)
    return asyncio.run(_Household(settings, say).live())


class _Household:
    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._stop = asyncio.Event()
        self._environment = child_environment(settings, service_token(settings))
        self._children = [Child(name, command) for name, command in _commands().items()]

    async def live(self) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        keepers = [asyncio.create_task(self._keep(child)) for child in self._children]
        keepers += [asyncio.create_task(self._erase_old()), asyncio.create_task(self._announce())]
        await self._stop.wait()
        self._say("Stopping ...")
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        await asyncio.gather(*(_end(child) for child in self._children))
        self._say("Stopped.")
        return 0

    async def _keep(self, child: Child) -> None:
        """Start it, and start it again whenever it dies; the pause grows when it dies soon after its start."""
        while not self._stop.is_set():
            child.started = time.monotonic()
            child.process = await asyncio.create_subprocess_exec(
                *child.command, cwd=ROOT, env=self._environment, start_new_session=True
            )
            code = await child.process.wait()
            if self._stop.is_set():
                return
            lived = time.monotonic() - child.started
            child.deaths = child.deaths + 1 if lived < SOON_S else 1
            pause = min(2.0 ** (child.deaths - 1), LONGEST_PAUSE_S)
            self._say(f"{child.name} stopped with exit code {code}; starting it again in {pause:.0f} s")
            await asyncio.sleep(pause)

    async def _announce(self) -> None:
        """Wait until a question is really answered, then say where."""
        address = f"http://{self._settings.host}:{self._settings.port}/"
        self._say("Starting; the first answer takes about half a minute.")
        started = time.monotonic()
        async with httpx.AsyncClient(timeout=10) as client:
            while not await _answers(client, address):
                if time.monotonic() - started > FIRST_ANSWER_S:
                    self._say("Still no answer; the front door does show the help lines. See the lines above for why.")
                    started = time.monotonic()
                await asyncio.sleep(1)
        self._say(f"Rits answers after {time.monotonic() - started:.0f} s. The chat is at {address}  (Ctrl-C stops)")

    async def _erase_old(self) -> None:
        """What has had its time is not kept: conversations, chats, handovers, and what was learned."""
        while True:
            try:
                await asyncio.to_thread(erase_all, Services(self._settings), amsterdam_now())
            except (BotError, SQLAlchemyError) as error:  # tried again in an hour; the task must live
                self._say(f"Not everything was erased: {type(error).__name__}")
            await asyncio.sleep(ERASE_EVERY_S)


def _commands() -> dict[str, list[str]]:
    rits = [sys.executable, "-m", "bot.cli"]
    return {name: [*rits, name] for name in ("front-door", "actions", "rasa", "worker")}


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        ready = await client.get(f"{address}api/health/ready")
        if ready.status_code != 200:
            return False
        reply = await client.post(f"{address}api/turn", json=PROBE)
        return reply.status_code == 200 and reply.json().get("degraded") is False
    except (httpx.HTTPError, ValueError):
        return False


async def _end(child: Child) -> None:
    """Ask to stop, and insist after a while."""
    process = child.process
    if process is None or process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_S)
    except asyncio.TimeoutError:
        process.kill()
        await process.wait()


def _train_apart(settings: Settings, say: Say) -> None:
    """In a process of its own, so that this one stays small."""
    import subprocess

    code = subprocess.call([sys.executable, "-m", "bot.cli", "train"], cwd=ROOT)
    if code != 0:
        raise SettingsError("training failed; see the lines above")


def _demand_deliveries(settings: Settings) -> None:
    """A wrong setting is one line at the start, and not a handover that does not go."""
    from bot.handover.delivery.registry import deliveries

    for delivery in deliveries(settings, anybody_at=lambda _: True).values():
        delivery.close()


def _demand_front_door(settings: Settings) -> None:
    """What the front door would refuse to start with, and would be started again for, for ever."""
    from bot.web.look import theme_file
    from bot.web.origins import read_origins

    read_origins(settings.embed_origins, settings.public_url)
    theme_file(settings.theme)


def _demand_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            names = "RITS_PORT, RITS_RASA_PORT or RITS_ACTIONS_PORT"
            raise SettingsError(
                f"port {port} on {host} cannot be used ({error.strerror}); choose another with {names}"
            ) from None
