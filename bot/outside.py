"""How the ways out are written in the settings: networks, the webhook's secret, the mail server."""

from __future__ import annotations

import re
from base64 import b64decode
from ipaddress import IPv4Network, IPv6Network, ip_network

#: As Standard Webhooks has it: the key in base64, of so many bytes.
PREFIX = "whsec_"
KEY_BYTES = range(24, 65)
#: TLS from the first byte on, and TLS that is asked for first.
PORTS = {"smtps": 465, "smtp": 587}
_SERVER = re.compile(r"(smtps?)://([a-z0-9.-]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def listed(names: str | None) -> list[str]:
    """Return what stands between commas."""
    return [name for name in (names or "").replace(" ", "").split(",") if name]


def networks(named: str | None) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks between commas.

    Raises:
        ValueError: something there is none.
    """
    try:
        return tuple(ip_network(one) for one in listed(named))
    except ValueError:
        raise ValueError("write networks such as 10.20.0.0/16, comma-separated.") from None


def webhook_key(secret: str) -> bytes:
    """Return the key that a secret holds.

    Raises:
        ValueError: no receiver could verify with it.
    """
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(PREFIX) or len(key) not in KEY_BYTES:
        raise ValueError(
            f"PARLEY_WEBHOOK_SECRET: write {PREFIX} and 24 to 64 random bytes in base64, "
            "the same that the receiver has."
        )
    return key


def mail_server(written: str) -> tuple[str, str, int]:
    """Return how a mail server is spoken to, its name and its port.

    Raises:
        ValueError: it is none; both ways of naming one encrypt.
    """
    found = _SERVER.fullmatch(written)
    if found is None:
        raise ValueError("write the server as smtp://mail.example.com or smtps://….")
    scheme, host, port = found.groups()
    return scheme.lower(), host.lower(), int(port or PORTS[scheme.lower()])


def mail_addresses(written: str | None) -> tuple[str, ...]:
    """Return the addresses between commas.

    Raises:
        ValueError: no mail server would take one of them.
    """
    for address in listed(written):
        if not _ADDRESS.fullmatch(address):
            raise ValueError(f"write {address!r} as an address, such as oncall@example.com.")
    return tuple(listed(written))
