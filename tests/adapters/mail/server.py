"""A mail server on this machine: real TLS, a certificate of its own, and one thread."""

import base64
import socket
import socketserver
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.mail.outlet import MailSettings

LOOPBACK = "127.0.0.1"
SENDER, READERS = "parley@example.com", ("oncall@example.com", "head@example.com")
USER, PASSWORD = "parley", "a password for tests"


@dataclass
class MailServer:
    """Keeps what it is handed; *refusals* answer the next commands of a verb."""

    port: int = 0
    ca_file: str = ""
    is_tls_at_once: bool = False
    offers_tls: bool = True
    mails: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    refusals: dict[str, deque[str]] = field(default_factory=dict)

    def settings(self, *, user: str = "", password: str = "") -> MailSettings:
        """Return what leads here."""
        return MailSettings(
            *(LOOPBACK, self.port, SENDER, READERS),
            is_tls_at_once=self.is_tls_at_once,
            user=user,
            password=password,
            ca_file=self.ca_file,
        )


class _Session(socketserver.StreamRequestHandler):
    """One conversation, as RFC 5321 has it; it says what it was told in clear as well."""

    timeout = 10
    server: "_Listener"

    def handle(self) -> None:
        own = self.server.own
        self.is_secret = False
        if own.is_tls_at_once:
            self._encrypt()
        self._say("220 mail.example.com")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            own.heard.append(verb if self.is_secret else f"{verb} in clear")
            if verb == "QUIT":
                self._say("221 bye")
                return
            self._answer(verb, line)

    def _answer(self, verb: str, line: str) -> None:
        own = self.server.own
        if own.refusals.get(verb):
            self._say(own.refusals[verb].popleft())
        elif verb == "EHLO":
            self._greet()
        elif verb == "STARTTLS":
            self._say("220 go on")
            self._encrypt()
        elif verb == "AUTH":
            given = base64.b64decode(line.split()[2]).decode()
            self._say("235 yes" if given == f"\0{USER}\0{PASSWORD}" else "535 no")
        elif verb == "DATA":
            self._say("354 go on")
            own.mails.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
            self._say("250 taken")
        else:
            self._say("250 fine")

    def _greet(self) -> None:
        can_encrypt = self.server.own.offers_tls and not self.is_secret
        self._say("250-mail.example.com\r\n250-AUTH PLAIN")
        self._say("250 STARTTLS" if can_encrypt else "250 HELP")

    def finish(self) -> None:
        for end in (self.rfile, self.wfile, self.connection):
            with suppress(OSError):
                end.close()

    def _encrypt(self) -> None:
        self.rfile.close()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.is_secret = True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Listener(socketserver.ThreadingTCPServer):
    # Each conversation is over, with its sockets closed, before the test is.
    daemon_threads = False

    def __init__(self, own: MailServer, tls: ssl.SSLContext) -> None:
        self.own, self.tls = own, tls
        super().__init__((LOOPBACK, 0), _Session)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a client go away, as one does that does not trust us."""


@contextmanager
def serving(folder: Path, server: MailServer) -> Iterator[MailServer]:
    """Run a mail server."""
    certificate, key = _certificate(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with _Listener(server, tls) as listener:
        server.port = int(listener.server_address[1])
        server.ca_file = str(certificate)
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        listener.shutdown()
        thread.join()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.com")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
