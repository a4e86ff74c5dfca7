"""To whom our token may be shown: exact hosts, since anyone can register a name under a suffix."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

#: No user, no query, nothing encoded: addresses that every library reads alike.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+)(:[0-9]{1,5})?(?:/[a-z0-9._~/-]*)?", re.IGNORECASE)
MOST_CHARACTERS = 2048
#: Where Teams keeps files: only tenants have a name there. Such an address is its own ticket.
_FILES = re.compile(
    r"https://[a-z0-9-]{1,63}\.sharepoint(?:-mil)?\.(?:com|us)/[!-~]*", re.IGNORECASE
)


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Say whether *url* leads to one of *hosts*, each a name, with its port if it has one.

    Only to this machine may a token travel unencrypted.
    """
    address = _ADDRESS.fullmatch(url)
    if address is None or len(url) > MOST_CHARACTERS:
        return False
    scheme, name, port = address[1].lower(), address[2].lower(), address[3] or ""
    return f"{name}{port}" in hosts and (scheme == "https" or _is_loopback(name))


def is_file(url: str, hosts: Collection[str]) -> bool:
    """Say whether *url* leads to a file that Teams keeps, or to one on this machine's *hosts*."""
    if len(url) > MOST_CHARACTERS:
        return False
    address, _, _ = url.partition("?")
    is_here = _ADDRESS.fullmatch(address) is not None and _is_loopback(urlsplit(url).hostname or "")
    return _FILES.fullmatch(url) is not None or (is_here and is_allowed(address, hosts))


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
