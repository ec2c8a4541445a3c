"""One-time codes of an app (TOTP, RFC 6238): a secret for the app, and whether a code is right. Pure."""

from __future__ import annotations

import base64
import hmac
import re
from datetime import datetime
from io import BytesIO

import pyotp
import segno

PERIOD_SECONDS = 30
# A telephone that is half a minute off still works.
SLACK = 1
_CODE = re.compile(r"[0-9]{6}")


def secret_from(seed: bytes) -> str:
    """A secret of 160 bits as apps read it, from random bytes."""
    return base64.b32encode(seed[:20]).decode("ascii")


def address_for_app(secret: str, login: str, issuer: str) -> str:
    """What the QR code holds."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer))


def qr_code(address: str) -> str:
    """An SVG without styles, black on white in every theme; for in a page."""
    drawn = BytesIO()
    segno.make(address, micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, scale=5, border=4, dark="#000", light="#fff", omitsize=False
    )
    return drawn.getvalue().decode("utf-8")


def period_of(code: str, secret: str, now: datetime) -> int | None:
    """The period that this code belongs to, out of now and one before and after; None for a wrong code.

    The caller remembers the period: a code that was looked at over somebody's shoulder works no second time.
    """
    typed = re.sub(r"[\s-]", "", code)
    if not _CODE.fullmatch(typed):
        return None
    today = int(now.timestamp()) // PERIOD_SECONDS
    right = [
        period
        for period in range(today - SLACK, today + SLACK + 1)
        if hmac.compare_digest(pyotp.HOTP(secret).at(period), typed)
    ]
    return right[-1] if right else None


def grouped(secret: str) -> str:
    """For typing it over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
