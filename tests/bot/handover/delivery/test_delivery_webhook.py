"""A webhook against a real HTTP server: what the receiver can check, and what each kind of failure means."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from certificates import Certificate
from hypothesis import given
from hypothesis import strategies as st
from loopback import Answer, Loopback, Request

from bot.errors import SettingsError
from bot.handover.delivery.parcel import GiveUpError, Parcel, TryAgainError
from bot.handover.delivery.secure_http import checked_url, open_client, retry_after
from bot.handover.delivery.signature import WINDOW_SECONDS, sign, verify
from bot.handover.delivery.webhook import Webhook

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
NEW, OLD = "nieuw-geheim-van-de-gemeente", "oud-geheim-van-de-gemeente"
Make = Callable[..., Parcel]


class Receiver:
    """As a municipality would make it: checks the signature and keeps one message a key."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, object]] = {}
        self.seen: list[Request] = []
        self.answers: list[Answer | None] = []

    def respond(self, request: Request) -> Answer | None:
        self.seen.append(request)
        headers = request.headers
        signed = verify(
            [OLD, NEW],
            timestamp=headers["rits-timestamp"],
            signature=headers["rits-signature"],
            body=request.body,
            now=NOW.timestamp() + 2,
        )
        if not signed:
            return Answer(401)
        answer = self.answers.pop(0) if self.answers else Answer(204)
        if answer is None or answer.status < 300:
            self.kept[headers["idempotency-key"]] = json.loads(request.body)
        return answer


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def url(receiver: Receiver) -> Iterator[str]:
    with Loopback(receiver.respond) as served:
        yield served.url + "/rits"


def a_webhook(url: str, *, secrets: tuple[str, ...] = (NEW,), timeout: float = 5.0, ca_file: str = "") -> Webhook:
    return Webhook(url, secrets, client=open_client(ca_file, timeout), clock=lambda: NOW)


@pytest.fixture
def webhook(url: str) -> Iterator[Webhook]:
    made = a_webhook(url)
    yield made
    made.close()


def test_the_receiver_gets_the_document_and_can_check_it(receiver: Receiver, webhook: Webhook, a_parcel: Make) -> None:
    webhook.deliver(a_parcel())
    (kept,) = receiver.kept.values()
    assert (kept["event"], kept["reference"], kept["team"]) == ("handover.created", "R-7K3-M9Q", "voorbeeldgemeente")
    assert kept["key"] == receiver.seen[0].headers["idempotency-key"]
    assert "slaapt slecht" in str(kept["handover"])
    assert receiver.seen[0].headers["content-type"] == "application/json"


def test_a_withdrawal_says_so_without_a_document(receiver: Receiver, webhook: Webhook, a_parcel: Make) -> None:
    webhook.deliver(a_parcel("withdrawn"))
    (kept,) = receiver.kept.values()
    assert (kept["event"], kept["handover"]) == ("handover.withdrawn", None)


@pytest.mark.parametrize("secrets", [(NEW,), (OLD,), (NEW, OLD)])
def test_a_secret_can_be_replaced_without_a_gap(receiver: Receiver, url: str, a_parcel: Make, secrets: tuple) -> None:
    webhook = a_webhook(url, secrets=secrets)
    webhook.deliver(a_parcel())
    assert len(receiver.kept) == 1
    webhook.close()


def test_an_answer_that_was_lost_is_sent_again_and_kept_once(
    receiver: Receiver, webhook: Webhook, a_parcel: Make
) -> None:
    receiver.answers = [None, Answer(204)]
    with pytest.raises(TryAgainError, match="cut_off"):
        webhook.deliver(a_parcel())
    webhook.deliver(a_parcel())
    assert (len(receiver.seen), len(receiver.kept)) == (2, 1)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_busy_and_broken_are_tried_again(receiver: Receiver, webhook: Webhook, a_parcel: Make, status: int) -> None:
    receiver.answers = [Answer(status)]
    with pytest.raises(TryAgainError, match=f"^http_{status}$"):
        webhook.deliver(a_parcel())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 413, 422])
def test_what_is_refused_is_for_a_person(receiver: Receiver, webhook: Webhook, a_parcel: Make, status: int) -> None:
    receiver.answers = [Answer(status)]
    with pytest.raises(GiveUpError, match=f"^http_{status}$"):
        webhook.deliver(a_parcel())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_follows_a_redirect(
    receiver: Receiver, webhook: Webhook, a_parcel: Make, url: str, status: int
) -> None:
    receiver.answers = [Answer(status, headers={"Location": url})]
    with pytest.raises(GiveUpError, match="redirected"):
        webhook.deliver(a_parcel())
    assert len(receiver.seen) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [("120", timedelta(seconds=120)), ("Mon, 23 Nov 2026 09:10:00 GMT", timedelta(minutes=10)), ("straks", None)],
)
def test_how_long_to_wait_is_heard(
    receiver: Receiver, webhook: Webhook, a_parcel: Make, header: str, wait: timedelta | None
) -> None:
    receiver.answers = [Answer(429, headers={"Retry-After": header})]
    with pytest.raises(TryAgainError) as caught:
        webhook.deliver(a_parcel())
    assert caught.value.retry_after == wait


@pytest.mark.parametrize("header", ["99999999", "Sat, 01 Jan 2400 00:00:00 GMT"])
def test_nobody_waits_longer_than_a_day(header: str) -> None:
    assert retry_after(header, NOW) == timedelta(hours=24)


