"""A Klantinteracties server on loopback that keeps to the rules, and fails where a test says."""

from __future__ import annotations

import json
import threading
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from loopback import Answer, Loopback, Request
from open_klant_rules import FILTERS, SHAPES, RefusedError, check

BASE = "/klantinteracties/api/v1"
TOKEN = "geheim-token-van-de-test"
LINKS = {
    "wasPartij": "partijen",
    "hadKlantcontact": "klantcontacten",
    "verstrektDoorBetrokkene": "betrokkenen",
    "verstrektDoorPartij": "partijen",
    "aanleidinggevendKlantcontact": "klantcontacten",
    "toegewezenAanActor": "actoren",
    "toegewezenAanActoren": "actoren",
}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "actoren": {"indicatieActief": True},
    "klantcontacten": {"inhoud": "", "reactie": "", "metadata": {}, "referentienummer": None},
    "betrokkenen": {"wasPartij": None, "contactnaam": None, "organisatienaam": ""},
    "digitaleadressen": {"omschrijving": "", "verstrektDoorBetrokkene": None},
    "internetaken": {"toelichting": "", "referentienummer": None},
}
REFUSE, CUT, LOST, BROKEN = "refuse", "cut", "lost", "broken"
"""503 before acting, gone before acting, gone after acting, 500 after acting."""
AFTER = (LOST, BROKEN)


class OpenKlant:
    """State and rules. `faults[(method, resource)]` is used up from the front, one a call; None is no fault."""

    def __init__(self) -> None:
        self.kept: dict[str, list[dict[str, Any]]] = {name: [] for name in SHAPES}
        self.faults: dict[tuple[str, str], list[str | None]] = defaultdict(list)
        self.calls: list[tuple[str, str]] = []
        self.refusals: list[str] = []
        self.lock = threading.Lock()
        self.before_write: Any = None

    def serve(self) -> Loopback:
        return Loopback(self.respond)

    def respond(self, request: Request) -> Answer | None:
        resource, _, of = request.path.removeprefix(f"{BASE}/").partition("/")
        fault = self._fault(request.method, resource)
        if fault == REFUSE:
            return Answer(503)
        if fault == CUT:
            return None
        if self.before_write and request.method != "GET":
            self.before_write(request.method, resource)
        with self.lock:
            answer = self._acted(request, resource, of)
        if fault == LOST:
            return None
        return Answer(500) if fault == BROKEN else answer

    def _fault(self, method: str, resource: str) -> str | None:
        self.calls.append((method, resource))
        planned = self.faults[(method, resource)]
        return planned.pop(0) if planned else None

    def _acted(self, request: Request, resource: str, of: str) -> Answer:
        if request.headers.get("authorization") != f"Token {TOKEN}":
            return Answer(401)
        try:
            return self._routed(request, resource, of)
        except RefusedError as refused:
            self.refusals.append(str(refused))
            params = [{"name": refused.name, "code": refused.code, "reason": "…"}]
            return _json(400, {"status": 400, "code": "invalid", "invalidParams": params})

    def _routed(self, request: Request, resource: str, of: str) -> Answer:
        body = json.loads(request.body) if request.body else {}
        if (request.method, resource) == ("POST", "maak-klantcontact"):
            return _json(201, self._contact_and_person(body))
        if resource not in self.kept:
            return Answer(404)
        if request.method == "GET":
            found = [self._shown(resource, row) for row in self._filtered(resource, request.query)]
            return _json(200, {"count": len(found), "next": None, "previous": None, "results": found})
        if request.method == "POST":
            return _json(201, self._shown(resource, self._created(resource, body)))
        row = next((row for row in self.kept[resource] if row["uuid"] == of), None)
        if row is None:
            return Answer(404)
        if request.method == "DELETE":
            self.kept[resource].remove(row)
            return Answer(204)
        return _json(200, self._shown(resource, self._patched(resource, row, body)))

    def _contact_and_person(self, body: dict[str, Any]) -> dict[str, Any]:
        """One transaction: nothing of it when a part is wrong."""
        contact, person = body["klantcontact"], body["betrokkene"]
        check("betrokkenen", person, without=frozenset({"hadKlantcontact"}))
        made = self._created("klantcontacten", contact)
        linked = self._created("betrokkenen", {**person, "hadKlantcontact": {"uuid": made["uuid"]}})
        return {"klantcontact": self._shown("klantcontacten", made), "betrokkene": self._shown("betrokkenen", linked)}

    def _created(self, resource: str, fields: dict[str, Any]) -> dict[str, Any]:
        check(resource, fields)
        self._unique(resource, fields.get("referentienummer"))
        self._linked(fields)
        row = {**DEFAULTS[resource], **fields, "uuid": str(uuid.uuid4())}
        self.kept[resource].append(row)
        return row

    def _patched(self, resource: str, row: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        kind = {"soortDigitaalAdres": row["soortDigitaalAdres"]} if resource == "digitaleadressen" else {}
        check(resource, {**kind, **fields}, partial=True)
        self._linked(fields)
        row.update(fields)
        return row

    def _unique(self, resource: str, number: str | None) -> None:
        if number and any(row.get("referentienummer") == number for row in self.kept[resource]):
            raise RefusedError("referentienummer", "unique")

    def _linked(self, fields: dict[str, Any]) -> None:
        for name, resource in LINKS.items():
            for one in _as_list(fields.get(name)):
                if not any(row["uuid"] == one["uuid"] for row in self.kept.get(resource, [])):
                    raise RefusedError(name, "does_not_exist")

    def _filtered(self, resource: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        for name in query:
            if name not in FILTERS[resource]:
                raise RefusedError(name, "unknown-parameters")
        found = self.kept[resource]
        for name, value in query.items():
            found = [row for row in found if _at(row, FILTERS[resource][name]) == value]
        return found

    def _shown(self, resource: str, row: dict[str, Any]) -> dict[str, Any]:
        links = {}
        if resource == "klantcontacten":
            links = {
                "hadBetrokkenen": self._pointing("betrokkenen", "hadKlantcontact", row),
                "leiddeTotInterneTaken": self._pointing("internetaken", "aanleidinggevendKlantcontact", row),
            }
        return {**row, **links, "url": f"http://localhost{BASE}/{resource}/{row['uuid']}"}

    def _pointing(self, resource: str, field: str, row: dict[str, Any]) -> list[dict[str, str]]:
        return [{"uuid": one["uuid"]} for one in self.kept[resource] if one[field]["uuid"] == row["uuid"]]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _at(row: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = row
    for step in path:
        found = (found or {}).get(step)
    return found


def _json(status: int, body: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json"})
