"""From the store to every receiver at once, as an installation does it: settings, outbox, postman, real sockets."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import structlog
from certificates import Certificate
from loopback import Answer, Loopback, Request
from open_klant_server import BASE, TOKEN, OpenKlant
from sqlalchemy.engine import Engine
from test_delivery_smtp import Mailbox, serving

from bot.handover.delivery.registry import deliveries, names
from bot.handover.document import Consent, ConsentItem, HandoverDocument, Reporter
from bot.handover.outbox import Outbox
from bot.handover.postman import Postman
from bot.handover.store import HandoverStore
from bot.settings import Settings
from bot.storage.sealing import Seal

SECRET, CANARY = "een-geheim-van-genoeg-tekens", "kanariepiet"


class Town:
    """The systems of a municipality, and an installation of Rits that knows them."""

    def __init__(self, engine: Engine, seal: Seal, folder: Path) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
        self.klant, self.mailbox = OpenKlant(), Mailbox()
        self.posted: list[dict[str, object]] = []
        self.is_up = True
        self.folder = folder
        self._engine, self._seal = engine, seal

    def respond(self, request: Request) -> Answer:
        if self.is_up:
            self.posted.append(json.loads(request.body))
        return Answer(204 if self.is_up else 503)

    def starts(self, webhook: str, klant: str, port: int) -> None:
        settings = Settings(
            deliveries="inbox,smtp,webhook,klantinteracties,files",
            public_url="https://rits.example",
            smtp_host="localhost",
            smtp_port=port,
            smtp_security="none",
            smtp_from="rits@gemeente.example",
            smtp_to="jeugd@gemeente.example",
            webhook_url=webhook,
            webhook_secrets=SECRET,
            klantinteracties_url=klant + BASE,
            klantinteracties_token=TOKEN,
            delivery_folder=str(self.folder),
        )
        self.store = HandoverStore(self._engine, self._seal, clock=self._clock, deliveries=names(settings))
        self.outbox = Outbox(self._engine, self._clock)
        ways = deliveries(settings, anybody_at=lambda team: True, clock=self._clock)
        self.postman = Postman(self.outbox, self.store, ways, worker_id="w1")

    def states(self) -> list[tuple[str, str, str | None]]:
        shown = ("pending", "delivered", "dead", "cancelled")
        return sorted((row.delivery, row.state, row.last_error) for row in self.outbox.overview(states=shown))

    def _clock(self) -> datetime:
        return self.now


@pytest.fixture
def town(engine: Engine, seal: Seal, tmp_path: Path, certificate: Certificate) -> Iterator[Town]:
    made = Town(engine, seal, tmp_path / "files")
    with (
        Loopback(made.respond) as webhook,
        made.klant.serve() as klant,
        serving(made.mailbox, "none", certificate) as at,
    ):
        made.starts(webhook.url, klant.url, at)
        yield made
        made.postman.stop(1)


def test_every_way_gets_it_one_that_is_down_later_and_a_withdrawal_empties_all(
    town: Town, a_document: Callable[..., HandoverDocument], caplog: pytest.LogCaptureFixture
) -> None:
    yes = ConsentItem(given=True)
    told = a_document(
        situation=f"{CANARY} in de klas",
        reporter=Reporter(name=CANARY),
        consent=Consent(contact=yes, share_summary=yes),
    )
    town.is_up = False
    with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
        reference = town.store.save(told, idempotency_key="a").reference
        assert town.postman.round() == 4
        assert ("webhook", "pending", "http_503") in town.states()
        town.is_up, town.now = True, town.now + timedelta(hours=1)
        assert town.postman.round() == 1
        assert {state for _, state, _ in town.states()} == {"delivered"}
        assert CANARY in str(town.posted) and CANARY in str(town.klant.kept)
        assert CANARY not in str(town.mailbox.raw) and len(town.mailbox.mails) == 1

        town.store.withdraw(reference, by="person")
        town.now += timedelta(minutes=1)
        assert town.postman.round() == 5
    assert [message["event"] for message in town.posted] == ["handover.created", "handover.withdrawn"]
    assert town.posted[-1]["handover"] is None
    assert CANARY not in str(town.klant.kept)
    assert CANARY not in "".join(path.read_text() for path in town.folder.iterdir())
    for secret in (CANARY, SECRET, TOKEN):
        assert secret not in str(logs) + caplog.text
