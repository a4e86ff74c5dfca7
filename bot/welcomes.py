"""The first contact: each person and each channel is welcomed once, and never again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import structlog
from sqlmodel import Session

from bot import menu
from bot.clock import Clock
from bot.errors import DeliveryError
from bot.inbound import Arrival, Command, Inbound, Place, UserRef
from bot.keepers import Keepers
from bot.platform import Standing
from bot.roles import STRANGER
from bot.routes import Routes
from bot.standing import Standings
from bot.ui import Block, Buttons, Message, Note, Text, TextStyle
from storage import people, welcomes
from storage.database import Database
from storage.people import Account, Person

log = structlog.get_logger()

#: Whom this process has seen to be welcomed: a hundred bytes each.
REMEMBERED = 50_000
NAMES_SHOWN = 3

TRY = "Three things to try"
TRY_ANY = "Try me"
MORE = "Say “help” {where}, and I list all that you can do."
TO_ALL = (
    "Whoever presses a button here reads the answer alone; what is meant for everybody I post "
    "where everybody reads it."
)
FOR_GUESTS = (
    "You are here as a guest, or from another company. So I look words up for you and do what "
    "else “help” lists, and nothing confidential reaches you through me. Whoever invited you "
    "can tell you more."
)
NOBODY_NAMED = "Questions about me go to the admins of Parley in this company."


class Say(Protocol):
    """Posts for certain."""

    def __call__(
        self, session: Session, to: Place | UserRef, message: Message, key: str, /
    ) -> None:
        """Leave *message* as a job."""


class Welcomes:
    """Notices whom and what Parley meets for the first time.

    That they were met is stored in the transaction that leaves the welcome to be sent, so that a
    repeat, a restart, another replica or a second installation finds it done.
    """

    def __init__(
        self,
        database: Database,
        standings: Standings,
        routes: Routes,
        clock: Clock,
        *,
        say: Say,
        keepers: Keepers,
    ) -> None:
        self._database = database
        self._standings = standings
        self._routes = routes
        self._clock = clock
        self._say = say
        self._keepers = keepers
        self._met: set[UserRef | Place] = set()

    async def meet(self, inbound: Inbound) -> None:
        """Welcome who wrote in their own chat, or the channel that Parley came to, if new."""
        whom = _whom(inbound)
        if whom is None or whom in self._met:
            return
        if isinstance(whom, Place):
            greet = partial(self._greet_all, place=whom)
        else:
            standing = await self._standing(inbound)
            if standing in {Standing.UNKNOWN, Standing.GONE}:
                return  # how to speak to them is not known yet; they will come again
            greet = partial(self._greet_one, user=whom, place=inbound.place, standing=standing)
        await self._database.write(greet)
        if len(self._met) >= REMEMBERED:
            self._met.clear()
        self._met.add(whom)

    async def _standing(self, inbound: Inbound) -> Standing:
        """Return how somebody belongs; nobody waits for the answer to an arrival."""
        if not isinstance(inbound, Arrival):
            self._standings.meet(inbound.user)
            await self._standings.settle(inbound.user)
            return self._standings.of(inbound.user)
        try:
            return await self._standings.learn(inbound.user)
        except DeliveryError as error:
            log.warning("arrival_not_welcomed", platform=inbound.user.platform, code=error.code)
            return Standing.UNKNOWN

    def _greet_one(
        self, session: Session, *, user: UserRef, place: Place, standing: Standing
    ) -> None:
        now = self._clock.now()
        known = people.identify(session, user.platform, user.tenant, user.user, now=now)
        account = Account(user.platform, user.tenant, user.user)
        if not welcomes.met(session, account, person_id=known.id if known else None):
            return
        if standing is Standing.MEMBER:
            notes = [_looked_after(self._keepers.names(session))]
            if known is None:
                notes.insert(0, menu.for_strangers(self._standings.platforms))
            message = _for_member(self._routes, known or STRANGER, notes, user)
        else:
            message = _for_guest(self._routes, user)
        self._say(session, place, message, f"welcome:{user}")

    def _greet_all(self, session: Session, *, place: Place) -> None:
        if welcomes.met_in(session, place.platform, place.tenant, place.channel):
            message = _for_all(self._routes, self._keepers.names(session), place)
            key = f"welcome:{place.platform}:{place.tenant}:{place.channel}"
            self._say(session, place, message, key)


def _whom(inbound: Inbound) -> UserRef | Place | None:
    if inbound.one_to_one:
        return inbound.user if isinstance(inbound, Command | Arrival) else None
    if isinstance(inbound, Arrival) and not inbound.newcomers:
        here = inbound.place
        return Place(here.platform, here.tenant, here.channel)
    return None


def _for_member(routes: Routes, person: Person, notes: Sequence[str], user: UserRef) -> Message:
    greeting = f"Hello {person.name}. Nice to meet you." if person.id else "Hello."
    return _welcome(routes, person, f"{greeting} {menu.INTRODUCTION}", notes, user.platform)


def _for_guest(routes: Routes, user: UserRef) -> Message:
    return _welcome(routes, STRANGER, f"Hello. {menu.INTRODUCTION}", [FOR_GUESTS], user.platform)


def _for_all(routes: Routes, keepers: Sequence[str], place: Place) -> Message:
    notes = [TO_ALL, _looked_after(keepers)]
    return _welcome(routes, STRANGER, f"Hello, all. {menu.INTRODUCTION}", notes, place.platform)


def _welcome(
    routes: Routes, person: Person, text: str, notes: Sequence[str], platform: str
) -> Message:
    blocks: list[Block] = [Text(text=text)]
    if buttons := menu.tries(menu.allowed(routes, person)):
        heading = TRY if len(buttons) == menu.TRY_THIS else TRY_ANY
        blocks += [Text(text=heading, style=TextStyle.HEADING), Buttons(buttons=buttons)]
    more = [MORE.format(where=menu.where_to_ask(platform)), *notes]
    blocks += [Note(text=note) for note in more]
    return Message(text=" ".join((text, *more)), blocks=tuple(blocks))


def _looked_after(names: Sequence[str]) -> str:
    """Say who owns this Parley."""
    if not names:
        return NOBODY_NAMED
    shown = names[:NAMES_SHOWN]
    if len(names) > NAMES_SHOWN:
        shown = [*shown, f"{len(names) - NAMES_SHOWN} more"]
    who = " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return f"{who} {'looks' if len(names) == 1 else 'look'} after me here; ask them about me."
