"""A bad line: stands between the browser and the front door, and cuts, stalls or drops as it is told."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

TURN = b"POST /api/turn"


@dataclass(frozen=True)
class Trouble:
    """What happens to one turn. `after`: the reply is cut, or stalls, right after these bytes."""

    after: bytes | None = None
    stalls: bool = False
    # The request itself does not arrive.
    swallows: bool = False


@dataclass
class BadLine:
    """`troubles` are for the next turns, one each; after those the line is good. `is_down` refuses everything."""

    target: int
    troubles: deque[Trouble] = field(default_factory=deque)
    is_down: bool = False
    port: int = 0
    turns: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._server = self._call(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def go_down(self) -> None:
        """Nothing gets through any more, also not what is under way."""
        self.is_down = True
        self._loop.call_soon_threadsafe(self._cut_all)

    def come_back(self) -> None:
        self.is_down = False
        self.troubles.clear()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self.go_down()

    def _cut_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_down:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        self._open.add(writer)
        link = _Link(self, writer)
        ways = (self._pass(reader, back, link.asked), self._pass(there, writer, link.answered))
        await asyncio.gather(*ways, return_exceptions=True)
        self._open.discard(writer)
        back.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, through: Callable[[bytes], bytes]
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(through(data))
                await writer.drain()
        with suppress(Exception):
            writer.close()

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)


class _Link:
    """One connection: which trouble the turn on it has."""

    def __init__(self, line: BadLine, browser: asyncio.StreamWriter) -> None:
        self._line = line
        self._browser = browser
        self._trouble = Trouble()
        self._seen = b""

    def asked(self, data: bytes) -> bytes:
        if data.startswith(TURN):
            self._line.turns.append(data)
            self._trouble = self._line.troubles.popleft() if self._line.troubles else Trouble()
            self._seen = b""
        return b"" if self._trouble.swallows else data

    def answered(self, data: bytes) -> bytes:
        if self._trouble.after is None:
            return data
        before, self._seen = len(self._seen), self._seen + data
        found = self._seen.find(self._trouble.after)
        if found < 0:
            return data
        end = found + len(self._trouble.after)
        if not self._trouble.stalls:
            asyncio.get_running_loop().call_later(0.02, self._browser.transport.abort)
        return data[: max(0, end - before)]
