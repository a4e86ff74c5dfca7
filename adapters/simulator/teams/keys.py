"""Signing keys, and tokens signed with them, rightly or in every wrong way."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Self

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

Json = dict[str, Any]

KEY_BITS = 2048
EXPONENT = 65537
ENDORSEMENTS = ("msteams", "skype", "webchat")


class Signature(StrEnum):
    """How a token is signed; only TRUE is what Teams does."""

    TRUE = "true"
    RETIRED = "retired"
    UNENDORSED = "unendorsed"
    UNKNOWN_KEY = "unknown_key"
    STRANGERS_KEY = "strangers_key"
    HMAC_OF_PUBLIC_KEY = "hmac_of_public_key"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key with the id under which it is published."""

    id: str
    private: rsa.RSAPrivateKey
    endorsements: tuple[str, ...] = ENDORSEMENTS

    @classmethod
    def new(cls, *endorsements: str) -> Self:
        """Return a fresh key that may sign for the channels of *endorsements*."""
        return cls(
            secrets.token_urlsafe(20), rsa.generate_private_key(EXPONENT, KEY_BITS), endorsements
        )

    def as_json(self) -> Json:
        """Return the entry of the published key set."""
        public = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": encoded(_as_bytes(public.n)),
            "e": encoded(_as_bytes(public.e)),
            "endorsements": list(self.endorsements),
        }

    def public_text(self) -> bytes:
        """Return the public half as PEM."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, text: bytes) -> bytes:
        """Return the RS256 signature of *text*."""
        return self.private.sign(text, padding.PKCS1v15(), hashes.SHA256())


@cache
def lasting_key(purpose: str, *endorsements: str) -> SigningKey:
    """Return the same key whenever it is asked for: making one takes a tenth of a second."""
    return replace(SigningKey.new(*endorsements), id=f"{purpose} {secrets.token_hex(8)}")


def signed(claims: Mapping[str, Any], key: SigningKey) -> str:
    """Return a token signed with RS256 as Teams signs."""
    header = {"alg": "RS256", "kid": key.id, "x5t": key.id, "typ": "JWT"}
    text = _unsigned(header, claims)
    return f"{text}.{encoded(key.sign(text.encode()))}"


def signed_by_hmac(claims: Mapping[str, Any], key: SigningKey) -> str:
    """Return a token that takes the published key for a shared secret."""
    text = _unsigned({"alg": "HS256", "kid": key.id, "typ": "JWT"}, claims)
    mark = hmac.new(key.public_text(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{encoded(mark)}"


def unsigned(claims: Mapping[str, Any], key: SigningKey) -> str:
    """Return a token that says that it needs no signature."""
    return _unsigned({"alg": "none", "kid": key.id, "typ": "JWT"}, claims) + "."


def encoded(content: bytes) -> str:
    """Return *content* in base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _unsigned(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    parts = (json.dumps(dict(part), separators=(",", ":")).encode() for part in (header, claims))
    return ".".join(map(encoded, parts))


def _as_bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)
