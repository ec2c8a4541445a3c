"""Makes the deliveries that the settings name; what is missing or wrong is one line at the start, not a dead letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from bot.errors import SettingsError
from bot.handover.delivery.files import Files
from bot.handover.delivery.inbox import Inbox
from bot.handover.delivery.klantinteracties import Klantinteracties
from bot.handover.delivery.klantinteracties_api import KlantinteractiesApi
from bot.handover.delivery.options import DeliveryOptions
from bot.handover.delivery.parcel import Delivery
from bot.handover.delivery.secure_http import checked_url, is_loopback, open_client, trust
from bot.handover.delivery.smtp import MailServer, Smtp
from bot.handover.delivery.webhook import Webhook

DESK_PAGE = "/team/bericht/{reference}"
"""Where a worker reads a handover; needs sign-in, so the address may stand in a mail."""
_ADDRESS = re.compile(r"[A-Za-z0-9._+\-{}]+@[A-Za-z0-9](?:[A-Za-z0-9.\-{}]*[A-Za-z0-9])?")
_SHORTEST_SECRET = 16
_CHANNEL, _REGISTER = 50, 200


@dataclass(frozen=True)
class _Outside:
    """What comes from elsewhere in Rits."""

    anybody_at: Callable[[str], bool]
    clock: Callable[[], datetime]


def names(options: DeliveryOptions) -> tuple[str, ...]:
    """The deliveries of this installation, in the order of the setting; each gets a row in the outbox."""
    found = tuple(dict.fromkeys(_parts(options.deliveries)))
    if not found:
        raise SettingsError(f"setting RITS_DELIVERIES: name at least one of {', '.join(_MAKERS)}")
    for name in found:
        if name not in _MAKERS:
            raise SettingsError(f"setting RITS_DELIVERIES: '{name}' is none of {', '.join(_MAKERS)}")
    return found


def deliveries(
    options: DeliveryOptions,
    *,
    anybody_at: Callable[[str], bool],
    clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> Mapping[str, Delivery]:
    """By name. Opens no connection yet."""
    outside = _Outside(anybody_at, clock)
    return {name: _MAKERS[name](options, outside) for name in names(options)}


def desk_link(options: DeliveryOptions, reference: str) -> str:
    """The address of the page of one handover."""
    return options.public_url.rstrip("/") + DESK_PAGE.format(reference=reference)


def _inbox(options: DeliveryOptions, outside: _Outside) -> Delivery:
    return Inbox(outside.anybody_at)


def _files(options: DeliveryOptions, outside: _Outside) -> Delivery:
    return Files(Path(options.delivery_folder or options.var_dir / "deliveries"))


def _webhook(options: DeliveryOptions, outside: _Outside) -> Delivery:
    url = checked_url("RITS_WEBHOOK_URL", _needed("RITS_WEBHOOK_URL", options.webhook_url))
    secrets = _parts(_needed("RITS_WEBHOOK_SECRETS", options.webhook_secrets.get_secret_value()))
    if not secrets or any(len(secret) < _SHORTEST_SECRET for secret in secrets):
        raise SettingsError(f"setting RITS_WEBHOOK_SECRETS: each must have at least {_SHORTEST_SECRET} characters")
    client = open_client(options.delivery_ca_file, options.delivery_timeout_s)
    return Webhook(url, secrets, client=client, clock=outside.clock)


def _klantinteracties(options: DeliveryOptions, outside: _Outside) -> Delivery:
    name = "RITS_KLANTINTERACTIES_URL"
    url = checked_url(name, _needed(name, options.klantinteracties_url))
    token = _needed("RITS_KLANTINTERACTIES_TOKEN", options.klantinteracties_token.get_secret_value())
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise SettingsError("setting RITS_KLANTINTERACTIES_TOKEN: only the token itself, without spaces")
    channel = _limited("RITS_KLANTINTERACTIES_CHANNEL", options.klantinteracties_channel, _CHANNEL)
    register = _limited("RITS_KLANTINTERACTIES_REGISTER", options.klantinteracties_register, _REGISTER)
    client = open_client(options.delivery_ca_file, options.delivery_timeout_s)
    api = KlantinteractiesApi(url, token, client=client, clock=outside.clock)
    return Klantinteracties(api, channel=channel, register=register)


def _smtp(options: DeliveryOptions, outside: _Outside) -> Delivery:
    checked_url("RITS_PUBLIC_URL", _needed("RITS_PUBLIC_URL", options.public_url))
    context = trust(options.delivery_ca_file)
    return Smtp(
        _mail_server(options),
        sender=_address("RITS_SMTP_FROM", options.smtp_from, template=False),
        recipients=_recipients(options.smtp_to),
        content=options.smtp_content,
        link=lambda reference: desk_link(options, reference),
        trust=lambda: context,
        clock=outside.clock,
    )


def _mail_server(options: DeliveryOptions) -> MailServer:
    host, password = _needed("RITS_SMTP_HOST", options.smtp_host), options.smtp_password.get_secret_value()
    plain = options.smtp_security == "none"
    if plain and options.smtp_content == "full":
        raise SettingsError("setting RITS_SMTP_CONTENT: full needs RITS_SMTP_SECURITY starttls or tls")
    if plain and not is_loopback(host):
        raise SettingsError("setting RITS_SMTP_SECURITY: none is only for a mail server on this machine itself")
    if bool(options.smtp_user) != bool(password):
        raise SettingsError("setting RITS_SMTP_USER: goes together with RITS_SMTP_PASSWORD")
    return MailServer(
        host, options.smtp_port, options.smtp_security, options.smtp_user, password, options.delivery_timeout_s
    )


def _recipients(value: str) -> tuple[str, ...]:
    given = _parts(_needed("RITS_SMTP_TO", value))
    return tuple(_address("RITS_SMTP_TO", address, template=True) for address in given)


def _address(name: str, value: str, *, template: bool) -> str:
    """One e-mail address; `{team}` in it stands for the team, where that is of use."""
    bare = value.strip().replace("{team}", "team") if template else value.strip()
    if not _ADDRESS.fullmatch(bare) or "{" in bare or "}" in bare:
        raise SettingsError(f"setting {name}: not an e-mail address")
    return value.strip()


def _needed(name: str, value: str) -> str:
    if not value.strip():
        raise SettingsError(f"setting {name}: is missing, and RITS_DELIVERIES asks for it")
    return value.strip()


def _limited(name: str, value: str, limit: int) -> str:
    if not 0 < len(value.strip()) <= limit:
        raise SettingsError(f"setting {name}: 1 to {limit} characters")
    return value.strip()


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


_MAKERS: Mapping[str, Callable[[DeliveryOptions, _Outside], Delivery]] = {
    "inbox": _inbox,
    "smtp": _smtp,
    "webhook": _webhook,
    "klantinteracties": _klantinteracties,
    "files": _files,
}
