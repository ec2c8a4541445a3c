"""A desk with a handover on it, and what a worker does with it in a browser without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import handover_examples
from desk_door import DeskDoor, csrf_of
from starlette.testclient import TestClient

from bot.handover.document import HandoverDocument

TEAM, OTHER = "oudewater", "utrecht"
QUEUE, LATER = "/team/wachtrij", timedelta(minutes=5)
FIELDS = re.compile(r'name="(version|nonce)" value="([^"]+)"')


@dataclass
class DeskAtWork:
    """`door` is the whole front door; the rest is about one handover."""

    door: DeskDoor

    def store(self, document: HandoverDocument | None = None, key: str = "key", **promise: Any) -> str:
        found = (document or handover_examples.parent()).copy(update={"gemeente": TEAM})
        return self.door.parts.handovers.save(found, idempotency_key=key, **promise).reference

    def send(self, client: TestClient, reference: str, to: str, page: str = "", **fields: str) -> Any:
        """Sends the form as it stands in `page`, or in the page as it is now."""
        address = f"/team/bericht/{reference}"
        found = dict(FIELDS.findall(page or client.get(address).text))
        wanted = {"notitie": ("version", "nonce"), "overdragen": ("version", "nonce")}.get(to, ("version",))
        sent = {"csrf": csrf_of(client), **{name: found[name] for name in wanted}, **fields}
        return client.post(f"{address}/{to}", data=sent)

    def state(self, reference: str, team: str = TEAM) -> Any:
        return self.door.parts.queue.state(team, reference)

    def actions(self, reference: str) -> list[str]:
        return [entry.action for entry in reversed(self.door.parts.audit.entries(reference=reference))]
