"""What Open Klant 2.18.0 accepts, as far as we use it. Written from its API file and its code, not from our client.

github.com/maykinmedia/open-klant, src/openklant/components/klantinteracties: openapi.yaml, models/, api/serializers/
and api/filterset/, with src/openklant/utils/validators.py; as of 18 August 2026. Stricter in one thing: a field that
does not exist is refused, where Open Klant lets it pass, so that a spelling mistake shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Fields = Mapping[str, Any]
Check = Callable[[Any], None]


class RefusedError(Exception):
    """400, with where and why."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{name}: {code}")
        self.name, self.code = name, code


class Wrong(Exception):  # noqa: N818 - only within this file
    """A value is not accepted, for this reason."""


def text(limit: int, *, blank: bool = False, pattern: str | None = None) -> Check:
    """A CharField: trimmed, no NUL, no halves of a character, at most so many characters, not empty unless `blank`."""

    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise Wrong("invalid")
        if "\x00" in value:
            raise Wrong("null_characters_not_allowed")
        if re.search("[\ud800-\udfff]", value):
            raise Wrong("surrogate_characters_not_allowed")
        trimmed = value.strip()
        if not trimmed and not blank:
            raise Wrong("blank")
        if len(trimmed) > limit:
            raise Wrong("max_length")
        if pattern and trimmed and not re.fullmatch(pattern, trimmed):
            raise Wrong("invalid")

    return check


def choice(*values: str) -> Check:
    def check(value: Any) -> None:
        if value not in values:
            raise Wrong("invalid_choice")

    return check


def boolean(value: Any) -> None:
    if value not in (True, False):
        raise Wrong("invalid")


def moment(value: Any) -> None:
    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise Wrong("invalid") from None


def nullable(inner: Check) -> Check:
    def check(value: Any) -> None:
        if value is not None:
            inner(value)

    return check


def link(value: Any) -> None:
    if not isinstance(value, dict) or not re.fullmatch(r"[0-9a-f-]{36}", str(value.get("uuid"))):
        raise Wrong("invalid")


def links(value: Any) -> None:
    if not isinstance(value, list):
        raise Wrong("not_a_list")
    for one in value:
        link(one)


def group(**inner: Check) -> Check:
    """Every part may be left out."""

    def check(value: Any) -> None:
        if not isinstance(value, dict) or set(value) - set(inner):
            raise Wrong("invalid")
        for name, one in value.items():
            inner[name](one)

    return check


def metadata(value: Any) -> None:
    if not isinstance(value, dict):
        raise Wrong("not_a_dict")
    for name, one in value.items():
        text(100_000)(name)
        text(255)(one)


