"""The door that all kinds of traffic pass: only the engine knows the way from here."""

from __future__ import annotations

from functools import cache

from adapters.teams import shapes
from adapters.teams.answers import Carrier, Engine
from adapters.teams.inbound import TEAMS, Act, understand
from bot.errors import Overloaded
from bot.metrics import INBOUND
from bot.wire import Json

#: Looking a counter up by its labels costs as much as reading a command; the labels are few.
_counter = cache(INBOUND.labels)


class Door:
    """Takes verified activities of one tenant."""

    def __init__(self, engine: Engine, carrier: Carrier, *, tenant: str) -> None:
        self._engine = engine
        self._carrier = carrier
        self._tenant = tenant

    async def answer(self, body: Json) -> Json | None:
        """Do what was asked for, and return the body of the answer.

        Raises:
            Refused: it is not of Teams' shape.
            Overloaded: Teams should repeat it.
        """
        activity = shapes.read(body)
        act = understand(activity, self._tenant) if activity else None
        if act is None:
            _counter(TEAMS, "other", "ignored").inc()
            return None
        try:
            answered = await self._carrier.carry(act, await self._engine.handle(act.inbound))
        except Overloaded:
            _count(act, "overloaded")
            raise
        _count(act, "ok")
        return answered


def _count(act: Act, outcome: str) -> None:
    _counter(TEAMS, type(act.inbound).__name__.lower(), outcome).inc()
