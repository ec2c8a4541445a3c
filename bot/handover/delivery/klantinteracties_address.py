"""The one digital address of somebody: a number or e-mail address that the API accepts, else as another kind.

Facts of Open Klant 2.18 (src/openklant/utils/validators.py, 18 August 2026): `adres` at most 80 characters; a
telephone number is 0 and nine digits, + and nine to fifteen, or 00 and seven to thirteen, and begins with none of 0800,
0900 and 14; an e-mail address passes Django's own check; `overig` is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.handover.delivery.fitting import flat, shortened
from bot.handover.document import HandoverDocument
from bot.wording import wording

ADDRESS_LIMIT = 80
NOTE_LIMIT = 40
_PHONE = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
_INFORMATION_NUMBER = re.compile(r"(?:(?:\+|00)31)?0?(?:800|900|906|909)|14")
# Narrower than what is allowed: what does not fit goes as another kind, and nothing is refused.
_ATOM = r"[A-Za-z0-9_+\-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")


def digital_address(document: HandoverDocument) -> Mapping[str, str] | None:
    """None when there is nothing to write down, or nothing that may be used."""
    contact = document.contact
    address = flat(contact.address)
    if not address or len(address) > ADDRESS_LIMIT or unsafe_to_call(document):
        return None
    kind = "overig"
    if contact.channel == "phone":
        number = re.sub(r"[\s.()\-/]", "", address)
        if _INFORMATION_NUMBER.match(number):
            return None
        if _PHONE.fullmatch(number):
            kind, address = "telefoonnummer", number
    elif contact.channel == "email" and _EMAIL.fullmatch(address):
        kind = "email"
    return {"adres": address, "soortDigitaalAdres": kind, "omschrijving": _note(document)}


def unsafe_to_call(document: HandoverDocument) -> bool:
    """A number that must not be dialled is not written down where people dial."""
    contact = document.contact
    return contact.channel == "phone" and bool(contact.address) and document.safety.can_we_call_safely == "no"


def _note(document: HandoverDocument) -> str:
    note = wording().text(f"deliveries.address_{document.safety.can_we_call_safely or 'unknown'}")
    return shortened(note, NOTE_LIMIT)
