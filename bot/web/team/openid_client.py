"""Talks to the municipality's sign-in: where its pages are, its keys, and a code for a token."""

from __future__ import annotations

import time
from typing import Any, cast
from urllib.parse import quote, urlsplit

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from bot.desk.openid import OpenIdError, OpenIdOptions

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 8.0
KEPT_SECONDS = 3600.0
# An unknown key makes us look again, but a stranger's token must not make us look all the time.
LOOK_AGAIN_SECONDS = 60.0
LARGEST = 256 * 1024


class OpenIdClient:
    """What the issuer published is kept an hour."""

    def __init__(self, options: OpenIdOptions) -> None:
        self._options = options
        self._pages: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._looked_at = -KEPT_SECONDS

    async def sign_in_page(self) -> str:
        return _checked(str((await self._published())["authorization_endpoint"]))

    async def keys(self, *, again: bool = False) -> KeySet:
        """The keys that tokens are signed with."""
        age = time.monotonic() - self._looked_at
        if self._keys is None or age > KEPT_SECONDS or (again and age > LOOK_AGAIN_SECONDS):
            address = _checked(str((await self._published())["jwks_uri"]))
            try:
                self._keys = KeySet.import_key_set(cast(KeySetSerialization, await self._json("GET", address)))
            except (JoseError, ValueError, KeyError, TypeError):
                raise OpenIdError("keys_unusable") from None
            self._looked_at = time.monotonic()
        return self._keys

    async def token_for(self, code: str, verifier: str) -> str:
        """The signed token for the code that the browser brought."""
        options = self._options
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": options.redirect,
            "code_verifier": verifier,
        }
        # RFC 6749 2.3.1: both are form-encoded before they are joined.
        login = httpx.BasicAuth(quote(options.client_id, safe=""), quote(options.client_secret, safe=""))
        if not options.client_secret:
            form["client_id"] = options.client_id
        address = _checked(str((await self._published())["token_endpoint"]))
        answer = await self._json("POST", address, data=form, auth=login if options.client_secret else None)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OpenIdError("no_token")
        return token

    async def _published(self) -> dict[str, Any]:
        if not self._pages:
            address = f"{self._options.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = await self._json("GET", _checked(address))
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != self._options.issuer or any(name not in found for name in needed):
                raise OpenIdError("other_issuer")
            self._pages = found
        return self._pages

    async def _json(self, method: str, address: str, **given: Any) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
                response = await client.request(method, address, headers={"Accept": "application/json"}, **given)
            found = response.json() if response.status_code == 200 and len(response.content) <= LARGEST else None
        except (httpx.HTTPError, ValueError) as error:
            raise OpenIdError(f"unreachable_{type(error).__name__}") from None
        if not isinstance(found, dict):
            raise OpenIdError(f"answered_{response.status_code}")
        return found


def _checked(address: str) -> str:
    """Only over https, or to this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")):
        return address
    raise OpenIdError("not_https")
