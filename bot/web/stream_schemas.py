"""The reply as a stream of events: what each event holds, as JSON Schema. A test holds real streams against them."""

from __future__ import annotations

from typing import Any

from bot.web.schemas import ERROR, MESSAGE, TURN_EVENTS, TURN_RESPONSE, shape

EVENTS = {
    "received": "StreamReceived",
    "message": "StreamMessage",
    "reply": "StreamReply",
    "refused": "StreamRefused",
}
_SAFETY = TURN_RESPONSE["properties"]["safety"]
_WITHOUT_MESSAGES = {name: value for name, value in TURN_RESPONSE["properties"].items() if name != "messages"}

STREAM_SCHEMAS: dict[str, dict[str, Any]] = {
    "StreamReceived": {
        **shape(
            {
                "id": {"type": "string"},
                "conversation": {"type": "string"},
                "safety": _SAFETY,
                "category": {
                    "enum": ["crisis", None],
                    "description": "`crisis`: the front door itself sees danger; the numbers follow in 1.5 seconds.",
                },
            }
        ),
        "description": "The first event, at once: the message is here and is answered once.",
    },
    "StreamMessage": {
        **shape(
            {
                "index": {"type": "integer", "minimum": 0},
                "urgent": {"type": "boolean", "description": "Part of a reply about danger."},
                "at_once": {"type": "boolean", "description": "False: wait for `reply` to know whether it is new."},
                "message": MESSAGE,
            }
        ),
        "description": "One message of the reply, in order.",
    },
    "StreamReply": {**shape(_WITHOUT_MESSAGES), "description": "The last event: a TurnResponse without its messages."},
    "StreamRefused": {
        **shape(
            {
                **ERROR["properties"],
                "status": {"type": "integer", "description": "What the status would have been."},
                "retry_after": {"type": ["integer", "null"], "description": "Seconds to wait."},
            }
        ),
        "description": "The last event instead of `reply`, when the message was refused after all.",
    },
}
STREAM: dict[str, Any] = {
    "schema": TURN_EVENTS,
    "x-events": {name: {"$ref": f"#/components/schemas/{schema}"} for name, schema in EVENTS.items()},
    "example": 'id: 0123456789abcdef-1\nevent: received\ndata: {"id":"1","conversation":"c",'
    '"safety":{"level":"none","kind":null},"category":null}\n\n: hier\n\n',
}
