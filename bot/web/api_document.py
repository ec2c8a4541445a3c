"""The OpenAPI 3.1 document of the API, made from the list of endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.errors import CODES
from bot.web.feedback_api import FEEDBACK_REQUEST, FEEDBACK_RESPONSE
from bot.web.live_schemas import LIVE_SCHEMAS
from bot.web.schemas import ERROR, HEALTH, LAST_EVENT_ID, STATUS, TURN_RESPONSE
from bot.web.stream_schemas import STREAM, STREAM_SCHEMAS
from bot.web.turn_input import TURN_REQUEST

if TYPE_CHECKING:
    from bot.web.api import Endpoint

ABOUT = """\
Chat API of Rits, a Dutch assistant for youth help.

**Errors** have one shape: `{"error": {"code", "message"}}`. The message is Dutch, for the person, and names the
next step.

**Other sites.** A browser on another site may ask only when that site is on the list of the municipality it names
(`gemeente` in the body or the address; `/api/live/*` needs none). Preflight (`OPTIONS` with
`Access-Control-Request-Method`) is answered with 204 for a listed site, for 600 seconds, with `GET, POST` and the
headers `Content-Type, Last-Event-ID, X-Request-ID`; another one gets 403 `wrong_origin` without any header of CORS.
There are no credentials. Programs that are no browser send no `Origin` and are not on any list.

**Limits.** A body is at most 64 kB. Speed is limited per address and per conversation: 429 with `Retry-After` in
seconds. A message about danger is never refused for its speed.

**Request ids.** Every response has `X-Request-ID`; send one of 8 to 64 letters, digits and hyphens to choose it."""

SCHEMAS: dict[str, dict[str, Any]] = {
    "TurnRequest": TURN_REQUEST,
    "TurnResponse": TURN_RESPONSE,
    "FeedbackRequest": FEEDBACK_REQUEST,
    "FeedbackResponse": FEEDBACK_RESPONSE,
    "Status": STATUS,
    "Health": HEALTH,
    "JsonSchema": {"type": "object", "required": ["$schema", "title", "properties"]},
    "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Error": ERROR,
    **STREAM_SCHEMAS,
    **LIVE_SCHEMAS,
}
HEADERS: dict[str, dict[str, Any]] = {
    "RequestId": {
        "description": "Names this request in our log; yours when it was a good one.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
    },
    "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}},
    "Vary": {"description": "What is allowed depends on the site that asks.", "schema": {"type": "string"}},
    "AllowOrigin": {"description": "The site that asked, when it is listed.", "schema": {"type": "string"}},
}
# At these the client is told how long to wait.
SAYS_WHEN = (429, 503)


def document(found: tuple[Endpoint, ...]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rits", "version": "1", "description": ABOUT},
        "servers": [{"url": "/", "description": "Where you found this document."}],
        "security": [],
        "paths": {one.path: {one.method.lower(): _operation(one)} for one in found},
        "components": {"schemas": SCHEMAS, "headers": HEADERS},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    parameters = [*one.query, *([LAST_EVENT_ID] if one.streams else [])]
    operation: dict[str, Any] = {"operationId": one.name, "summary": one.summary}
    if parameters:
        operation["parameters"] = parameters
    if one.request:
        body = {"schema": _ref(one.request), "examples": _examples(one)}
        operation["requestBody"] = {"required": True, "content": {"application/json": body}}
    return {**operation, "responses": {"200": _answered(one), **_refusals(one)}}


def _examples(one: Endpoint) -> dict[str, Any]:
    return {name.replace(" ", "_"): {"summary": name, "value": value} for name, value in one.examples}


def _answered(one: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": _ref(one.response)}}
    if one.streams:
        content["text/event-stream"] = STREAM
    return {"description": "Answered.", "headers": _headers(200), "content": content}


def _refusals(one: Endpoint) -> dict[str, Any]:
    """Each status with the codes that go with it; some are possible everywhere."""
    codes = sorted({"wrong_origin", "broken", "busy", *one.refusals}, key=lambda code: (CODES[code], code))
    found: dict[str, Any] = {}
    for status in dict.fromkeys(CODES[code] for code in codes):
        here = [code for code in codes if CODES[code] == status]
        found[str(status)] = {
            "description": "Refused: " + ", ".join(f"`{code}`" for code in here) + ".",
            "headers": _headers(status),
            "content": {"application/json": {"schema": _ref("Error"), "examples": _refused(here)}},
        }
    return found


def _refused(codes: list[str]) -> dict[str, Any]:
    return {code: {"value": {"error": {"code": code, "message": "…"}}} for code in codes}


def _headers(status: int) -> dict[str, Any]:
    names = {"X-Request-ID": "RequestId", "Vary": "Vary", "Access-Control-Allow-Origin": "AllowOrigin"}
    if status in SAYS_WHEN:
        names["Retry-After"] = "RetryAfter"
    return {name: {"$ref": f"#/components/headers/{ref}"} for name, ref in names.items()}


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
