"""The other side: a real HTTP server that recognises a key, and that fails in the ways in which servers fail."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BUSY, MUTE = 0.10, 0.10


@dataclass
class Receiver:
    """What arrived. `took_in` counts what it did per key, `posts` how often somebody knocked."""

    took_in: Counter[str] = field(default_factory=Counter)
    posts: Counter[str] = field(default_factory=Counter)
    # Of each reference the events, in the order in which they were taken in.
    events: dict[str, list[str]] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_kind: bool = False

    def start(self) -> int:
        """The port it listens on."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                key = self.headers["Idempotency-Key"]
                reference, happened, _ = key.split(":")
                status = receiver.receive(key, reference, happened.split("-")[0], body)
                if status:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def knocks(self) -> int:
        with self.lock:
            return sum(self.posts.values())

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def receive(self, key: str, reference: str, event: str, body: str) -> int | None:
        """The status to answer; None hangs up, after having taken it in."""
        with self.lock:
            self.posts[key] += 1
            mood = 1.0 if self.is_kind else self.chance.random()
            if mood < BUSY:
                return 503
            if key not in self.took_in:
                self._take_in(key, reference, event, body)
            return None if mood < BUSY + MUTE else 200

    def _take_in(self, key: str, reference: str, event: str, body: str) -> None:
        self.took_in[key] += 1
        self.events.setdefault(reference, []).append(event)
        if event == "withdrawn":
            self.content.pop(reference, None)
        else:
            self.content[reference] = body
