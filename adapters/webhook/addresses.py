"""Which addresses a webhook may reach: public ones, and those that an operator has named."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.errors import DeliveryError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

REFUSED = "address_refused"
#: An IPv4 address in the clothes of an IPv6 one, which a gateway would undress (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


def may_reach(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Say whether a webhook may go to an IP address."""
    try:
        found = _plain(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if any(found in network for network in allowed):
        return True
    return _is_public(found)


def looks_literal(host: str) -> bool:
    """Say whether a host is connected to without a look-up of ours, such as “127.1”.

    aiohttp takes for an address whatever has a colon, or digits and dots alone.
    """
    return ":" in host or host.replace(".", "").isdigit()


def _plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, else the address."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        embeds = address.sixtofour or address.teredo or address in _TRANSLATED
        if embeds or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class Guarded(AbstractResolver):
    """Looks names up, and refuses a name as soon as one of its addresses may not be reached.

    The connection is made to the very addresses that were looked at: a name that says something
    else a moment later gains nothing.
    """

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host.

        Raises:
            DeliveryError: one of them may not be reached.
        """
        found = await self._names.resolve(host, port, family)
        if not all(may_reach(one["host"], self._allowed) for one in found):
            raise DeliveryError(REFUSED, permanent=True)
        return found

    async def close(self) -> None:
        """Let go of what looks names up."""
        await self._names.close()
