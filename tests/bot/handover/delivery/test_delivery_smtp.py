"""Mail against a real SMTP server: what is in it, what protects it, and what each refusal means."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from certificates import Certificate

from bot.handover.delivery.parcel import GiveUpError, Parcel, TryAgainError
from bot.handover.delivery.secure_http import trust
from bot.handover.delivery.smtp import MailServer, Smtp, message_id
from bot.handover.document import HandoverDocument, Reporter, Urgency

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
USER, PASSWORD = "rits", "geheim-wachtwoord"
Make = Callable[..., Parcel]


class Mailbox:
    """Keeps what is handed in, and answers what a test wants at each step."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.tls: list[bool] = []
        self.logins: list[str] = []
        self.at_recipient = "250 OK"
        self.at_data = "250 OK"
        self.hang_up_after_data = False

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            self.raw.append(envelope.content)
            self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
            self.recipients = envelope.rcpt_tos
            self.tls.append(session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None)
        if self.hang_up_after_data:
            server.transport.abort()
        return self.at_data

    def login(self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data.login.decode())
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@contextmanager
def serving(mailbox: Mailbox, kind: str, certificate: Certificate, *, login: bool = False) -> Iterator[int]:
    """`none`, `starttls` or `tls`, on a free port of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    options: dict[str, Any] = {"authenticator": mailbox.login, "auth_required": True} if login else {}
    if kind == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    elif login:
        options |= {"auth_require_tls": False}
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="localhost",
        port=port,
        ssl_context=context if kind == "tls" else None,
        ready_timeout=5,
        **options,
    )
    # The controller's own first connection would not trust our certificate; a knock on the door will do.
    controller._trigger_server = lambda: socket.create_connection(("localhost", port)).close()  # type: ignore
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def a_mailer(port: int, security: Any, *, ca: Certificate | None = None, content: Any = "link", **changes: Any) -> Smtp:
    context = trust(str(ca.certificate) if ca else "")
    return Smtp(
        MailServer("localhost", port, security, timeout_s=5.0, **changes),
        sender="rits@gemeente.example",
        recipients=("{team}@gemeente.example",),
        content=content,
        link=lambda reference: f"https://rits.example/team/bericht/{reference}",
        trust=lambda: context,
        clock=lambda: NOW,
    )


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_arrives_and_holds_nothing_of_the_person(
    mailbox: Mailbox,
    certificate: Certificate,
    a_parcel: Make,
    a_document: Callable[..., HandoverDocument],
    security: str,
) -> None:
    told = a_document(reporter=Reporter(name="Sanne"), urgency=Urgency(level="now", reason="gevaar"))
    with serving(mailbox, security, certificate) as port:
        a_mailer(port, security, ca=certificate).deliver(a_parcel(document=told))
    (mail,) = mailbox.mails
    assert mailbox.recipients == ["voorbeeldgemeente@gemeente.example"]
    assert mail["Subject"] == "Nieuw bericht R-7K3-M9Q"
    assert "https://rits.example/team/bericht/R-7K3-M9Q" in mail.get_content()
    assert mail["Message-ID"] == message_id("R-7K3-M9Q:created:test", "rits@gemeente.example")
    whole = mailbox.raw[0].decode() + mail.get_content()
    for word in ("Sanne", "slaapt", "verhuizing", "0612345678", "gevaar"):
        assert word not in whole
    assert mailbox.tls == [security != "none"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_whole_goes_over_checked_encryption(
    mailbox: Mailbox, certificate: Certificate, a_parcel: Make, security: str
) -> None:
    with serving(mailbox, security, certificate) as port:
        a_mailer(port, security, ca=certificate, content="full").deliver(a_parcel())
    assert "slaapt slecht" in " ".join(mailbox.mails[0].get_content().split())
    assert mailbox.tls == [True]


@pytest.mark.parametrize(("offered", "asked"), [("none", "none"), ("none", "starttls")])
def test_the_whole_never_goes_in_the_open(
    mailbox: Mailbox, certificate: Certificate, a_parcel: Make, offered: str, asked: str
) -> None:
    with serving(mailbox, offered, certificate) as port:
        with pytest.raises(GiveUpError, match="no_tls"):
            a_mailer(port, asked, ca=certificate, content="full").deliver(a_parcel())
    assert mailbox.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("fault", ["unknown", "foreign"])
def test_a_certificate_that_is_not_right_gets_nothing(
    mailbox: Mailbox,
    certificate: Certificate,
    foreign_certificate: Certificate,
    a_parcel: Make,
    security: str,
    fault: str,
) -> None:
    shown = certificate if fault == "unknown" else foreign_certificate
    trusted = None if fault == "unknown" else foreign_certificate
    with serving(mailbox, security, shown) as port:
        with pytest.raises(GiveUpError, match="no_tls"):
            a_mailer(port, security, ca=trusted, content="full").deliver(a_parcel())
        with pytest.raises(TryAgainError, match="certificate"):
            a_mailer(port, security, ca=trusted).deliver(a_parcel())
    assert mailbox.mails == []


def test_encryption_that_is_not_offered_is_not_done_without(
    mailbox: Mailbox, certificate: Certificate, a_parcel: Make
) -> None:
    """Also for a mail without content: the password would go in the open."""
    with serving(mailbox, "none", certificate) as port:
        with pytest.raises(GiveUpError, match="no_tls"):
            a_mailer(port, "starttls", user=USER, password=PASSWORD).deliver(a_parcel())
    assert (mailbox.mails, mailbox.logins) == ([], [])


def test_signing_in(mailbox: Mailbox, certificate: Certificate, a_parcel: Make) -> None:
    with serving(mailbox, "starttls", certificate, login=True) as port:
        a_mailer(port, "starttls", ca=certificate, user=USER, password=PASSWORD).deliver(a_parcel())
        with pytest.raises(GiveUpError, match="smtp_535"):
            a_mailer(port, "starttls", ca=certificate, user=USER, password="fout").deliver(a_parcel())
        with pytest.raises(GiveUpError, match="smtp_530"):
            a_mailer(port, "starttls", ca=certificate).deliver(a_parcel())
    assert len(mailbox.mails) == 1
    assert PASSWORD not in repr(MailServer("h", 25, password=PASSWORD))


def test_a_password_for_a_server_that_asks_none(mailbox: Mailbox, certificate: Certificate, a_parcel: Make) -> None:
    with serving(mailbox, "tls", certificate) as port:
        with pytest.raises(GiveUpError, match="no_login"):
            a_mailer(port, "tls", ca=certificate, user=USER, password=PASSWORD).deliver(a_parcel())


@pytest.mark.parametrize("step", ["at_recipient", "at_data"])
@pytest.mark.parametrize(("answer", "kind"), [("451 later", TryAgainError), ("550 no", GiveUpError)])
def test_later_and_never(
    mailbox: Mailbox, certificate: Certificate, a_parcel: Make, step: str, answer: str, kind: type[Exception]
) -> None:
    setattr(mailbox, step, answer)
    with serving(mailbox, "none", certificate) as port:
        with pytest.raises(kind, match=f"^smtp_{answer[:3]}$"):
            a_mailer(port, "none").deliver(a_parcel())
    assert mailbox.mails == []


def test_a_repeat_has_the_same_number(mailbox: Mailbox, certificate: Certificate, a_parcel: Make) -> None:
    """The answer was lost: it arrives twice, and a mail server can see that it is the same."""
    mailbox.hang_up_after_data = True
    with serving(mailbox, "none", certificate) as port:
        with pytest.raises(TryAgainError, match="cut_off"):
            a_mailer(port, "none").deliver(a_parcel())
        mailbox.hang_up_after_data = False
        a_mailer(port, "none").deliver(a_parcel())
        a_mailer(port, "none").deliver(a_parcel("changed"))
    first, second, other = (mail["Message-ID"] for mail in mailbox.mails)
    assert first == second != other


def test_a_withdrawal_is_mailed_without_content(mailbox: Mailbox, certificate: Certificate, a_parcel: Make) -> None:
    with serving(mailbox, "tls", certificate) as port:
        a_mailer(port, "tls", ca=certificate, content="full").deliver(a_parcel("withdrawn"))
    assert "ingetrokken" in mailbox.mails[0]["Subject"]


def test_a_server_that_hangs_or_is_not_there(a_parcel: Make) -> None:
    with socket.create_server(("localhost", 0)) as silent:
        slow = Smtp(
            MailServer("localhost", silent.getsockname()[1], "none", timeout_s=0.2),
            sender="rits@gemeente.example",
            recipients=("team@gemeente.example",),
            content="link",
            link=str,
            trust=lambda: trust(""),
            clock=lambda: NOW,
        )
        with pytest.raises(TryAgainError, match="timeout"):
            slow.deliver(a_parcel())
    with pytest.raises(TryAgainError, match="unreachable"):
        a_mailer(9, "none").deliver(a_parcel())
    with pytest.raises(TryAgainError, match="unreachable"):
        a_mailer(9, "tls").deliver(a_parcel())


def test_a_goodbye_that_fails_does_not_send_it_again(
    mailbox: Mailbox, certificate: Certificate, a_parcel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", lost)
    with serving(mailbox, "none", certificate) as port:
        a_mailer(port, "none").deliver(a_parcel())
    assert len(mailbox.mails) == 1
