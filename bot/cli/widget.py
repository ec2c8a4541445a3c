"""`rits widget`: the line that puts the chat on a page of the municipality, and what else that page needs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from bot.errors import SettingsError
from bot.turn import AUDIENCES

if TYPE_CHECKING:
    from bot.web.ports import WebServices
    from bot.web.widget.bundle import Bundle


def add_to(app: typer.Typer) -> None:
    app.command()(widget)


def widget(
    gemeente: str = typer.Option(..., "--gemeente", help="Slug of the municipality, such as oudewater."),
    publiek: str = typer.Option("", "--publiek", help="Who reads that page: ouder, jongere or professional."),
    thema: str = typer.Option("", "--thema", help="Another look than RITS_THEME."),
    address: str = typer.Option("", "--address", help="Where people find Rits, when that is not RITS_PUBLIC_URL."),
    pin: bool = typer.Option(False, "--pin", help="Exactly this version, with its integrity."),
) -> None:
    """Print the script tag for a page of the municipality, and on stderr what else it needs."""
    from bot.services import services
    from bot.settings import settings
    from bot.web.widget.bundle import widget_bundle
    from bot.web.wiring import web_services

    web = web_services(services())
    known = settings()
    site = _address(address or known.public_url or f"http://{known.host}:{known.port}")
    bundle = widget_bundle(web.wording, exit_url=web.exit_url, kept_hours=web.kept_hours, theme=web.theme)
    _demand(web, bundle, gemeente, publiek, thema)
    typer.echo(tag(site, {"gemeente": gemeente, "publiek": publiek, "thema": thema}, bundle if pin else None))
    for note in _notes(web, site, gemeente, pin=pin):
        typer.echo(note, err=True)


def tag(site: str, data: dict[str, str], pinned: Bundle | None = None) -> str:
    """Without a bundle: the address that always has the newest version."""
    attributes = {"src": f"{site}{pinned.path if pinned else '/widget.js'}"}
    attributes |= {f"data-{name}": value for name, value in data.items() if value}
    if pinned:
        attributes |= {"integrity": pinned.integrity, "crossorigin": "anonymous"}
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<script {written} async></script>"


def _address(typed: str) -> str:
    parts = urlsplit(typed)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise SettingsError(f"--address: '{typed}' is not an address such as https://rits.oudewater.nl")
    return f"{parts.scheme}://{parts.netloc}"


def _demand(web: WebServices, bundle: Bundle, gemeente: str, publiek: str, thema: str) -> None:
    """What is wrong in the tag shows only when somebody visits that page; so it is said here."""
    place = web.contacts.find_gemeente(gemeente)
    if place is None or place.slug != gemeente:
        meant = f"; did you mean {place.slug}?" if place else ""
        raise SettingsError(f"--gemeente: '{gemeente}' is not the slug of a municipality{meant}")
    if publiek and publiek not in AUDIENCES:
        raise SettingsError(f"--publiek: '{publiek}' is not one of {', '.join(AUDIENCES)}")
    if thema and thema not in bundle.sheets:
        raise SettingsError(f"--thema: there is no '{thema}'; there is {', '.join(bundle.sheets)}")


def _notes(web: WebServices, site: str, gemeente: str, *, pin: bool) -> list[str]:
    notes = [f"A page with a Content-Security-Policy needs {site} in script-src, connect-src and style-src."]
    if gemeente not in web.origins.gemeenten:
        notes.append(f"RITS_EMBED_ORIGINS names no site for {gemeente}: on another site the chat will be refused.")
    if not site.startswith("https:"):
        notes.append("This address is not https: a page that is will not load it.")
    if pin:
        notes.append("After every update of Rits this version is gone: give the command again and renew the page.")
    return notes