@given(header=st.text())
def test_any_wait_is_read_or_left(header: str) -> None:
    found = retry_after(header, NOW)
    assert found is None or timedelta(0) <= found <= timedelta(hours=24)


def test_too_slow_is_tried_again(receiver: Receiver, url: str, a_parcel: Make) -> None:
    receiver.answers = [Answer(delay=0.6)]
    webhook = a_webhook(url, timeout=0.2)
    with pytest.raises(TryAgainError, match="timeout"):
        webhook.deliver(a_parcel())
    webhook.close()


def test_an_endless_answer_is_not_read(a_parcel: Make) -> None:
    """The status counts; gigabytes after it are left where they are."""
    sent = threading.Event()
    with socket.create_server(("localhost", 0)) as listening:

        def pour() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")
                try:
                    while True:
                        connection.sendall(b"x" * 65536)
                except OSError:
                    sent.set()

        threading.Thread(target=pour, daemon=True).start()
        webhook = a_webhook(f"http://localhost:{listening.getsockname()[1]}/")
        webhook.deliver(a_parcel())
        assert sent.wait(5)  # we hung up
        webhook.close()


def test_nobody_there_is_tried_again(a_parcel: Make) -> None:
    webhook = a_webhook("http://localhost:9/")
    with pytest.raises(TryAgainError, match="unreachable"):
        webhook.deliver(a_parcel())
    webhook.close()


def _tls(certificate: Certificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    return context


def test_https_with_a_certificate_that_is_trusted(receiver: Receiver, a_parcel: Make, certificate: Certificate) -> None:
    with Loopback(receiver.respond, context=_tls(certificate)) as served:
        webhook = a_webhook(served.url, ca_file=str(certificate.certificate))
        webhook.deliver(a_parcel())
        webhook.close()
    assert len(receiver.kept) == 1


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_that_is_not_right_gets_nothing(
    receiver: Receiver, a_parcel: Make, certificate: Certificate, foreign_certificate: Certificate, trusted: bool
) -> None:
    """Not trusted, or trusted but made for another name."""
    shown = foreign_certificate if trusted else certificate
    with Loopback(receiver.respond, context=_tls(shown)) as served:
        webhook = a_webhook(served.url, ca_file=str(shown.certificate) if trusted else "")
        with pytest.raises(TryAgainError, match="certificate"):
            webhook.deliver(a_parcel())
        webhook.close()
    assert receiver.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "zomaar",
        "ftp://gemeente.nl/x",
        "http://gemeente.nl/rits",
        "http://localhost.gemeente.nl/",
        "https://naam:geheim@gemeente.nl/",
        "https:///rits",
        "http://[::",
    ],
)
def test_an_address_that_will_not_do_is_said_at_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="RITS_WEBHOOK_URL") as caught:
        checked_url("RITS_WEBHOOK_URL", url)
    assert "geheim" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://gemeente.nl/rits", "http://localhost:8000/", "http://127.0.0.1/", "http://[::1]/"]
)
def test_https_and_this_machine_will_do(url: str) -> None:
    assert checked_url("RITS_WEBHOOK_URL", url) == url


def test_nothing_secret_in_what_is_printed(webhook: Webhook) -> None:
    assert NEW not in repr(webhook) + str(webhook)


BODY = b'{"event":"handover.created"}'


def checked(**changes: object) -> bool:
    moment = int(NOW.timestamp())
    given_: dict[str, object] = {
        "timestamp": str(moment),
        "signature": sign([NEW], moment, BODY),
        "body": BODY,
        "now": float(moment),
    }
    return verify([NEW], **{**given_, **changes})  # type: ignore[arg-type]


def test_what_was_signed_is_accepted_within_the_window() -> None:
    assert checked()
    for away in (-WINDOW_SECONDS, WINDOW_SECONDS):
        assert checked(now=NOW.timestamp() + away)
        assert not checked(now=NOW.timestamp() + away + (1 if away > 0 else -1))


@pytest.mark.parametrize(
    "changes",
    [
        {"body": BODY + b" "},
        {"signature": "v1=00"},
        {"signature": ""},
        {"signature": "v0=" + "0" * 64},
        {"signature": "v1=é"},
        {"signature": "v1=" + "0" * 5000},
        {"timestamp": "1"},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "²"},
        {"timestamp": "9" * 400},
        {"signature": sign([OLD], int(NOW.timestamp()), BODY)},
        {"timestamp": str(int(NOW.timestamp()) + 1)},
    ],
)
def test_what_was_not_signed_is_refused(changes: dict[str, object]) -> None:
    assert not checked(**changes)


@given(body=st.binary(max_size=200), other=st.binary(max_size=200), moment=st.integers(0, 10**10))
def test_a_signature_is_of_one_body_only(body: bytes, other: bytes, moment: int) -> None:
    signature = sign([NEW, OLD], moment, body)
    for secret in (NEW, OLD):
        found = verify([secret], timestamp=str(moment), signature=signature, body=other, now=moment)
        assert found == (body == other)


def test_the_file_can_be_copied_as_it_is() -> None:
    """It imports nothing but the standard library."""
    import bot.handover.delivery.signature as module

    source = open(module.__file__, encoding="utf-8").read()
    assert "bot" not in [line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith("from ")]
