"""To whom our token may be shown: exact hosts, since anyone can register a name under a suffix."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

#: No user, no query, nothing encoded: addresses that every library reads alike.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+)(:[0-9]{1,5})?(?:/[a-z0-9._~/-]*)?", re.IGNORECASE)
MOST_CHARACTERS = 2048


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Say whether *url* leads to one of *hosts*, each a name, with its port if it has one.

    Only to this machine may a token travel unencrypted.
    """
    address = _ADDRESS.fullmatch(url)
    if address is None or len(url) > MOST_CHARACTERS:
        return False
    scheme, name, port = address[1].lower(), address[2].lower(), address[3] or ""
    return f"{name}{port}" in hosts and (scheme == "https" or _is_loopback(name))


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
