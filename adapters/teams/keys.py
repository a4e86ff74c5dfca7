"""The keys with which Teams signs: fetched off the hot path, by one fetch at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm
from pydantic import BaseModel, ValidationError

from bot.wire import Json, Reason, Refused, read_json

log = structlog.get_logger()

FETCH_SECONDS = 3.0
#: Older keys are fetched again, beside the requests that go on with the old ones: the issuer
#: publishes a key some days before it signs with it.
FRESH_SECONDS = 3600.0
#: How often a token with an unknown key makes us ask for new keys; anyone can make up such a token.
SURPRISE_SECONDS = 300.0
#: How long the issuer is left alone after it failed.
RETRY_SECONDS = 5.0
SHORTEST_KEY = 2048  #: bits
LARGEST_DOCUMENT = 1024 * 1024  #: bytes
HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels that it may sign for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class _Published(BaseModel):
    """One entry of the issuer's key set, as far as it is used."""

    kid: str
    kty: Literal["RSA"]
    n: str
    e: str
    endorsements: tuple[str, ...] = ()


class Unusable(Exception):
    """The issuer answers something else than its keys."""


class Keys:
    """The issuer's keys by their ids; while it is down the old ones stay good."""

    def __init__(
        self,
        metadata_url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        fetch_seconds: float = FETCH_SECONDS,
    ) -> None:
        self._metadata_url = metadata_url
        self._clock = clock
        self._fetch_seconds = fetch_seconds
        self._keys: dict[str, Key] = {}
        self._fetched_at = -inf
        self._failed_at = -inf
        self._surprised_at = -inf
        self._fetching: asyncio.Task[bool] | None = None

    def prepare(self) -> None:
        """Begin to fetch the keys, so that the first request finds them here."""
        self._begin()

    async def close(self) -> None:
        """Stop fetching."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def find(self, id: str) -> Key:
        """Return the key of that id.

        Raises:
            Refused: the issuer has no such key, or cannot be asked.
        """
        known = self._keys.get(id)
        if known is None:
            return await self._look_for(id)
        if self._clock() - self._fetched_at > FRESH_SECONDS and not self._has_just_failed():
            self._begin()
        return known

    async def _look_for(self, id: str) -> Key:
        now = self._clock()
        if self._keys and now - self._surprised_at < SURPRISE_SECONDS:
            raise Refused(Reason.SIGNATURE)
        if self._has_just_failed():
            raise Refused(Reason.KEYS)
        had_some = bool(self._keys)
        # Others wait for the same fetch: whoever gives up must not end it.
        if not await asyncio.shield(self._begin()):
            raise Refused(Reason.KEYS)
        if had_some:
            self._surprised_at = now
        if id not in self._keys:
            raise Refused(Reason.SIGNATURE)
        return self._keys[id]

    def _has_just_failed(self) -> bool:
        return self._clock() - self._failed_at < RETRY_SECONDS

    def _begin(self) -> asyncio.Task[bool]:
        """Return the fetch that is under way, or a new one."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> bool:
        """Say whether the issuer's present keys are here now."""
        try:
            async with (
                asyncio.timeout(self._fetch_seconds),
                ClientSession(timeout=ClientTimeout(total=self._fetch_seconds)) as session,
            ):
                metadata = await _document(session, self._metadata_url)
                keys = _read(await _document(session, self._address(metadata)))
        except (ClientError, OSError, TimeoutError, Refused, Unusable, ValueError) as error:
            log.warning("signing_keys_not_fetched", platform="teams", error=type(error).__name__)
            self._failed_at = self._clock()
            return False
        self._keys = keys
        self._fetched_at = self._clock()
        return True

    def _address(self, metadata: Json) -> str:
        """Return where the keys are; what was fetched encrypted leads to nothing that is not."""
        address = str(metadata.get("jwks_uri"))
        if urlsplit(address).scheme not in {"https", urlsplit(self._metadata_url).scheme}:
            raise Unusable
        return address


async def _document(session: ClientSession, url: str) -> Json:
    async with session.get(url, allow_redirects=False) as response:
        if response.status != HTTP_OK:
            raise Unusable
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > LARGEST_DOCUMENT:
                raise Unusable
    return read_json(bytes(body))


def _read(document: Json) -> dict[str, Key]:
    """Return the keys in a key set; what is no RSA key of a good length is left out.

    Raises:
        Unusable: there is none.
    """
    entries = document.get("keys")
    if not isinstance(entries, list):
        raise Unusable
    keys: dict[str, Key] = {}
    for entry in entries:
        try:
            published = _Published.model_validate(entry)
            public = RSAAlgorithm.from_jwk({"kty": "RSA", "n": published.n, "e": published.e})
        except (ValidationError, PyJWTError, ValueError):
            continue
        if isinstance(public, RSAPublicKey) and public.key_size >= SHORTEST_KEY:
            keys[published.kid] = Key(public, frozenset(published.endorsements))
    if not keys:
        raise Unusable
    return keys
