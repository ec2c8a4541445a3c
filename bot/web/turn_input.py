"""The body of POST /api/turn: its JSON Schema, which is both what we check and what we publish, and its cleaning."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from typing import Any, get_args

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from starlette.requests import Request

from bot import intake
from bot.turn import AUDIENCES
from bot.web.errors import RefusedError
from bot.web.ports import CheckAnswer, TurnRequest

ID_PATTERN = r"^[A-Za-z0-9._:-]{1,128}$"
PAYLOAD_PATTERN = r"^/[a-z][a-z0-9_/]{0,79}(\{.*\})?$"


def _matches(validator: Any, pattern: str, value: object, schema: dict[str, Any]) -> Iterator[ValidationError]:
    """Our patterns cover the whole text, to its very end: Python's `$` would let a line break through."""
    if isinstance(value, str) and not re.fullmatch(pattern, value):
        yield ValidationError(f"does not match {pattern}")


_Validator = extend(Draft202012Validator, {"pattern": _matches})


def validator_of(schema: dict[str, Any]) -> Draft202012Validator:
    """What holds a body against a schema that we publish."""
    return _Validator(schema)


TURN_REQUEST: dict[str, Any] = {
    "type": "object",
    "description": "One message of a person: exactly one of `text` and `payload`. Other fields are ignored.",
    "oneOf": [
        {"required": ["text"], "properties": {"text": {"type": "string"}, "payload": {"type": "null"}}},
        {"required": ["payload"], "properties": {"payload": {"type": "string"}, "text": {"type": "null"}}},
    ],
    "properties": {
        "id": {
            "type": ["string", "null"],
            "pattern": ID_PATTERN,
            "description": "Your id of this message. The same message sent again with the same id is answered once.",
        },
        "conversation": {
            "type": ["string", "null"],
            "pattern": ID_PATTERN,
            "description": "Same value = same conversation. Make it long and random, or leave it out for a new one.",
        },
        "text": {
            "type": ["string", "null"],
            "description": "What the person typed. Above 4000 characters the reply asks for a shorter message.",
        },
        "payload": {
            "type": ["string", "null"],
            "pattern": PAYLOAD_PATTERN,
            "maxLength": 500,
            "description": "The payload of the button that was chosen.",
        },
        "gemeente": {
            "type": ["string", "null"],
            "pattern": "^[a-z0-9_-]{1,80}$",
            "description": "Slug of the municipality; one that is not known is ignored.",
        },
        "audience": {"enum": [*AUDIENCES, None], "description": "Who is asking, when known."},
    },
}
_VALIDATOR = validator_of(TURN_REQUEST)
_CHECK = re.compile(r'^/safety_check\{"answer":\s*"(\w+)"\}$')


async def read_turn(request: Request) -> TurnRequest:
    """The request in its clean form, or RefusedError with the field that is wrong."""
    body = await read_json(request, _VALIDATOR)
    return TurnRequest(
        conversation=body.get("conversation") or secrets.token_urlsafe(18),
        id=body.get("id") or secrets.token_urlsafe(9),
        text=None if body.get("text") is None else clean(body["text"]),
        payload=body.get("payload"),
        gemeente=body.get("gemeente"),
        audience=body.get("audience"),
    )


def clean(text: str) -> str:
    """As every channel cleans it; a leading slash goes too, since Rasa would take typed words for a command."""
    return intake.clean(text).lstrip("/").strip()


def check_answer(payload: str | None) -> CheckAnswer | None:
    """The answer to the caring question of the safety layer, when this button gives one."""
    found = _CHECK.match(payload or "")
    answers: tuple[CheckAnswer, ...] = get_args(CheckAnswer)
    return next((answer for answer in answers if found and found.group(1) == answer), None)


def has_words(text: str) -> bool:
    """Whether there is anything to understand: a letter or a digit."""
    return any(character.isalnum() for character in text)


async def read_json(request: Request, validator: Draft202012Validator) -> dict[str, Any]:
    """The body as this schema wants it, or RefusedError with the field that is wrong."""
    body = await _json_body(request)
    try:
        problem = min(validator.iter_errors(body), key=_place_of, default=None)
    except RecursionError as error:  # nested so deep that it cannot even be said what is wrong
        raise RefusedError("invalid_json") from error
    if problem is not None:
        raise RefusedError("invalid_input", field=".".join(map(str, problem.path)) or "body")
    return body


def _place_of(problem: ValidationError) -> tuple[bool, list[str]]:
    """The field that is wrong goes before "something is wrong". Never its text, which draws the whole body again."""
    return not problem.path, [str(part) for part in problem.path]


async def _json_body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise RefusedError("not_json")
    raw = await request.body()
    try:
        body = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise RefusedError("invalid_json") from error
    if not isinstance(body, dict):
        raise RefusedError("invalid_input", field="body")
    return body


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
