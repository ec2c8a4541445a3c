"""The nonce of one response: what marks a script or style as ours, so that the policy allows no other.

It is kept for the running request, so that a template that is drawn anywhere in that request finds it.
"""

from __future__ import annotations

import secrets
from contextvars import ContextVar

BYTES = 16
_of_this_request: ContextVar[str] = ContextVar("nonce", default="")


def new_nonce() -> str:
    """A fresh one for the request that starts now."""
    made = secrets.token_urlsafe(BYTES)
    _of_this_request.set(made)
    return made


def nonce() -> str:
    """That of the running request; empty outside one, and then nothing runs."""
    return _of_this_request.get()
