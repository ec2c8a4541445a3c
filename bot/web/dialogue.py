"""The way to Rasa: one HTTP call a message, loopback only, with our own timeout.

Rasa's REST channel answers 200 with an empty list when something broke, so an empty reply is a failure here.
"""

from __future__ import annotations

import re
from typing import Any

import httpx

from bot.errors import UpstreamError
from bot.turn import EMERGENCY_LEVELS
from bot.web.ports import TurnRequest

TIMEOUT_SECONDS = 8.0
READY_SECONDS = 2.0
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LEVELS = {"none", "concern", *EMERGENCY_LEVELS}


class RasaDialogue:
    """A `Dialogue` that talks to the Rasa process. One client, opened at the first message."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        turn_path: str = "/webhooks/rits/turn",
        ready_path: str = "/webhooks/rits/ready",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._token = token
        self._timeout = timeout
        self._turn_path = turn_path
        self._ready_path = ready_path
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def turn(self, request: TurnRequest) -> dict[str, Any]:
        try:
            response = await self._posted(request)
        except httpx.HTTPError as error:
            raise UpstreamError(f"rasa did not answer: {type(error).__name__}") from error
        if response.status_code != httpx.codes.OK:
            raise UpstreamError(f"rasa answered with status {response.status_code}")
        return checked_answer(_json(response))

    async def _posted(self, request: TurnRequest) -> httpx.Response:
        """Once more when Rasa closed a connection just as it was used again; it recognises the id."""
        try:
            return await self._http().post(self._turn_path, json=request.as_json())
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            return await self._http().post(self._turn_path, json=request.as_json())

    async def is_ready(self) -> bool:
        try:
            response = await self._http().get(self._ready_path, timeout=READY_SECONDS)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                base_url=self._base_url,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=self._timeout,
                transport=self._transport,
                trust_env=False,  # a proxy of the machine has nothing to do with a call on loopback
            )
        return self._client


def checked_answer(answer: object) -> dict[str, Any]:
    """The answer in the full shape of a turn, or UpstreamError when it says nothing that can be shown."""
    if not isinstance(answer, dict):
        raise UpstreamError("the answer is not an object")
    messages = [_message(part) for part in _list(answer.get("messages"))]
    if not any(message["text"].strip() for message in messages):
        raise UpstreamError("the answer has no messages")
    return {
        "category": str(answer.get("category") or "clarify"),
        "topic": answer.get("topic"),
        "confidence": float(answer.get("confidence") or 0.0),
        "safety": _safety(answer.get("safety")),
        "messages": messages,
        "handover": _handover(answer.get("handover")),
    }


def _message(part: object) -> dict[str, Any]:
    if not isinstance(part, dict) or not isinstance(part.get("text"), str):
        raise UpstreamError("a message without a text")
    language = part.get("lang")
    return {
        "text": part["text"],
        "buttons": [_only(button, "title", "payload") for button in _list(part.get("buttons"))],
        "sources": [_only(source, "title", "url", "checked_on") for source in _list(part.get("sources"))],
        **({"lang": language} if isinstance(language, str) and LANGUAGE.fullmatch(language) else {}),
    }


def _safety(given: object) -> dict[str, Any]:
    found = given if isinstance(given, dict) else {}
    if found.get("level", "none") not in LEVELS:
        raise UpstreamError("an unknown safety level")
    return {"level": found.get("level", "none"), "kind": found.get("kind")}


def _handover(given: object) -> dict[str, Any]:
    found = given if isinstance(given, dict) else {}
    return {
        "offered": bool(found.get("offered", False)),
        "submitted": bool(found.get("submitted", False)),
        "reference": found.get("reference"),
    }


def _only(part: object, *keys: str) -> dict[str, Any]:
    if not isinstance(part, dict):
        raise UpstreamError("a part of a message is not an object")
    return {key: part.get(key) for key in keys}


def _list(given: object) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise UpstreamError("not a list where one was expected")
    return given


def _json(response: httpx.Response) -> object:
    try:
        return response.json()
    except ValueError as error:
        raise UpstreamError("rasa did not answer with JSON") from error
