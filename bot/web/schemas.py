"""The shapes that the API sends, as JSON Schema. A test holds real responses against them."""

from __future__ import annotations

from typing import Any, get_args

from bot.turn import Category, SafetyLevel


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

HEALTH: dict[str, Any] = shape({"status": {"enum": ["live", "ready"]}})

ERROR: dict[str, Any] = shape(
    {"error": shape({"code": _TEXT, "message": {"type": "string", "description": "Dutch, with the next step."}})}
)
