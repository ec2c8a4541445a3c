"""The headers that make a browser strict about our responses.

A page may run and style itself only with files that carry its nonce. What is not a page (JSON, scripts, an agenda) gets
a policy that allows nothing at all: whoever opens it as a page, nothing in it works.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import Scope

from bot.web.nonce import new_nonce

# Behind a sign-in or a code nobody lays a button of another page over ours, also not the municipality's own site.
UNFRAMED = ("/team", "/mijn-bericht")
# Files without anything personal, which the page of a municipality loads too.
FOR_EVERYBODY = ("/widget", "/static/")
# The desk draws its lists anew from our own HTML, which is what trusted types are there to stop.
DRAWS_ITSELF = ("/team",)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
YEAR = "max-age=31536000"
NOTHING = "default-src 'none'"

HeadersOf = Callable[[str], dict[str, str]]


class SecurityHeaders:
    """Gives the headers of a response, once its content type is known."""

    def __init__(self, frame_ancestors: tuple[str, ...]) -> None:
        self._frame_ancestors = frame_ancestors

    def begin(self, scope: Scope) -> HeadersOf:
        """At the start of a request: makes its nonce, which the templates then find."""
        path, made = str(scope.get("path")), new_nonce()
        ancestors = () if path.startswith(UNFRAMED) else self._frame_ancestors
        is_secure = scope.get("scheme") == "https"

        def headers(content_type: str) -> dict[str, str]:
            is_page = content_type.startswith("text/html")
            policy = page_policy(made, trusted_types=not path.startswith(DRAWS_ITSELF)) if is_page else NOTHING
            return {
                "Content-Security-Policy": f"{policy}; {_framed_by(ancestors)}",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "Permissions-Policy": PERMISSIONS,
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "cross-origin" if path.startswith(FOR_EVERYBODY) else "same-origin",
                **({} if ancestors else {"X-Frame-Options": "DENY"}),
                **({"Strict-Transport-Security": YEAR} if is_secure else {}),
            }

        return headers


def page_policy(nonce: str, *, trusted_types: bool) -> str:
    """Only what carries the nonce runs or styles; not even our own address is enough."""
    parts = [
        NOTHING,
        f"script-src 'nonce-{nonce}'",
        f"style-src 'nonce-{nonce}'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    ]
    # No text can become markup: what a person or an answer says stays words, also after a mistake of ours.
    return "; ".join([*parts, "require-trusted-types-for 'script'", "trusted-types 'none'"] if trusted_types else parts)


def _framed_by(ancestors: tuple[str, ...]) -> str:
    return f"frame-ancestors {' '.join(ancestors) or chr(39) + 'none' + chr(39)}"
