"""The shapes that the API sends, as JSON Schema. A test holds real responses against them."""

from __future__ import annotations

from typing import Any, get_args

from bot.turn import Category, SafetyLevel


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}

_MESSAGE = _object(
    {
        "text": {"type": "string", "description": "Markdown: paragraphs, **bold**, lists and links."},
        "buttons": {"type": "array", "items": _object({"title": _TEXT, "payload": _TEXT})},
        "sources": {
            "type": "array",
            "items": _object(
                {"title": _TEXT, "url": _TEXT_OR_NULL, "checked_on": {"type": ["string", "null"], "format": "date"}}
            ),
        },
    }
)

TURN_RESPONSE: dict[str, Any] = _object(
    {
        "id": _TEXT,
        "conversation": _TEXT,
        "category": {"enum": list(get_args(Category))},
        "topic": _TEXT_OR_NULL,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "safety": _object({"level": {"enum": list(get_args(SafetyLevel))}, "kind": _TEXT_OR_NULL}),
        "messages": {"type": "array", "minItems": 1, "items": _MESSAGE},
        "handover": _object(
            {"offered": {"type": "boolean"}, "submitted": {"type": "boolean"}, "reference": _TEXT_OR_NULL}
        ),
        "latency_ms": {"type": "number", "minimum": 0},
        "degraded": {
            "type": "boolean",
            "description": "True when the dialogue did not answer and the front door spoke by itself.",
        },
    }
)

HEALTH: dict[str, Any] = _object({"status": {"enum": ["live", "ready"]}})

ERROR: dict[str, Any] = _object(
    {"error": _object({"code": _TEXT, "message": {"type": "string", "description": "Dutch, with the next step."}})}
)
