"""Calls another server over https: no redirects, an answer of limited size, and every failure as one short code."""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.errors import SettingsError
from bot.handover.delivery.parcel import GiveUpError, TryAgainError

_PASSES = frozenset({408, 425, 429})
_LONGEST_WAIT = timedelta(hours=24)
_CHUNK = 16_384


def trust(ca_file: str) -> ssl.SSLContext:
    """The authorities of this machine, and the municipality's own when a file is set."""
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            reason = type(error).__name__
            raise SettingsError(f"setting RITS_DELIVERY_CA_FILE: no certificates in {ca_file} ({reason})") from None
    return context


def checked_url(name: str, value: str) -> str:
    """The address from a setting: https, or plain http to this machine itself."""
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL:
        raise SettingsError(f"setting {name}: not an address") from None
    if not url.host or url.scheme not in ("https", "http"):
        raise SettingsError(f"setting {name}: must be an address that begins with https://")
    if url.userinfo:
        raise SettingsError(f"setting {name}: no name and password in the address")
    if url.scheme == "http" and not is_loopback(url.host):
        raise SettingsError(f"setting {name}: must be https; http only to this machine itself")
    return value


def is_loopback(host: str) -> bool:
    """Whether it never leaves this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def open_client(ca_file: str, timeout_s: float) -> httpx.Client:
    """Without the proxies and passwords that the environment of the process happens to hold."""
    limits = httpx.Timeout(timeout_s, connect=min(timeout_s, 5.0))
    return httpx.Client(verify=trust(ca_file), timeout=limits, follow_redirects=False, trust_env=False)


@contextmanager
def failures_as_codes() -> Iterator[None]:
    """Whatever goes wrong on the way is tried again; no text of the other side or of the person goes along."""
    try:
        yield
    except httpx.TimeoutException:
        raise TryAgainError("timeout") from None
    except httpx.ConnectError as error:
        raise TryAgainError("certificate" if _of_certificate(error) else "unreachable") from None
    except httpx.TransportError:
        raise TryAgainError("cut_off") from None


def judge(status: int, headers: Mapping[str, str], *, now: datetime, at: str = "") -> None:
    """Nothing for 2xx. Busy and broken servers are tried again; what was refused or sent elsewhere is not."""
    if 200 <= status < 300:
        return
    code = "_".join(filter(None, ("redirected" if 300 <= status < 400 else f"http_{status}", at)))
    if status in _PASSES or status >= 500:
        raise TryAgainError(code, retry_after(headers.get("retry-after", ""), now))
    raise GiveUpError(code)


def retry_after(value: str, now: datetime) -> timedelta | None:
    """What the receiver asks: seconds or a moment. Never longer than a day, since somebody waits for an answer."""
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) <= 9:
        return min(timedelta(seconds=int(value)), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return max(timedelta(0), min(moment - now, _LONGEST_WAIT))


def read_limited(response: httpx.Response, *, limit: int, seconds: float) -> bytes:
    """The body, as far as it is not larger or slower than anything we could have asked for."""
    until, found = time.monotonic() + seconds, bytearray()
    for chunk in response.iter_bytes(_CHUNK):
        found += chunk
        if len(found) > limit:
            raise TryAgainError("answer_too_large")
        if time.monotonic() > until:
            raise TryAgainError("timeout")
    return bytes(found)


def as_object(body: bytes, code: str = "answer_unreadable") -> dict[str, Any]:
    """The JSON object of an answer; a page of a proxy or half an answer is tried again."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise TryAgainError(code) from None
    if not isinstance(found, dict):
        raise TryAgainError(code)
    return found


def _of_certificate(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return "CERTIFICATE_VERIFY_FAILED" in str(error)
