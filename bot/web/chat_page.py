"""GET / and /chat: the page with the chat. Without the script it has the numbers, and the ways to a person."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from bot.web.page import Pages
from bot.web.widget.bundle import Bundle

_TOPIC = re.compile(r"[a-z0-9_-]{1,80}")


class ChatPage:
    """The chat as a full page; `?gemeente=` and `?publiek=` say where and for whom, `?topic=` asks at once."""

    def __init__(self, pages: Pages, bundle: Bundle) -> None:
        self._pages = pages
        self._bundle = bundle

    def show(self, request: Request) -> Response:
        visit = self._pages.visit(request)
        topic = request.query_params.get("topic", "")
        return self._pages.draw(
            "chat.html",
            visit,
            welcome=f"welcome_{visit.audience or 'everybody'}",
            script=self._bundle.path,
            topic=topic if _TOPIC.fullmatch(topic) else None,
        )
