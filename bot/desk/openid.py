"""Signing in with the municipality's own accounts (OpenID Connect): what is asked, and what is believed. Pure.

Authorization code with PKCE. Who comes back is believed only when the token is signed by a key of the issuer, is for
us, is not old, and answers the question that this browser asked. Roles and teams stay ours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.errors import BotError

# Signed with a secret that only the issuer has. With HS256 we could sign tokens ourselves, and `none` is no signature.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LASTS = timedelta(minutes=10)
LEEWAY_SECONDS = 60
SCOPE = "openid email profile"


class OpenIdError(BotError):
    """Somebody came back from the municipality's sign-in and is not let in. `code` is for the log."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"openid: {code}")


@dataclass(frozen=True)
class OpenIdOptions:
    """As agreed with the municipality. `claim` says which value of theirs is our login."""

    issuer: str
    client_id: str
    client_secret: str
    redirect: str
    claim: str


@dataclass(frozen=True)
class Asked:
    """One sign-in under way; sealed in a cookie of this browser, so that nobody can finish it in another."""

    state: str
    nonce: str
    verifier: str
    issued: int
    next: str

    @classmethod
    def new(cls, now: datetime, next: str) -> Asked:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, int(now.timestamp()), next)

    @classmethod
    def from_json(cls, text: str) -> Asked:
        return cls(**json.loads(text))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @property
    def mark(self) -> str:
        """For the list of what was used: a state works once."""
        return hashlib.sha256(f"openid {self.state}".encode()).hexdigest()

    def ends_at(self, now: datetime) -> datetime:
        return now + LASTS

    def is_answered_by(self, query: Mapping[str, str], issuer: str, now: datetime) -> bool:
        """Whether this answer is to our question, in time, and from whom we asked."""
        is_ours = hmac.compare_digest(query.get("state", "").encode(), self.state.encode())
        in_time = 0 <= now.timestamp() - self.issued + LEEWAY_SECONDS <= LASTS.total_seconds() + LEEWAY_SECONDS
        return is_ours and in_time and query.get("iss", issuer) == issuer


@dataclass(frozen=True)
class Known:
    """Who the municipality says it is; `login` only when they vouch for it."""

    subject: str
    login: str | None


def address_to_ask(endpoint: str, options: OpenIdOptions, asked: Asked) -> str:
    """Where the browser goes to sign in."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": options.client_id,
        "redirect_uri": options.redirect,
        "scope": SCOPE,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(query)}"


def read_id_token(token: str, keys: KeySet, options: OpenIdOptions, nonce: str, now: datetime) -> Known:
    """Who this token is about; OpenIdError for anything that is not exactly as it should be."""
    try:
        claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
        _registry(options, nonce, now).validate(claims)
    except (JoseError, ValueError) as error:
        raise OpenIdError(f"token_{type(error).__name__}") from None
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", options.client_id) != options.client_id or (len(audience) > 1 and "azp" not in claims):
        raise OpenIdError("token_for_others")
    if not claims["sub"] or len(claims["sub"]) > 200:
        raise OpenIdError("token_subject")
    return Known(claims["sub"], _login(claims, options.claim))


def is_unknown_key(error: OpenIdError) -> bool:
    """The issuer may have a new key since we last looked."""
    return error.code in ("token_InvalidKeyIdError", "token_MissingKeyError", "token_KeyParameterError")


def _registry(options: OpenIdOptions, nonce: str, now: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": options.issuer},
        aud={"essential": True, "value": options.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )


def _login(claims: Mapping[str, Any], claim: str) -> str | None:
    """An e-mail address counts only when the issuer checked it; another claim is theirs to give out."""
    value = claims.get(claim)
    if not isinstance(value, str) or (claim == "email" and claims.get("email_verified") is not True):
        return None
    return value.strip().lower() or None
