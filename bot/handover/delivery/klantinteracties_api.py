"""The calls to a Klantinteracties API: find, create, change, remove. Knows paths and answers, not what they are for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.handover.delivery.parcel import TryAgainError
from bot.handover.delivery.secure_http import as_object, failures_as_codes, judge, read_limited

Found = dict[str, Any]
_LIMIT = 2_000_000
_SECONDS = 30.0


class KlantinteractiesApi:
    """Base address and token; every failure is a short code with the name of the resource."""

    def __init__(self, url: str, token: str, *, client: httpx.Client, clock: Callable[[], datetime]) -> None:
        self._url = url.rstrip("/")
        self._headers = {
            "Authorization": f"Token {token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "Rits",
        }
        self._client = client
        self._clock = clock

    def __repr__(self) -> str:
        return "KlantinteractiesApi()"

    def find(self, resource: str, **filters: str) -> list[Found]:
        """The first page: we only ask for what there is at most a handful of."""
        answer = self._call("GET", resource, query=filters)
        results = answer.get("results")
        if not isinstance(results, list) or not all(isinstance(row, dict) and row.get("uuid") for row in results):
            raise TryAgainError(f"answer_unreadable_{resource}")
        return results

    def create(self, resource: str, fields: Mapping[str, Any]) -> Found:
        return self._call("POST", resource, body=fields)

    def change(self, resource: str, thing: Found, fields: Mapping[str, Any]) -> Found:
        return self._call("PATCH", resource, of=thing, body=fields)

    def remove(self, resource: str, thing: Found) -> None:
        self._call("DELETE", resource, of=thing)

    def close(self) -> None:
        self._client.close()

    def _call(
        self,
        method: str,
        resource: str,
        *,
        of: Found | None = None,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Found:
        address = f"{self._url}/{resource}" + (f"/{of['uuid']}" if of else "")
        content = json.dumps(body).encode() if body is not None else None
        with (
            failures_as_codes(),
            self._client.stream(
                method, address, params=query or None, content=content, headers=self._headers
            ) as answer,
        ):
            if method == "DELETE" and answer.status_code == 404:
                return {}  # gone already: an earlier try, whose answer was lost
            if answer.status_code == 400 and _is_taken(read_limited(answer, limit=_LIMIT, seconds=_SECONDS)):
                raise TryAgainError(f"written_meanwhile_{resource}")  # the next try finds it, and goes on from there
            judge(answer.status_code, answer.headers, now=self._clock(), at=resource)
            read = read_limited(answer, limit=_LIMIT, seconds=_SECONDS)
        return as_object(read, f"answer_unreadable_{resource}") if method != "DELETE" else {}


def _is_taken(body: bytes) -> bool:
    """Whether it was refused since the number is there already: another try was just before us."""
    try:
        found = json.loads(body).get("invalidParams", [])
        return any(
            param.get("code") == "unique" and str(param.get("name")).endswith("referentienummer") for param in found
        )
    except (ValueError, AttributeError, TypeError):
        return False
