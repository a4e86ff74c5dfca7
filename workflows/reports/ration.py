"""How often one account may report without a name in a day: counted in memory alone."""

import hashlib
import hmac
import secrets
from collections import defaultdict
from datetime import date
from threading import Lock

from bot.inbound import UserRef

A_DAY = 5


class Ration:
    """Counts under a key that changes every day, so that no count leads to an account later.

    A restart forgets it all, and every process counts for itself.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._begin(date.min)

    def allows(self, user: UserRef, act: str, day: date) -> bool:
        """Count an act, the same one once; False when there were enough of them today."""
        with self._lock:
            if day != self._day:
                self._begin(day)
            acts = self._acts[self._hidden(str(user))]
            acts.add(self._hidden(act))
            return len(acts) <= A_DAY

    def _begin(self, day: date) -> None:
        self._day, self._key = day, secrets.token_bytes(32)
        self._acts: defaultdict[bytes, set[bytes]] = defaultdict(set)

    def _hidden(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)
