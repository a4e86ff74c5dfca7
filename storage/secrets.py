"""Sealed text, keyed digests and signatures, all under keys derived from PARLEY_SECRET_KEY."""

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_KEY = 32
#: How many characters name a key; in a sealed text they come after its version and a dot.
KEY_ID_LENGTH = 8
_NONCE_BYTES = 12
_VERSION = "v1"
#: Where a key's name begins in a sealed text, counted from 1 as databases do.
KEY_ID_STARTS = len(_VERSION) + 2
_MARK = "sealed"

Column = sa.Column[Any]


class Unreadable(Exception):
    """This text cannot be opened: it was changed or moved, or its key is not among ours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Says of a column that it holds sealed texts, and where."""

    row: str  #: the column whose value names the row to the seal
    within: str  #: the text's name inside of a JSON value; empty when the value is the text


def sealed(*, row: str = "id", within: str = "") -> dict[str, Mark]:
    """Return the `info` of a column that holds sealed texts; `keys rotate` finds it by that."""
    return {_MARK: Mark(row, within)}


def mark_of(column: Column) -> Mark | None:
    """Return how *column* holds sealed texts; None when it holds none."""
    mark: Mark | None = column.info.get(_MARK)
    return mark


class Sealer:
    """Seals with the newest key and opens with any: rotation adds a key in front.

    Raises:
        ValueError: a key is too short to protect anything.
    """

    def __init__(self, secret_key: str, *older: str) -> None:
        keys = [_Key(secret) for secret in (secret_key, *older)]
        self._newest, self._oldest = keys[0], keys[-1]
        self._keys = {key.id: key for key in keys}

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Return the names of the keys, the newest first; they tell nothing about the keys."""
        return tuple(self._keys)

    def seal(self, text: str, *, at: Column, row: str) -> str:
        """Encrypt *text* for one field of one row; it opens nowhere else.

        Raises:
            LookupError: the column is not marked as `sealed`, so no rotation would find it.
        """
        if mark_of(at) is None:
            raise LookupError(f"{at} is not marked as a column that holds sealed texts.")
        nonce = os.urandom(_NONCE_BYTES)
        encrypted = self._newest.cipher.encrypt(nonce, text.encode(), _place(at, row))
        body = urlsafe_b64encode(nonce + encrypted).decode()
        return f"{_VERSION}.{self._newest.id}.{body}"

    def open(self, sealed: str, *, at: Column, row: str) -> str:
        """Decrypt what was sealed for this field.

        Raises:
            Unreadable: it was changed or moved, or its key is not among ours.
        """
        try:
            version, key_id, body = sealed.split(".")
            raw = urlsafe_b64decode(body)
            nonce, text = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            opened = self._keys[key_id].cipher.decrypt(nonce, text, _place(at, row))
        except (ValueError, KeyError, InvalidTag) as error:
            raise Unreadable(Unreadable.__doc__) from error
        if version != _VERSION:
            raise Unreadable(Unreadable.__doc__)
        return opened.decode()

    def digest(self, value: str, *, purpose: str) -> str:
        """Return a keyed digest by which equal values are recognised, and nothing else.

        The oldest key makes it: an act that is repeated after a rotation is known again.
        """
        return self._oldest.mac(value, purpose)

    def sign(self, value: str, *, purpose: str) -> str:
        """Return a signature that names its key, so that it outlives a rotation."""
        return f"{self._newest.id}.{self._newest.mac(value, purpose)}"

    def knows(self, signature: str) -> bool:
        """Say whether the key that this signature names is among ours."""
        return signature.partition(".")[0] in self._keys

    def verifies(self, signature: str, value: str, *, purpose: str) -> bool:
        """Say whether we made this signature for this value."""
        key = self._keys.get(signature.partition(".")[0])
        return key is not None and hmac.compare_digest(
            signature, f"{key.id}.{key.mac(value, purpose)}"
        )


class _Key:
    def __init__(self, secret: str) -> None:
        if len(secret.strip()) < SHORTEST_KEY:
            raise ValueError(
                f"The secret key is shorter than {SHORTEST_KEY} characters. Make one with: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        self.id = _derive(secret, "name").hex()[:KEY_ID_LENGTH]
        self.cipher = AESGCM(_derive(secret, "seal"))
        self._signing = _derive(secret, "sign")

    def mac(self, value: str, purpose: str) -> str:
        message = json.dumps([purpose, value]).encode()
        return hmac.digest(self._signing, message, "sha256").hex()


def _derive(secret: str, purpose: str) -> bytes:
    info = f"parley {purpose} v1".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.strip().encode())


def _place(column: Column, row: str) -> bytes:
    return json.dumps([column.table.name, column.name, row]).encode()
