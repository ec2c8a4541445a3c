"""GET /: the page with the chat. All its words go along as JSON, so that the scripts hold none."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.turn import Audience
from bot.web.emergency_lines import emergency_lines
from bot.web.page import Pages, Visit
from bot.web.ports import WebServices
from bot.wording import Wording

SCRIPT_TEXTS = "web.chat_"
LIVE_TEXTS = "live.chat_"
LEARNING_TEXTS = "learning.chat_"
SUGGESTIONS = (1, 2, 3)


class ChatPage:
    """The chat as a full page; `?gemeente=` and `?publiek=` say where and for whom."""

    def __init__(self, services: WebServices, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        return self._pages.draw(
            "chat.html",
            visit,
            welcome=f"welcome_{visit.audience or 'everybody'}",
            suggestions=[f"suggestion_{visit.audience or 'everybody'}_{number}" for number in SUGGESTIONS],
            config=self._config(visit),
        )

    def _config(self, visit: Visit) -> dict[str, Any]:
        return {
            "turn": "/api/turn",
            "feedback": "/api/feedback",
            "live": "/api/live",
            "gemeente": visit.place.slug if visit.place else None,
            "audience": visit.audience,
            "exit": self._services.exit_url,
            "texts": self._script_texts(visit.audience),
            "lines": [
                {"name": line.name, "number": line.number, "for": line.for_whom}
                for line in emergency_lines(self._services.wording)
            ],
        }

    def _script_texts(self, audience: Audience | None) -> dict[str, str]:
        word = self._services.wording
        keys = [key for key in word.keys() if key.startswith(SCRIPT_TEXTS)]
        texts = {key.removeprefix(SCRIPT_TEXTS): word.text(key, audience) for key in keys}
        texts |= {key.removeprefix(LEARNING_TEXTS): word.text(key, audience) for key in _learning(word)}
        return texts | {f"live_{key.removeprefix(LIVE_TEXTS)}": _open(word, key, audience) for key in _live(word)}


def _learning(word: Wording) -> list[str]:
    return [key for key in word.keys() if key.startswith(LEARNING_TEXTS)]


def _live(word: Wording) -> list[str]:
    return [key for key in word.keys() if key.startswith(LIVE_TEXTS)]


def _open(word: Wording, key: str, audience: Audience | None) -> str:
    """With the places of the names still open: the script fills them in when a worker has come."""
    return word.text(key, audience, name="{name}", team="{team}")
