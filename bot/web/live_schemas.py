"""The shapes of /api/live as JSON Schema: what comes in is held against them, what goes out is tested against them."""

from __future__ import annotations

from typing import Any

from bot.turn import AUDIENCES
from bot.web.schemas import MESSAGE, TURN_RESPONSE, shape
from bot.web.turn_input import ID_PATTERN

LONGEST_WAIT = 25
_TEXT = {"type": "string"}
_CONVERSATION = {
    "type": "string",
    "pattern": ID_PATTERN,
    "description": "The number of the conversation. Who has it can read along, so it never stands in an address.",
}


def _request(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"conversation": _CONVERSATION, **properties},
        "required": ["conversation", *required],
        "additionalProperties": False,
    }


LIVE_ASK = _request(
    ("show",),
    show={"type": "boolean", "description": "Whether the worker may see the last messages of this chat."},
    gemeente={"type": ["string", "null"], "pattern": "^[a-z0-9_-]{1,80}$"},
    audience={"enum": [*AUDIENCES, None]},
)
LIVE_SAY = _request(
    ("id", "text"),
    id={"type": "string", "pattern": ID_PATTERN, "description": "Your id of this message; sent twice it is said once."},
    text={"type": "string", "minLength": 1},
)
LIVE_CONVERSATION = _request(())
LIVE_WAIT = _request(
    (),
    after={"type": "integer", "minimum": 0, "maximum": 2**53, "description": "Number of the last message you have."},
    chat={"type": ["string", "null"], "maxLength": 32, "description": "The chat that number is of."},
    state={"enum": ["none", "asked", "active", "ended", "missed", None], "description": "The state you know."},
    typing={"type": "boolean", "description": "Whether you show that the worker types."},
    wait={
        "type": "integer",
        "minimum": 0,
        "maximum": LONGEST_WAIT,
        "description": "Seconds to wait for news; the answer comes at once when there is any.",
    },
)

_LINE = shape(
    {
        "number": {"type": "integer", "description": "Orders both sides within one chat."},
        "at": {"type": "string", "format": "date-time"},
        "sender": {"enum": ["person", "staff", "assistant"]},
        "client_id": _TEXT,
        "text": _TEXT,
        "buttons": MESSAGE["properties"]["buttons"],
        "urgent": {"type": "boolean", "description": "Numbers to call, after danger."},
    }
)
LIVE_UPDATES: dict[str, Any] = shape(
    {
        "chat": {"type": ["string", "null"]},
        "state": {"enum": ["none", "asked", "active", "ended", "missed"]},
        "name": {"type": ["string", "null"], "description": "Of the worker."},
        "team": {"type": ["string", "null"]},
        "typing": {"type": "boolean"},
        "messages": {"type": "array", "items": _LINE},
    }
)
LIVE_SAID: dict[str, Any] = shape(
    {
        "state": {"enum": ["none", "asked", "active"]},
        "delivered": {"type": "boolean"},
        "number": {"type": ["integer", "null"]},
        "safety": TURN_RESPONSE["properties"]["safety"],
        "messages": {"type": "array", "items": MESSAGE, "description": "To show now; the numbers first, in danger."},
    }
)
LIVE_STATE: dict[str, Any] = shape(
    {"state": {"enum": ["none", "asked", "active"]}, "messages": {"type": "array", "items": MESSAGE}}
)
LIVE_SCHEMAS: dict[str, dict[str, Any]] = {
    "LiveAsk": LIVE_ASK,
    "LiveSay": LIVE_SAY,
    "LiveConversation": LIVE_CONVERSATION,
    "LiveWait": LIVE_WAIT,
    "LiveUpdates": LIVE_UPDATES,
    "LiveSaid": LIVE_SAID,
    "LiveState": LIVE_STATE,
}
