"""Signs and checks a webhook. On its own on purpose: a receiver may copy this file as it is.

A message carries two headers: `Rits-Timestamp` (seconds since 1970) and `Rits-Signature` (one `v1=<hex>` for every
secret in use, comma between). The signature is HMAC-SHA256 over timestamp + "." + the bytes of the body.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

VERSION = "v1"
WINDOW_SECONDS = 300
"""An older message is refused: who caught one cannot send it again tomorrow."""
_LONGEST_HEADER = 2000


def sign(secrets: Iterable[str], timestamp: int, body: bytes) -> str:
    """The header: signed with every secret, so that a receiver can change to the new one at its own moment."""
    return ",".join(f"{VERSION}={_digest(secret, timestamp, body)}" for secret in secrets)


def verify(
    secrets: Iterable[str],
    *,
    timestamp: str,
    signature: str,
    body: bytes,
    now: float,
    window: int = WINDOW_SECONDS,
) -> bool:
    """True when one of the secrets signed exactly this body, and not longer ago (or further ahead) than the window."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now - int(timestamp)) > window or len(signature) > _LONGEST_HEADER:
        return False
    given = [part.strip().removeprefix(f"{VERSION}=") for part in signature.split(",") if part.strip()[:3] == "v1="]
    expected = [_digest(secret, int(timestamp), body) for secret in secrets]
    # Every pair is compared, in the same time whatever is wrong. Bytes: a text with an accent cannot be compared.
    same = [hmac.compare_digest(want.encode(), got.encode()) for want in expected for got in given]
    return any(same)


def _digest(secret: str, timestamp: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
