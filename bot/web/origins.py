"""Which sites may put the chat on their pages: an allow-list for each municipality.

A browser says where a request comes from and a page cannot change that. Our own pages may always ask. Another site is
named in `RITS_EMBED_ORIGINS`, for its own municipality only. A program that is no browser sends no Origin; the list is
about pages, not about programs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import SettingsError

SETTING = "RITS_EMBED_ORIGINS"
LOOPBACK = ("localhost", "127.0.0.1")
_SLUG = re.compile(r"[a-z0-9_-]{1,80}")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
PORTS = {"https": 443, "http": 80}
# The number of the conversation is the key to these; they are about a chat, not about a municipality.
WITHOUT_PLACE = "/api/live/"
# What anybody may know of us.
PUBLIC = ("/api/health/", "/api/openapi.json", "/api/handover.")


@dataclass(frozen=True)
class Origins:
    """The list: for each site the municipalities that it may ask about; and the address where people find us."""

    listed: Mapping[str, frozenset[str]]
    public: str | None = None

    @property
    def gemeenten(self) -> frozenset[str]:
        return frozenset().union(*self.listed.values())

    def is_ours(self, origin: str, scheme: str, headers: Mapping[str, str]) -> bool:
        """Also behind a proxy that hides our own name: then the browser says it, or the public address."""
        if headers.get("sec-fetch-site") == "same-origin" or origin == self.public:
            return True
        host = headers.get("host", "")
        # A proxy in front may do the https for us; the other way round somebody sits in between.
        return origin in {_origin(scheme, host), _origin("https", host)}

    def may_ask(self, origin: str, path: str, gemeente: str | None) -> bool:
        known = self.listed.get(origin)
        if known is None:
            return False
        return gemeente in known if gemeente else path.startswith((WITHOUT_PLACE, *PUBLIC))


NO_OTHERS = Origins({})


def read_origins(setting: str, public_url: str = "") -> Origins:
    """`gemeente=https://site https://other; gemeente=…`, or SettingsError that says which part is wrong."""
    listed: dict[str, frozenset[str]] = {}
    for part in filter(None, (part.strip() for part in setting.split(";"))):
        slug, is_pair, sites = (piece.strip() for piece in part.partition("="))
        if not (is_pair and sites and _SLUG.fullmatch(slug)):
            raise SettingsError(f"{SETTING}: '{part}' is not gemeente=https://site (more sites with a space between)")
        for site in sites.split():
            origin = _checked(site)
            listed[origin] = listed.get(origin, frozenset()) | {slug}
    parts = urlsplit(public_url)
    return Origins(listed, _origin(parts.scheme, parts.netloc) if public_url else None)


def _checked(site: str) -> str:
    parts = urlsplit(site)
    # A slash at the end, as somebody copies it from the address bar, does no harm.
    if _port(parts.netloc) is False or not _HOST.fullmatch((parts.hostname or "").lower()):
        raise SettingsError(f"{SETTING}: '{site}' is not an address such as https://www.oudewater.nl, without wildcard")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise SettingsError(f"{SETTING}: '{site}' has more than scheme and host; leave out what comes after it")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SettingsError(f"{SETTING}: '{site}' is not https")
    return _origin(parts.scheme, parts.netloc)


def _port(host: str) -> int | None | bool:
    try:
        return urlsplit(f"//{host}").port
    except ValueError:
        return False


def _origin(scheme: str, host: str) -> str:
    """As a browser writes it: small letters, no port that goes without saying."""
    host = host.lower()
    ending = f":{PORTS.get(scheme)}"
    return f"{scheme}://{host[: -len(ending)] if host.endswith(ending) else host}"
