"""The door that all kinds of traffic pass: only the engine knows the way from here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache

from adapters.teams import shapes
from adapters.teams.answers import (
    NOT_INSIDE,
    NOT_SURE,
    PATIENCE_SECONDS,
    Carrier,
    Engine,
    toast,
)
from adapters.teams.conversations import link_to
from adapters.teams.inbound import TEAMS, THREAD, Act, understand
from bot.errors import DeliveryError, Overloaded
from bot.inbound import Inbound, Place, Post, UserRef
from bot.metrics import INBOUND
from bot.wire import Json

#: Looking a counter up by its labels costs as much as reading a command; the labels are few.
_counter = cache(INBOUND.labels)


class Door:
    """Takes verified activities of one tenant.

    It notes whom it *met* in which conversation, and asks who *is_inside* a place that a card
    names: a card lies with whoever pressed its button.
    """

    def __init__(
        self,
        engine: Engine,
        carrier: Carrier,
        *,
        tenant: str,
        met: Callable[[str, str], None],
        is_inside: Callable[[UserRef, Place], Awaitable[bool]],
    ) -> None:
        self._engine = engine
        self._carrier = carrier
        self._tenant = tenant
        self._met = met
        self._is_inside = is_inside

    async def answer(self, body: Json) -> Json | None:
        """Do what was asked for, and return the body of the answer.

        Raises:
            Refused: it is not of Teams' shape.
            Overloaded: Teams should repeat it.
        """
        activity = shapes.read(body)
        act = understand(activity, self._tenant) if activity else None
        if activity is None or act is None:
            _counter(TEAMS, "other", "ignored").inc()
            return None
        self._note(activity)
        if why := await self._why_not(act):
            _count(act, "refused")
            return toast(why)
        try:
            answered = await self._carrier.carry(
                act, await self._engine.handle(_linked(act.inbound))
            )
        except Overloaded:
            _count(act, "overloaded")
            raise
        _count(act, "ok")
        return answered

    async def _why_not(self, act: Act) -> str:
        """Return why nobody may do *act* in the place that its card names, or nothing."""
        if not act.from_own_chat:
            return ""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                is_inside = await self._is_inside(act.inbound.user, act.inbound.place)
        except (DeliveryError, TimeoutError):
            return NOT_SURE
        return "" if is_inside else NOT_INSIDE

    def _note(self, activity: shapes.Heard) -> None:
        """Note where somebody was heard: the roster there tells how they belong."""
        if activity.sender.aad_object_id is not None:
            conversation, _, _ = activity.conversation.id.partition(THREAD)
            self._met(activity.sender.aad_object_id, conversation)


def _linked(inbound: Inbound) -> Inbound:
    """Return a post with its address, which is made of where it stands."""
    if not isinstance(inbound, Post):
        return inbound
    return replace(inbound, link=link_to(inbound.place, inbound.message))


def _count(act: Act, outcome: str) -> None:
    _counter(TEAMS, type(act.inbound).__name__.lower(), outcome).inc()
