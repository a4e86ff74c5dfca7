"""Signals as short e-mails, handed to one mail server over TLS alone.

The standard library speaks SMTP well, and blocks: each mail has a thread of its own.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

from bot.errors import DeliveryError
from bot.signals import Sending

MAIL = "mail"
#: A job may take 30 s, and each of a handful of answers may take this long.
PATIENCE_SECONDS = 8
TEXT = (
    "{number} needs somebody: {event}. Severity {severity}, state {state}, at {at} UTC.\n\n"
    "Please open Parley in Slack or Teams; whoever may read {number} finds it there. "
    "This message says no more on purpose. Nobody reads answers to it.\n"
)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server, and from whom and to whom e-mail goes."""

    host: str
    port: int
    sender: str
    readers: tuple[str, ...]
    is_tls_at_once: bool = False  #: otherwise the server must offer STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None


class MailOutlet:
    """Mails each signal to everybody who is named in the settings."""

    name = MAIL

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def tell(self, sending: Sending) -> None:
        """Hand an e-mail to the server.

        Raises:
            DeliveryError: it was not taken; for good when the server says so by a code of 5….
        """
        await asyncio.to_thread(self._send, _written(sending, self._settings))

    async def check(self) -> None:
        """Sign in to the server, and send nothing.

        Raises:
            DeliveryError: that is not possible.
        """
        await asyncio.to_thread(self._send, None)

    def _send(self, mail: EmailMessage | None) -> None:
        own = self._settings
        with _in_our_words(), self._connected() as server:
            if own.user:
                server.login(own.user, own.password)
            if mail is None:
                return
            # Those who have it already know it by its Message-ID when it comes again.
            if refused := server.send_message(mail, own.sender, own.readers):
                raise smtplib.SMTPRecipientsRefused(refused)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connect over TLS, with a certificate that is verified; there is no other way."""
        own = self._settings
        trusted = ssl.create_default_context(cafile=own.ca_file)
        if own.is_tls_at_once:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                own.host, own.port, timeout=PATIENCE_SECONDS, context=trusted
            )
        else:
            server = smtplib.SMTP(own.host, own.port, timeout=PATIENCE_SECONDS)
        with server:
            if not own.is_tls_at_once:
                server.starttls(context=trusted)
            yield server


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Say by a code what went wrong, without the server's words: they may hold addresses.

    Raises:
        DeliveryError: something did.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise _refusal(min(codes, default=0)) from None
    except smtplib.SMTPResponseException as refused:
        raise _refusal(refused.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise DeliveryError("server_without_tls_or_sign_in", permanent=True) from None
    except ssl.SSLError:
        raise DeliveryError("certificate_refused") from None
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError("unreachable") from error


def _refusal(code: int) -> DeliveryError:
    return DeliveryError(f"smtp_{code}", permanent=code // 100 == 5)  # noqa: PLR2004  # RFC 5321


def _written(sending: Sending, own: MailSettings) -> EmailMessage:
    signal, at = sending.signal, sending.happened
    mail = EmailMessage()
    mail["Subject"] = f"[{signal.severity}] {signal.number}: {signal.event}"
    mail["From"], mail["To"] = own.sender, ", ".join(own.readers)
    mail["Date"] = format_datetime(at)
    # The same for each try: a mail program shows what arrived twice once.
    mail["Message-ID"] = f"<{sending.id}@{own.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of a machine comes back
    mail.set_content(
        TEXT.format(
            number=signal.number,
            event=signal.event,
            severity=signal.severity,
            state=signal.state,
            at=f"{at:%Y-%m-%d %H:%M}",
        )
    )
    return mail
