"""What comes with a request: a token that Teams signed for us, and for what it vouches."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from jwt import PyJWS, PyJWTError
from pydantic import BaseModel, ConfigDict, ValidationError

from adapters.teams.keys import Keys
from bot.wire import Reason, Refused, read_json

ALGORITHM = "RS256"
#: How far the issuer's clock and ours may differ.
SKEW_SECONDS = 300

PUBLIC_ISSUER = "https://api.botframework.com"
GOVERNMENT_ISSUER = "https://api.botframework.us"
GOVERNMENT_METADATA_HOST = "login.botframework.azure.us"

_BEARER = re.compile(r"Bearer ([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII)
_JWS = PyJWS(algorithms=[ALGORITHM])


class Claims(BaseModel):
    """What a token says; every one of these must be there."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

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

    async def verify(self, authorization: str) -> Vouched:
        """Return what the token in an `Authorization` header vouches for.

        Raises:
            Refused: it is none of Teams', not for us, or of another time; or nobody can say.
        """
        bearer = _BEARER.fullmatch(authorization)
        if bearer is None:
            raise Refused(Reason.SIGNATURE)
        token = bearer[1]
        claims = self._claims(token)
        key = await self._keys.find(_key_id(token))
        try:
            _JWS.decode(token, key.public, algorithms=[ALGORITHM])
        except PyJWTError:
            raise Refused(Reason.SIGNATURE) from None
        return Vouched(claims.serviceurl, key.endorsements)

    def _claims(self, token: str) -> Claims:
        """Return the claims, whoever wrote them; only good ones are worth a look at the keys."""
        try:
            unproven = _JWS.decode(token, options={"verify_signature": False})
            claims = Claims.model_validate(read_json(unproven))
        except (PyJWTError, ValidationError, Refused):
            raise Refused(Reason.SIGNATURE) from None
        if claims.iss != self._issuer:
            raise Refused(Reason.SIGNATURE)
        if claims.aud != self._app_id:
            raise Refused(Reason.AUDIENCE)
        if not claims.nbf - SKEW_SECONDS <= self._now() <= claims.exp + SKEW_SECONDS:
            raise Refused(Reason.STALE)
        return claims


def issuer_of(metadata_url: str) -> str:
    """Return who signs for the cloud whose metadata stand at *metadata_url*."""
    if urlsplit(metadata_url).hostname == GOVERNMENT_METADATA_HOST:
        return GOVERNMENT_ISSUER
    return PUBLIC_ISSUER


def _key_id(token: str) -> str:
    header = _JWS.get_unverified_header(token)
    id = header.get("kid")
    if header.get("alg") != ALGORITHM or not isinstance(id, str):
        raise Refused(Reason.SIGNATURE)
    return id
