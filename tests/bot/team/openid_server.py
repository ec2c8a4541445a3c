"""A little OpenID Connect server on a real socket: it signs in whoever it is told, and can be told to do wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

CLIENT, SECRET = "rits-desk", "a secret/with: signs"


@dataclass
class Municipality:
    """`claims` go over those of a good token; `signing` and `header` can be exchanged for others."""

    clock: Callable[[], datetime]
    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256"})
    published: list[Any] = field(default_factory=lambda: [a_key()])
    signing: Any = None
    said_issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = {"code": code, "state": query["state"], "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """None when the client, the code or the verifier is not right."""
        login = base64.b64encode(f"{CLIENT}:{urlencode({'': SECRET})[1:].replace('+', '%20')}".encode()).decode()
        query = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _encoded(digest)
        if query is None or authorization != f"Basic {login}" or query["code_challenge"] != challenge:
            return None
        if form.get("redirect_uri") != query["redirect_uri"] or query["code_challenge_method"] != "S256":
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(query["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "subject-anna",
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
        }
        good = {**claims, "email": "Anna@oudewater.nl", "email_verified": True, **self.claims}
        kept = {name: value for name, value in good.items() if value is not None}
        key = self.signing or self.published[0]
        if self.header["alg"] == "none":
            return f"{_joined(self.header, kept)}."
        if isinstance(key, bytes):
            body = _joined(self.header, kept)
            return f"{body}.{_encoded(hmac.digest(key, body.encode(), 'sha256'))}"
        kid = {} if isinstance(key, OctKey) else {"kid": key.kid}
        return jwt.encode({**kid, **self.header}, kept, key, algorithms=[self.header["alg"]])

    def page(self, path: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.said_issuer or self.issuer, **{k: f"{self.issuer}/{v}" for k, v in ends.items()}}
        return dict(KeySet(self.published).as_dict(private=False)) if path == "/keys" else None


def _joined(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


@cache
def a_key() -> Any:
    """Making one takes longer than a test."""
    return another_key()


def another_key(kid: str = "one") -> Any:
    return RSAKey.generate_key(2048, {"kid": kid}, auto_kid=False)


def an_elliptic_key(kid: str) -> Any:
    return ECKey.generate_key("P-256", {"kid": kid}, auto_kid=False)


@contextmanager
def running(municipality: Municipality) -> Iterator[Municipality]:
    """Until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            municipality.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self._answer(302, None, municipality.authorise(query))
                return
            page = municipality.page(parts.path)
            self._answer(200 if page else 404, page)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            found = municipality.token(dict(parse_qsl(body)), self.headers.get("authorization", ""))
            self._answer(200 if found else 400, found or {"error": "invalid_grant"})

        def _answer(self, status: int, body: dict[str, Any] | None, location: str = "") -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            sent = json.dumps(body).encode() if body is not None else b""
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    municipality.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    try:
        yield municipality
    finally:
        server.shutdown()
        server.server_close()
