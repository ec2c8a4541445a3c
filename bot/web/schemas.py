"""The shapes that the API sends, as JSON Schema. A test holds real responses against them."""

from __future__ import annotations

from typing import Any, get_args

from bot.turn import Category, SafetyLevel
from bot.web.errors import CODES


def shape(properties: dict[str, Any]) -> dict[str, Any]:
    """An object in which all of these are there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}

MESSAGE = shape(
    {
        "text": {"type": "string", "description": "Markdown: paragraphs, **bold**, lists and links."},
        "buttons": {"type": "array", "items": shape({"title": _TEXT, "payload": _TEXT})},
        "sources": {
            "type": "array",
            "items": shape(
                {"title": _TEXT, "url": _TEXT_OR_NULL, "checked_on": {"type": ["string", "null"], "format": "date"}}
            ),
        },
    }
)
# Only there when the text is not Dutch.
MESSAGE["properties"]["lang"] = {
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "description": "BCP 47; absent for Dutch.",
}

TURN_RESPONSE: dict[str, Any] = shape(
    {
        "id": _TEXT,
        "conversation": _TEXT,
        "category": {"enum": list(get_args(Category))},
        "topic": _TEXT_OR_NULL,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "safety": shape({"level": {"enum": list(get_args(SafetyLevel))}, "kind": _TEXT_OR_NULL}),
        "messages": {"type": "array", "minItems": 1, "items": MESSAGE},
        "handover": shape(
            {"offered": {"type": "boolean"}, "submitted": {"type": "boolean"}, "reference": _TEXT_OR_NULL}
        ),
        "live": {
            **shape(
                {
                    "state": {
                        "enum": ["none", "offered", "asked", "active"],
                        "description": "active: a worker is in the chat and the assistant is silent.",
                    },
                    "delivered": {"type": ["boolean", "null"], "description": "Whether the worker gets this message."},
                    "quiet": {
                        "type": "boolean",
                        "description": "Nothing new here for a client that also reads /api/live/updates.",
                    },
                    "shown": {
                        "type": "array",
                        "items": _TEXT,
                        "description": "Which lines of the chat are in here, by client_id.",
                    },
                    "lines": {"type": "integer", "description": "So many of the first messages are those lines."},
                    "number": {"type": ["integer", "null"], "description": "Of this message in the chat."},
                }
            ),
            "description": "The chat with a worker.",
        },
        "latency_ms": {"type": "number", "minimum": 0},
        "degraded": {
            "type": "boolean",
            "description": "True when the dialogue did not answer and the front door spoke by itself.",
        },
    }
)

TURN_EVENTS: dict[str, Any] = {
    "type": "string",
    "description": (
        "Server-sent events, each with `id: <mark>-<number>`. `received` (at once; its `category` is `crisis` when the "
        "front door itself sees danger), `message` (one each, in order: `index`, `urgent`, `at_once`, `message`), "
        "`reply` (last: a TurnResponse without its messages), or `refused` (an Error with `status` and `retry_after`). "
        "A comment comes every two seconds. After a broken line: the same request with `Last-Event-ID`."
    ),
}

LAST_EVENT_ID: dict[str, Any] = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "The id of the last event that arrived: the stream goes on after it. An unknown one is ignored.",
    "schema": {"type": "string"},
}

STATUS: dict[str, Any] = shape(
    {
        "ready": {"type": "boolean", "description": "False while the assistant starts, or is away."},
        "place": {"oneOf": [shape({"slug": _TEXT, "name": _TEXT}), {"type": "null"}]},
        "team": {"oneOf": [MESSAGE, {"type": "null"}], "description": "The local team; null without a known place."},
    }
)

STATUS_QUERY: tuple[dict[str, Any], ...] = (
    {
        "name": "gemeente",
        "in": "query",
        "required": False,
        "description": "Slug of the municipality; one that is not known is ignored.",
        "schema": {"type": "string", "maxLength": 80},
    },
    {
        "name": "publiek",
        "in": "query",
        "required": False,
        "description": "Who asks: ouder, jongere or professional; another word is ignored.",
        "schema": {"type": "string", "maxLength": 20},
    },
)

HEALTH: dict[str, Any] = shape({"status": {"enum": ["live", "ready"]}})

ERROR: dict[str, Any] = shape(
    {
        "error": shape(
            {
                "code": {"enum": sorted(CODES)},
                "message": {"type": "string", "description": "Dutch, with the next step."},
            }
        )
    }
)
