"""What comes with a request: a token that Teams signed for us, and for what it vouches."""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from jwt import PyJWS, PyJWTError
from jwt.algorithms import RSAAlgorithm
from pydantic import BaseModel, ConfigDict, ValidationError

from adapters.teams.keys import Key, Keys
from bot.wire import Reason, Refused, read_json

#: How far the issuer's clock and ours may differ.
SKEW_SECONDS = 300
#: Teams sends a token again and again for an hour; each of its servers may have one of its own.
PROVEN_KEPT = 256

PUBLIC_ISSUER = "https://api.botframework.com"
GOVERNMENT_ISSUER = "https://api.botframework.us"
GOVERNMENT_METADATA_HOST = "login.botframework.azure.us"

_BEARER = re.compile(r"Bearer ([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII)
_JWS = PyJWS()
_RS256 = RSAAlgorithm(RSAAlgorithm.SHA256)


class _Part(BaseModel):
    """A part of a token; everything that is named must be there."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Header(_Part):
    """How a token is signed; a token that says "none", or takes a key for a secret, is none."""

    alg: Literal["RS256"]
    kid: str


class Claims(_Part):
    """What a token says."""

    iss: str
    aud: str
    exp: float
    nbf: float
    serviceurl: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """For what a good token vouches: one service URL, and the channels of its key."""

    service_url: str
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Token:
    """A token taken apart."""

    key_id: str
    claims: Claims
    signed: bytes
    signature: bytes


class Proven:
    """Tokens whose signatures were found good, and by which keys; forged ones leave no trace.

    A token is kept as its digest: nobody could use what stands here.
    """

    def __init__(self) -> None:
        self._tokens: OrderedDict[bytes, tuple[_Token, Key]] = OrderedDict()

    def find(self, digest: bytes) -> tuple[_Token | None, Key | None]:
        """Return a token and the key that it was proven by."""
        return self._tokens.get(digest, (None, None))

    def keep(self, digest: bytes, token: _Token, key: Key) -> None:
        """Remember a good token, in place of the oldest where there are many."""
        self._tokens[digest] = (token, key)
        while len(self._tokens) > PROVEN_KEPT:
            self._tokens.popitem(last=False)


class Verifier:
    """Tells tokens that Teams made for our app from all others."""

    def __init__(
        self, app_id: str, issuer: str, keys: Keys, *, now: Callable[[], float] = time.time
    ) -> None:
        if not app_id.strip():
            raise ValueError("Without an app id any token would do. Set PARLEY_TEAMS_APP_ID.")
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._now = now
        self._proven = Proven()

    async def verify(self, authorization: str) -> Vouched:
        """Return what the token in an `Authorization` header vouches for.

        Raises:
            Refused: it is none of Teams', not for us, or of another time; or nobody can say.
        """
        bearer = _BEARER.fullmatch(authorization)
        if bearer is None:
            raise Refused(Reason.SIGNATURE)
        digest = hashlib.sha256(bearer[1].encode()).digest()
        known, proven_by = self._proven.find(digest)
        token = known or _parsed(bearer[1])
        # Whoever wrote the claims, only good ones are worth a look at the keys.
        self._check(token.claims)
        key = await self._keys.find(token.key_id)
        if key is not proven_by:
            if not _RS256.verify(token.signed, key.public, token.signature):
                raise Refused(Reason.SIGNATURE)
            self._proven.keep(digest, token, key)
        return Vouched(token.claims.serviceurl, key.endorsements)

    def _check(self, claims: Claims) -> None:
        if claims.iss != self._issuer:
            raise Refused(Reason.SIGNATURE)
        if claims.aud != self._app_id:
            raise Refused(Reason.AUDIENCE)
        if not claims.nbf - SKEW_SECONDS <= self._now() <= claims.exp + SKEW_SECONDS:
            raise Refused(Reason.STALE)


def issuer_of(metadata_url: str) -> str:
    """Return who signs for the cloud whose metadata stand at *metadata_url*."""
    if urlsplit(metadata_url).hostname == GOVERNMENT_METADATA_HOST:
        return GOVERNMENT_ISSUER
    return PUBLIC_ISSUER


def _parsed(token: str) -> _Token:
    """Return a token's parts, of which nothing is proven yet.

    Raises:
        Refused: it is no token, or not one that is signed as Teams signs.
    """
    try:
        parts = _JWS.decode_complete(token, options={"verify_signature": False})
        header = _Header.model_validate(parts["header"])
        claims = Claims.model_validate(read_json(parts["payload"]))
    except (PyJWTError, ValidationError, Refused):
        raise Refused(Reason.SIGNATURE) from None
    signed, _, _ = token.rpartition(".")
    return _Token(header.kid, claims, signed.encode(), parts["signature"])