NUMBER = text(10, blank=True, pattern=r"-?\d+")
SHAPES: Mapping[str, Mapping[str, Check]] = {
    "actoren": {
        "naam": text(200),
        "soortActor": choice("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid"),
        "indicatieActief": boolean,
        "actoridentificator": nullable(
            group(
                objectId=text(200, blank=True),
                codeObjecttype=text(200, blank=True),
                codeRegister=text(200, blank=True),
                codeSoortObjectId=text(200, blank=True),
            )
        ),
    },
    "klantcontacten": {
        "referentienummer": nullable(NUMBER),
        "kanaal": text(50),
        "onderwerp": text(200),
        "inhoud": text(1000, blank=True),
        "reactie": text(4000, blank=True),
        "indicatieContactGelukt": nullable(boolean),
        "taal": text(3),
        "vertrouwelijk": boolean,
        "plaatsgevondenOp": moment,
        "metadata": metadata,
    },
    "betrokkenen": {
        "wasPartij": nullable(link),
        "hadKlantcontact": link,
        "contactnaam": nullable(
            group(
                voorletters=text(10, blank=True),
                voornaam=text(200, blank=True),
                voorvoegselAchternaam=text(10, blank=True),
                achternaam=text(200, blank=True),
            )
        ),
        "rol": choice("klant", "vertegenwoordiger"),
        "organisatienaam": text(200, blank=True),
        "initiator": boolean,
    },
    "digitaleadressen": {
        "verstrektDoorBetrokkene": nullable(link),
        "verstrektDoorPartij": nullable(link),
        "adres": text(80),
        "soortDigitaalAdres": choice("email", "telefoonnummer", "overig"),
        "omschrijving": text(40, blank=True),
        "referentie": text(50, blank=True, pattern=r"[-a-zA-Z0-9_]+"),
    },
    "internetaken": {
        "referentienummer": nullable(NUMBER),
        "gevraagdeHandeling": text(200),
        "aanleidinggevendKlantcontact": link,
        "toegewezenAanActor": link,
        "toegewezenAanActoren": links,
        "toelichting": text(1000, blank=True),
        "status": choice("te_verwerken", "verwerkt"),
    },
}
REQUIRED = {
    "actoren": {"naam", "soortActor"},
    "klantcontacten": {"kanaal", "onderwerp", "taal", "vertrouwelijk"},
    "betrokkenen": {"hadKlantcontact", "rol", "initiator"},
    "digitaleadressen": {"adres", "soortDigitaalAdres"},
    "internetaken": {"gevraagdeHandeling", "aanleidinggevendKlantcontact", "status"},
}
FILTERS = {
    "actoren": {
        "actoridentificatorObjectId": ("actoridentificator", "objectId"),
        "actoridentificatorCodeObjecttype": ("actoridentificator", "codeObjecttype"),
        "actoridentificatorCodeRegister": ("actoridentificator", "codeRegister"),
        "actoridentificatorCodeSoortObjectId": ("actoridentificator", "codeSoortObjectId"),
        "soortActor": ("soortActor",),
        "naam": ("naam",),
    },
    "klantcontacten": {"referentienummer": ("referentienummer",), "onderwerp": ("onderwerp",)},
    "betrokkenen": {"hadKlantcontact__uuid": ("hadKlantcontact", "uuid")},
    "digitaleadressen": {
        "verstrektDoorBetrokkene__uuid": ("verstrektDoorBetrokkene", "uuid"),
        "adres": ("adres",),
    },
    "internetaken": {
        "referentienummer": ("referentienummer",),
        "klantcontact__uuid": ("aanleidinggevendKlantcontact", "uuid"),
        "status": ("status",),
    },
}
_PHONE = r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})"
# Django's EmailValidator.
_USER = re.compile(r"[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*", re.IGNORECASE)
_HOST = re.compile(r"((?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+)(?:[A-Z0-9-]{2,63}(?<!-))", re.IGNORECASE)


def check(resource: str, fields: Fields, *, partial: bool = False, without: frozenset[str] = frozenset()) -> None:
    """RefusedError for the first thing that is wrong; `without` are required fields that the call itself fills in."""
    missing = set() if partial else REQUIRED[resource] - without - set(fields)
    for name in sorted(missing):
        raise RefusedError(name, "required")
    for name, value in fields.items():
        try:
            SHAPES[resource][name](value)
        except KeyError:
            raise RefusedError(name, "unknown") from None
        except Wrong as wrong:
            raise RefusedError(name, str(wrong)) from None
    if resource == "internetaken":
        _exactly_one(fields, partial)
    if resource == "digitaleadressen" and "adres" in fields:
        _address(str(fields["adres"]).strip(), fields.get("soortDigitaalAdres"))


def _exactly_one(fields: Fields, partial: bool) -> None:
    given = sum(name in fields for name in ("toegewezenAanActor", "toegewezenAanActoren"))
    if given == 2 or (given == 0 and not partial):
        raise RefusedError("nonFieldErrors", "invalid")


def _address(address: str, kind: str | None) -> None:
    if kind == "telefoonnummer" and (
        address.startswith(("0800", "0900", "1400", "140")) or not re.fullmatch(_PHONE, address)
    ):
        raise RefusedError("adres", "invalid")
    if kind == "email":
        user, at, host = address.rpartition("@")
        if not at or not _USER.fullmatch(user) or not _HOST.fullmatch(host):
            raise RefusedError("adres", "invalid")
