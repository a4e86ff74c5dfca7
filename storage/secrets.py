"""Sealed text, keyed digests and signatures, all under keys derived from PARLEY_SECRET_KEY."""

import hashlib
import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_KEY = 32
_NONCE_BYTES = 12
_VERSION = "v1"


class Unreadable(Exception):
    """This text cannot be opened: it was changed or moved, or its key is not among ours."""


class Sealer:
    """Seals with the newest key and opens with any: rotation adds a key in front.

    Raises:
        ValueError: a key is too short to protect anything.
    """

    def __init__(self, secret_key: str, *older: str) -> None:
        keys = [_Key(secret) for secret in (secret_key, *older)]
        self._newest = keys[0]
        self._keys = {key.id: key for key in keys}

    def seal(self, text: str, *, table: str, column: str, row: str) -> str:
        """Encrypt *text* for one field of one row; it opens nowhere else."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._newest.cipher.encrypt(nonce, text.encode(), _place(table, column, row))
        body = urlsafe_b64encode(nonce + sealed).decode()
        return f"{_VERSION}.{self._newest.id}.{body}"

    def open(self, sealed: str, *, table: str, column: str, row: str) -> str:
        """Decrypt what was sealed for this field.

        Raises:
            Unreadable: it was changed or moved, or its key is not among ours.
        """
        try:
            version, key_id, body = sealed.split(".")
            raw = urlsafe_b64decode(body)
            nonce, text = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            opened = self._keys[key_id].cipher.decrypt(nonce, text, _place(table, column, row))
        except (ValueError, KeyError, InvalidTag) as error:
            raise Unreadable(Unreadable.__doc__) from error
        if version != _VERSION:
            raise Unreadable(Unreadable.__doc__)
        return opened.decode()

    def needs_rotation(self, sealed: str) -> bool:
        """Say whether an older key sealed this, so that it should be opened and sealed again."""
        return not sealed.startswith(f"{_VERSION}.{self._newest.id}.")

    def digest(self, value: str, *, purpose: str) -> str:
        """Return a keyed digest by which equal values are recognised, and nothing else."""
        return self._newest.mac(value, purpose)

    def sign(self, value: str, *, purpose: str) -> str:
        """Return a signature that names its key, so that it outlives a rotation."""
        return f"{self._newest.id}.{self._newest.mac(value, purpose)}"

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
        self.id = _derive(secret, "name").hex()[:8]
        self.cipher = AESGCM(_derive(secret, "seal"))
        self._signing = _derive(secret, "sign")

    def mac(self, value: str, purpose: str) -> str:
        message = json.dumps([purpose, value]).encode()
        return hmac.new(self._signing, message, hashlib.sha256).hexdigest()


def _derive(secret: str, purpose: str) -> bytes:
    info = f"parley {purpose} v1".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.strip().encode())


def _place(table: str, column: str, row: str) -> bytes:
    return json.dumps([table, column, row]).encode()
