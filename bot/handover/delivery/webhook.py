"""Posts the document as JSON to an address of the municipality, signed, so that the receiver knows it is from here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx

from bot.handover.delivery.parcel import Parcel
from bot.handover.delivery.secure_http import failures_as_codes, judge
from bot.handover.delivery.signature import sign
from bot.handover.rendering.as_json import as_json


class Webhook:
    """One POST. The receiver recognises a repeat by the key, in the header and in the (signed) body."""

    name = "webhook"

    def __init__(
        self, url: str, secrets: Sequence[str], *, client: httpx.Client, clock: Callable[[], datetime]
    ) -> None:
        self._url = url
        self._secrets = tuple(secrets)
        self._client = client
        self._clock = clock

    def __repr__(self) -> str:
        return "Webhook()"

    def deliver(self, parcel: Parcel) -> None:
        body = json.dumps(message(parcel), ensure_ascii=True, separators=(",", ":")).encode()
        now = self._clock()
        with (
            failures_as_codes(),
            self._client.stream("POST", self._url, content=body, headers=self._headers(parcel, body, now)) as answer,
        ):
            # The status says it all; the body is not read, so it cannot be too large.
            judge(answer.status_code, answer.headers, now=now)

    def close(self) -> None:
        self._client.close()

    def _headers(self, parcel: Parcel, body: bytes, now: datetime) -> Mapping[str, str]:
        timestamp = int(now.timestamp())
        return {
            "Content-Type": "application/json",
            "User-Agent": "Rits",
            "Idempotency-Key": parcel.key,
            "Rits-Timestamp": str(timestamp),
            "Rits-Signature": sign(self._secrets, timestamp, body),
        }


def message(parcel: Parcel) -> Mapping[str, Any]:
    """What is posted. `handover` is null once it was withdrawn: then the receiver erases what it has."""
    return {
        "event": parcel.event,
        "key": parcel.key,
        "reference": parcel.reference,
        "team": parcel.team,
        "gemeente": parcel.gemeente,
        "created_at": parcel.created_at.isoformat(),
        "promised_by": parcel.promised_by.isoformat() if parcel.promised_by else None,
        "handover": as_json(parcel.document, reference=parcel.reference) if parcel.document else None,
    }
