"""The issuer: it publishes its keys, signs what Teams sends, and sells tokens to the bot."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never

import jwt
from jwt.types import Options

from adapters.simulator.teams.keys import (
    ENDORSEMENTS,
    Signature,
    SigningKey,
    lasting_key,
    signed,
    signed_by_hmac,
    unsigned,
)
from adapters.simulator.workspace import Now

Json = dict[str, Any]

ISSUER = "https://api.botframework.com"
#: The audience of the tokens a bot brings along, and the scope under which it buys them.
CONNECTOR = "https://api.botframework.com"
SCOPE = f"{CONNECTOR}/.default"
#: How long a token of Teams lives.
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Registration:
    """The bot as it is registered with its tenant."""

    app_id: str
    app_password: str
    tenant_id: str


class TokenRefused(Exception):
    """The token endpoint says no, in the words of its answer."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.error = error
        self.description = description

    def as_json(self) -> Json:
        """Return the body of the answer."""
        code = int("".join(filter(str.isdigit, self.description.partition(":")[0])))
        return {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [code],
        }


class Issuer:
    """Signs for Teams with one key at a time; `keys` are the published ones.

    Attributes:
        token_lifetime: how long a token lives that the bot buys.
    """

    def __init__(self, bot: Registration, now: Now, token_lifetime: timedelta = LIFETIME) -> None:
        self.bot = bot
        self.token_lifetime = token_lifetime
        self._now = now
        self._current = lasting_key("current", *ENDORSEMENTS)
        self._retired = lasting_key("retired")
        # Teams shares its key set with channels whose keys must not be taken for its own.
        self._signed: dict[tuple[str, str], tuple[int, str]] = {}
        self.keys: tuple[SigningKey, ...] = (
            lasting_key("another channel", "webchat"),
            self._current,
        )

    def rotate(self, *, keep_old: bool = False) -> None:
        """Sign with a new key from now on; the old one is published no longer, unless kept."""
        self._retired, self._current = self._current, SigningKey.new(*ENDORSEMENTS)
        kept = [key for key in self.keys if keep_old or key is not self._retired]
        self.keys = (*kept, self._current)

    def claims(self, service_url: str, **changes: Any) -> Json:
        """Return the claims of a true token; `name=None` leaves one out."""
        present = self._now()
        claims = {
            "serviceurl": service_url,
            "nbf": _seconds(present),
            "exp": _seconds(present + LIFETIME),
            "iss": ISSUER,
            "aud": self.bot.app_id,
        }
        return {name: value for name, value in (claims | changes).items() if value is not None}

    def token(self, service_url: str) -> str:
        """Return a true token for an activity that names *service_url*, used again for a while."""
        half_over = _seconds(self._now() + LIFETIME / 2)
        key = (service_url, self._current.id)
        if key not in self._signed or self._signed[key][0] < half_over:
            claims = self.claims(service_url)
            self._signed[key] = (claims["exp"], self.sign(claims))
        return self._signed[key][1]

    def sign(self, claims: Mapping[str, Any], how: Signature = Signature.TRUE) -> str:
        """Return a token with these claims, signed truly or falsely."""
        match how:
            case Signature.TRUE:
                return signed(claims, self._current)
            case Signature.RETIRED:
                return signed(claims, self._retired)
            case Signature.UNENDORSED:
                return signed(claims, lasting_key("another channel", "webchat"))
            case Signature.UNKNOWN_KEY:
                return signed(claims, lasting_key("unknown", *ENDORSEMENTS))
            case Signature.STRANGERS_KEY:
                return signed(claims, replace(lasting_key("unknown"), id=self._current.id))
            case Signature.HMAC_OF_PUBLIC_KEY:
                return signed_by_hmac(claims, self._current)
            case Signature.NONE:
                return unsigned(claims, self._current)
            case _:
                assert_never(how)

    def metadata(self, base_url: str) -> Json:
        """Return the OpenID document that says where the keys are."""
        return {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{base_url}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }

    def key_set(self) -> Json:
        """Return the published keys."""
        return {"keys": [key.as_json() for key in self.keys]}

    def sell(self, tenant: str, form: Mapping[str, str]) -> Json:
        """Return a token for the Bot Connector.

        Raises:
            TokenRefused: the tenant, the app, its secret, the grant or the scope is wrong.
        """
        self._check(tenant, form)
        lifetime = int(self.token_lifetime.total_seconds())
        return {
            "token_type": "Bearer",
            "expires_in": lifetime,
            "ext_expires_in": lifetime,
            "access_token": signed(self._bots_claims(), _directory_key()),
        }

    def bears(self, authorization: str) -> bool:
        """Say whether a call carries a token of ours for the Bot Connector that still lives."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return False
        key = _directory_key().private.public_key()
        # By our own clock, not by the library's.
        timeless: Options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
        try:
            claims = jwt.decode(token, key, ["RS256"], timeless, audience=CONNECTOR)
        except jwt.InvalidTokenError:
            return False
        return bool(claims["appid"] == self.bot.app_id and claims["exp"] > _seconds(self._now()))

    def _check(self, tenant: str, form: Mapping[str, str]) -> None:
        if tenant != self.bot.tenant_id:
            raise TokenRefused(400, "invalid_request", f"AADSTS90002: Tenant '{tenant}' not found.")
        if form.get("grant_type") != "client_credentials":
            text = "AADSTS70003: The app requested an unsupported grant type."
            raise TokenRefused(400, "unsupported_grant_type", text)
        if form.get("client_id") != self.bot.app_id:
            text = "AADSTS700016: Application was not found in the directory."
            raise TokenRefused(400, "unauthorized_client", text)
        if form.get("client_secret") != self.bot.app_password:
            text = "AADSTS7000215: Invalid client secret provided."
            raise TokenRefused(401, "invalid_client", text)
        if form.get("scope") != SCOPE:
            text = "AADSTS70011: The provided value for the input parameter 'scope' is not valid."
            raise TokenRefused(400, "invalid_scope", text)

    def _bots_claims(self) -> Json:
        present = self._now()
        return {
            "aud": CONNECTOR,
            "iss": f"https://sts.windows.net/{self.bot.tenant_id}/",
            "iat": _seconds(present),
            "nbf": _seconds(present),
            "exp": _seconds(present + self.token_lifetime),
            "appid": self.bot.app_id,
            "tid": self.bot.tenant_id,
            "uti": secrets.token_urlsafe(16),
            "ver": "1.0",
        }


def _directory_key() -> SigningKey:
    """Return the key of the tenant's directory, which no bot accepts."""
    return lasting_key("directory")


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
