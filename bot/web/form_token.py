"""Tokens of the plain form, without a cookie: signed for one visitor's address and a few hours.

A stranger's page cannot get a token for somebody else's address, and the browser tells where a form came from.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Mapping
from datetime import datetime

VALID_SECONDS = 4 * 3600
_TOKEN = re.compile(r"(?P<key>[0-9a-f]{32})\.(?P<issued>\d{1,12})\.(?P<signature>[0-9a-f]{64})")
_KEY = re.compile(r"[0-9a-f]{32}\.")


def new_token(secret: bytes, address: str, now: datetime, *, key: str | None = None) -> str:
    """`key` stays the same when a form is shown again, so that sending twice is recognised."""
    key = key or uuid.uuid4().hex
    issued = str(int(now.timestamp()))
    return f"{key}.{issued}.{_signature(secret, key, issued, address)}"


def is_valid(token: str, secret: bytes, address: str, now: datetime) -> bool:
    found = _TOKEN.fullmatch(token)
    if found is None:
        return False
    expected = _signature(secret, found["key"], found["issued"], address)
    age = now.timestamp() - int(found["issued"])
    return hmac.compare_digest(expected, found["signature"]) and -60 <= age <= VALID_SECONDS


def key_of(token: str) -> str | None:
    return token[:32] if _KEY.match(token) else None


def came_from_us(headers: Mapping[str, str]) -> bool:
    """What the browser says about where the form was. Our own referrer policy makes Origin `null`."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin", "null")
    return origin == "null" or origin.split("://")[-1] == headers.get("host")


def storage_key(key: str, content: str) -> str:
    """One form sent twice is one message; a form that was changed in between is another."""
    return hashlib.sha256(f"{key}\n{content}".encode()).hexdigest()


def _signature(secret: bytes, key: str, issued: str, address: str) -> str:
    return hmac.new(secret, f"{key}|{issued}|{address}".encode(), hashlib.sha256).hexdigest()
