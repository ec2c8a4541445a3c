"""Delivers to a Klantinteracties API, such as Open Klant: one contact, one person, one address, one task.

Each step first looks whether it was done, so that it may stop after any call, or an answer may be lost, and the next
try goes on where it was. The number is unique on their side too: two tries at the same moment cannot both write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.handover.delivery.klantinteracties_api import Found, KlantinteractiesApi
from bot.handover.delivery.klantinteracties_metadata import OUR_REFERENCE, TEAM, WITHDRAWN
from bot.handover.delivery.klantinteracties_number import number_of
from bot.handover.delivery.klantinteracties_payload import (
    Payload,
    actor,
    actor_identification,
    closed_taak,
    emptied_betrokkene,
    emptied_klantcontact,
    payload,
)
from bot.handover.delivery.parcel import GiveUpError, Parcel
from bot.handover.document import HandoverDocument

_TEXTS = ("onderwerp", "inhoud", "reactie", "taal", "metadata")
_PERSON_TEXTS = ("rol", "contactnaam", "organisatienaam")
_TASK_TEXTS = ("gevraagdeHandeling", "toelichting")


class Klantinteracties:
    """Find or create the team, the contact with its person, the address, the task."""

    name = "klantinteracties"

    def __init__(self, api: KlantinteractiesApi, *, channel: str, register: str) -> None:
        self._api = api
        self._channel = channel
        self._register = register

    def deliver(self, parcel: Parcel) -> None:
        if parcel.document is None:
            self._withdraw(parcel)
        else:
            self._write(parcel, parcel.document)

    def close(self) -> None:
        self._api.close()

    def _write(self, parcel: Parcel, document: HandoverDocument) -> None:
        made = payload(
            document,
            reference=parcel.reference,
            team=parcel.team,
            promised_by=parcel.promised_by,
            channel=self._channel,
        )
        team = self._team(parcel.team)
        contact = self._contact(parcel.reference)
        if contact is None:
            self._write_new(made, team, parcel)
            return
        if _metadata(contact).get(WITHDRAWN):
            return  # a try from before the withdrawal that comes too late: nothing is put back
        changed = parcel.what == "changed"
        moved = _metadata(contact).get(TEAM) != parcel.team
        person = self._person(contact, made.betrokkene, changed)
        self._address(person, made.digitaal_adres, changed)
        self._task(contact, made, team, changed=changed, moved=moved)
        if changed:
            # Last, since the team it had before is in here: until this is written, a next try moves the task too.
            self._api.change("klantcontacten", contact, _only(made.klantcontact, _TEXTS))

    def _write_new(self, made: Payload, team: Found, parcel: Parcel) -> None:
        both = {"klantcontact": made.klantcontact, "betrokkene": made.betrokkene}
        answer = self._api.create("maak-klantcontact", both)
        contact, person = answer.get("klantcontact"), answer.get("betrokkene")
        if not (isinstance(contact, dict) and isinstance(person, dict)):
            contact = self._contact(parcel.reference) or {}
            person = self._person(contact, made.betrokkene, False)
        # Written this moment, so there is no address or task yet to look for.
        if made.digitaal_adres:
            self._api.create("digitaleadressen", _of_person(made.digitaal_adres, person))
        self._api.create("internetaken", _for_team(made.interne_taak, contact, team))

    def _withdraw(self, parcel: Parcel) -> None:
        """Closed and emptied, as far as the API lets us. Nothing to do when it never got there."""
        contact = self._contact(parcel.reference)
        if contact is None:
            return
        task = self._task_of(contact)
        if task:
            self._api.change("internetaken", task, closed_taak(parcel.reference))
        for person in _linked(contact, "hadBetrokkenen"):
            for address in self._api.find("digitaleadressen", verstrektDoorBetrokkene__uuid=person["uuid"]):
                self._api.remove("digitaleadressen", address)
            self._api.change("betrokkenen", person, emptied_betrokkene())
        self._api.change("klantcontacten", contact, emptied_klantcontact(parcel.reference))

    def _team(self, team: str) -> Found:
        wanted = actor_identification(team, self._register)
        filters = {f"actoridentificator{key[:1].upper()}{key[1:]}": value for key, value in wanted.items()}
        found = self._api.find("actoren", **filters)
        if not found:
            return self._api.create("actoren", actor(team, self._register))
        active = [unit for unit in found if unit.get("indicatieActief") is not False]
        if not active:
            # A task for a team that was put out of use there would be read by nobody.
            raise GiveUpError("team_not_active")
        return active[0]

    def _contact(self, reference: str) -> Found | None:
        found = self._api.find("klantcontacten", referentienummer=number_of(reference))
        if not found:
            return None
        if _metadata(found[0]).get(OUR_REFERENCE) != reference:
            raise GiveUpError("number_of_another")
        return found[0]

    def _person(self, contact: Found, wanted: Mapping[str, Any], changed: bool) -> Found:
        people = _linked(contact, "hadBetrokkenen")
        if not people:
            return self._api.create("betrokkenen", {**wanted, "hadKlantcontact": _link(contact)})
        if changed:
            # Without `wasPartij`: who they linked it to over there stays.
            self._api.change("betrokkenen", people[0], _only(wanted, _PERSON_TEXTS))
        return people[0]

    def _address(self, person: Found, wanted: Mapping[str, Any] | None, changed: bool) -> None:
        """One, also when two tries wrote it at the same moment. A former address goes: it may not be safe any more."""
        known = self._api.find("digitaleadressen", verstrektDoorBetrokkene__uuid=person["uuid"])
        same = [address for address in known if wanted and _same_address(address, wanted)]
        for address in known if changed else same[1:]:
            if address not in same[:1]:
                self._api.remove("digitaleadressen", address)
        if wanted and not same:
            self._api.create("digitaleadressen", _of_person(wanted, person))
        elif wanted and changed and same[0].get("omschrijving") != wanted["omschrijving"]:
            self._api.change("digitaleadressen", same[0], _only(wanted, ("omschrijving",)))

    def _task(self, contact: Found, made: Payload, team: Found, *, changed: bool, moved: bool) -> None:
        task = self._task_of(contact)
        if task is None:
            self._api.create("internetaken", _for_team(made.interne_taak, contact, team))
        elif changed:
            # Whom they gave it to over there stays, unless it went to another team here.
            given = {"toegewezenAanActoren": [_link(team)]} if moved else {}
            self._api.change("internetaken", task, {**_only(made.interne_taak, _TASK_TEXTS), **given})

    def _task_of(self, contact: Found) -> Found | None:
        found = self._api.find("internetaken", referentienummer=str(contact["referentienummer"]))
        if found and (found[0].get("aanleidinggevendKlantcontact") or {}).get("uuid") != contact["uuid"]:
            raise GiveUpError("number_of_another")
        return found[0] if found else None


def _metadata(contact: Found) -> Mapping[str, Any]:
    return contact.get("metadata") or {}


def _link(thing: Found) -> Mapping[str, str]:
    return {"uuid": thing["uuid"]}


def _linked(contact: Found, field: str) -> list[Found]:
    return [thing for thing in contact.get(field) or [] if isinstance(thing, dict) and thing.get("uuid")]


def _of_person(address: Mapping[str, Any], person: Found) -> Mapping[str, Any]:
    return {**address, "verstrektDoorBetrokkene": _link(person)}


def _for_team(task: Mapping[str, Any], contact: Found, team: Found) -> Mapping[str, Any]:
    return {**task, "aanleidinggevendKlantcontact": _link(contact), "toegewezenAanActoren": [_link(team)]}


def _same_address(address: Found, wanted: Mapping[str, Any]) -> bool:
    return all(address.get(field) == wanted[field] for field in ("adres", "soortDigitaalAdres"))


def _only(fields: Mapping[str, Any], names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: fields[name] for name in names}
