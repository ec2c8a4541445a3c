"""Examples of requests in the OpenAPI document, by what they show."""

from __future__ import annotations

from typing import Any

Example = tuple[str, dict[str, Any]]
CONVERSATION = "3f2c9a51-7d0e-4b8a-9c11-5e6f7a8b9c0d"

TURNS: tuple[Example, ...] = (
    (
        "a question",
        {
            "conversation": CONVERSATION,
            "id": "1",
            "text": "mijn peuter slaapt slecht",
            "gemeente": "oudewater",
            "audience": "ouder",
        },
    ),
    ("a button", {"conversation": CONVERSATION, "id": "2", "payload": "/ask_for_human"}),
)
FEEDBACK: tuple[Example, ...] = (
    ("a thumb", {"topic": "slaapproblemen_peuter", "verdict": "up"}),
    ("a reason", {"topic": "slaapproblemen_peuter", "verdict": "down", "reason": "te lang", "audience": "ouder"}),
)
LIVE_ASK: tuple[Example, ...] = (
    ("show the last messages", {"conversation": CONVERSATION, "show": True, "gemeente": "oudewater"}),
)
LIVE_SAY: tuple[Example, ...] = (("a message", {"conversation": CONVERSATION, "id": "3", "text": "ben je er nog?"}),)
LIVE_CONVERSATION: tuple[Example, ...] = (("this conversation", {"conversation": CONVERSATION}),)
LIVE_WAIT: tuple[Example, ...] = (
    ("what is there now", {"conversation": CONVERSATION}),
    ("wait for news", {"conversation": CONVERSATION, "after": 4, "state": "none", "wait": 20}),
)
