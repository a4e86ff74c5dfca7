"""What Slack hands out for a short time: triggers, response addresses, uploads."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.simulator.errors import Refusal

Now = Callable[[], datetime]

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(slots=True)
class _Trigger:
    user: str
    view: str | None
    made: datetime
    used: bool = False


class Triggers:
    """Each opens one form, once, within three seconds."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._made: dict[str, _Trigger] = {}

    def issue(self, user: str, view: str | None = None) -> str:
        """Return a new trigger for *user*, who has *view* before them if anything."""
        trigger_id = f"{len(self._made) + 1}.{secrets.randbelow(10**10)}.{secrets.token_hex(8)}"
        self._made[trigger_id] = _Trigger(user, view, self._now())
        return trigger_id

    def exchange(self, trigger_id: str) -> tuple[str, str | None]:
        """Use the trigger up and return whose it is, with the view it came from."""
        trigger = self._made.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self._now() - trigger.made > TRIGGER_LIFE:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.user, trigger.view


@dataclass(slots=True)
class ResponseAddress:
    """Where a bot may answer an interaction, five times in half an hour."""

    channel: str
    user: str
    made: datetime
    message: str | None = None
    uses: int = 0


class ResponseAddresses:
    """The response addresses handed out so far, by their secret path."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._made: dict[str, ResponseAddress] = {}

    def issue(self, channel: str, user: str, message: str | None = None) -> str:
        """Return the path of a new address that speaks in *channel*, about *message* if any."""
        path = f"T0PARLEY/{len(self._made) + 1}/{secrets.token_urlsafe(18)}"
        self._made[path] = ResponseAddress(channel, user, self._now(), message)
        return path

    def use(self, path: str) -> ResponseAddress:
        """Count one use of the address and return it."""
        address = self._made.get(path)
        if address is None:
            raise Refusal("invalid_url")
        if address.uses >= RESPONSE_USES:
            raise Refusal("used_url")
        if self._now() - address.made > RESPONSE_LIFE:
            raise Refusal("expired_url")
        address.uses += 1
        return address


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its bytes; it can be seen once it is `shared`."""

    id: str
    name: str
    mimetype: str
    user: str
    content: bytes = field(repr=False, default=b"")
    title: str = ""
    shared: bool = False
