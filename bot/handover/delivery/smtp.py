"""Mails the team. By default only that there is something to read and where; in full only over checked encryption."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from bot.handover.delivery.parcel import GiveUpError, Parcel, TryAgainError
from bot.handover.rendering.email import Mail, full, notice

Security = Literal["starttls", "tls", "none"]
Content = Literal["link", "full"]


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and how that is protected."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 10.0


class Smtp:
    """One mail a parcel. A repeat has the same Message-ID, by which mail servers recognise it."""

    name = "smtp"

    def __init__(
        self,
        server: MailServer,
        *,
        sender: str,
        recipients: tuple[str, ...],
        content: Content,
        link: Callable[[str], str],
        trust: Callable[[], ssl.SSLContext],
        clock: Callable[[], datetime],
    ) -> None:
        self._server = server
        self._sender = sender
        self._recipients = recipients
        self._content = content
        self._link = link
        self._trust = trust
        self._clock = clock

    def deliver(self, parcel: Parcel) -> None:
        mail = self._mail(parcel)
        with failures_as_codes():
            connection = self._connected()
            try:
                self._hand_in(connection, parcel, mail)
            finally:
                # After the mail was taken, a goodbye that fails must not send it again.
                with suppress(OSError, smtplib.SMTPException):
                    connection.quit()
                connection.close()

    def close(self) -> None:
        """Nothing is held: every mail has a connection of its own."""

    def _hand_in(self, connection: smtplib.SMTP, parcel: Parcel, mail: Mail) -> None:
        self._protect(connection)
        if self._server.user:
            connection.login(self._server.user, self._server.password)
        refused = connection.send_message(self._message(parcel, mail))
        if refused:
            # Some got it, some did not: again would double it for the first.
            raise GiveUpError("smtp_some_refused")

    def _connected(self) -> smtplib.SMTP:
        server, name = self._server, self._sender.rpartition("@")[2]
        if server.security != "tls":
            return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=server.timeout_s)
        with self._unverified_means_no_tls():
            return smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=name, timeout=server.timeout_s, context=self._trust()
            )

    def _protect(self, connection: smtplib.SMTP) -> None:
        """Before anything of ours is said. When it must be encrypted and is not, nothing goes."""
        if self._server.security == "starttls":
            connection.ehlo_or_helo_if_needed()
            if not connection.has_extn("starttls"):
                raise GiveUpError("no_tls")
            with self._unverified_means_no_tls():
                connection.starttls(context=self._trust())
        if self._content == "full" and not _is_encrypted(connection):
            raise GiveUpError("no_tls")

    @contextmanager
    def _unverified_means_no_tls(self) -> Iterator[None]:
        try:
            yield
        except ssl.SSLCertVerificationError:
            if self._content == "full":
                raise GiveUpError("no_tls") from None
            raise

    def _mail(self, parcel: Parcel) -> Mail:
        link = self._link(parcel.reference)
        if self._content == "full":
            return full(parcel.event, parcel.reference, link, parcel.document, promised_by=parcel.promised_by)
        return notice(parcel.event, parcel.reference, link, promised_by=parcel.promised_by)

    def _message(self, parcel: Parcel, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = mail.subject
        message["From"] = self._sender
        message["To"] = ", ".join(address.replace("{team}", parcel.team) for address in self._recipients)
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = message_id(parcel.key, self._sender)
        # Keeps "out of office" answers from being sent to us.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body, cte="quoted-printable")
        return message


def message_id(key: str, sender: str) -> str:
    """The same at every try; says nothing about the handover."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


@contextmanager
def failures_as_codes() -> Iterator[None]:
    """4xx and a lost connection pass, 5xx does not. No text of the server goes along."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _by_code(max((code for code, _ in error.recipients.values()), default=550)) from None
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise GiveUpError("no_login") from None
    except smtplib.SMTPException as error:
        # The library makes one kind of both; the reason is behind it.
        raise TryAgainError("timeout" if isinstance(error.__context__, TimeoutError) else "cut_off") from None
    except ssl.SSLCertVerificationError:
        raise TryAgainError("certificate") from None
    except TimeoutError:
        raise TryAgainError("timeout") from None
    except OSError:
        raise TryAgainError("unreachable") from None


def _by_code(code: int) -> TryAgainError | GiveUpError:
    if 500 <= code < 600:
        return GiveUpError(f"smtp_{code}")
    return TryAgainError(f"smtp_{code}" if 400 <= code < 500 else "cut_off")


def _is_encrypted(connection: smtplib.SMTP) -> bool:
    """On the socket itself, and with a certificate that was checked against the name."""
    sock = connection.sock
    if not isinstance(sock, ssl.SSLSocket):
        return False
    return sock.context.verify_mode is ssl.CERT_REQUIRED and sock.context.check_hostname
