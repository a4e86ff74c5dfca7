"""The first contact: each person and each channel is welcomed once, and never again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from bot.standing import Standings, account_of
from bot.ui import Block, Buttons, Message, Note, Text, TextStyle
from storage import people, welcomes
from storage.database import Busy, Database, NotCommitted
from storage.people import Person
from storage.welcomes import Known

log = structlog.get_logger()

#: Whom this process has seen to be welcomed: a hundred bytes each.
REMEMBERED = 50_000
NAMES_SHOWN = 3
#: What is said for whoever opens Parley's own page on Slack.
HOME = "home"

_NOT_WELCOME = frozenset({Standing.UNKNOWN, Standing.GONE})

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
    repeat, a restart, another replica or a second installation finds it done. Nobody waits for a
    welcome, and what they asked for never fails with it.
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
        self._met: set[Known] = set()
        #: Who wrote before their platform said how they belong, and where.
        self._expected: dict[UserRef, Place] = {}

    async def recall(self) -> None:
        """Take over whom this or another Parley met before."""
        self._met |= await self._database.read(lambda session: welcomes.known(session, REMEMBERED))

    def expect(self, inbound: Inbound) -> None:
        """Note who is new, and not known to belong: `heard` welcomes them."""
        user = inbound.user
        if not _is_in_own_chat(inbound) or _known(user) in self._met:
            return
        if self._standings.of(user) is Standing.UNKNOWN:
            if len(self._expected) >= REMEMBERED:
                self._expected.clear()
            self._expected[user] = inbound.place

    def heard(self, session: Session, user: UserRef, standing: Standing) -> None:
        """Welcome whom `expect` noted, in the transaction that keeps how they belong.

        They stay noted: whether that transaction comes to its end is not known here.
        """
        place = self._expected.get(user)
        if place is not None and _known(user) not in self._met:
            self._greet_one(session, user=user, place=place, standing=standing)

    async def arrive(self, inbound: Inbound) -> None:
        """Welcome who came to Parley, or the channel that Parley came to, if new."""
        if not isinstance(inbound, Arrival):
            return
        if inbound.one_to_one:
            await self._learn(inbound.user)
            await self._meet_one(inbound)
        elif not inbound.newcomers:
            here = inbound.place
            place = Place(here.platform, here.tenant, here.channel)
            known = (here.platform, here.tenant, here.channel)
            await self._meet(known, partial(self._greet_all, place=place))

    async def follow(self, inbound: Inbound) -> None:
        """Welcome who wrote and is known to belong; what hinders it now, the next act may not."""
        if inbound.user in self._expected or not isinstance(inbound, Command):
            return
        try:
            await self._meet_one(inbound)
        except (Busy, NotCommitted) as error:
            log.info("welcome_postponed", error=type(error).__name__)
        except Exception:  # the act itself is done and answered
            log.exception("welcome_failed")

    async def _learn(self, user: UserRef) -> None:
        try:
            await self._standings.learn(user)
        except DeliveryError as error:
            log.warning("arrival_not_welcomed", platform=user.platform, code=error.code)

    async def _meet_one(self, inbound: Inbound) -> None:
        user = inbound.user
        standing = self._standings.of(user)
        # How to speak to others is not known yet; they will come again.
        if _is_in_own_chat(inbound) and standing not in _NOT_WELCOME:
            greet = partial(self._greet_one, user=user, place=inbound.place, standing=standing)
            await self._meet(_known(user), greet)

    async def _meet(self, whom: Known, greet: Callable[[Session], None]) -> None:
        if whom in self._met:
            return
        await self._database.write(greet)
        if len(self._met) >= REMEMBERED:
            self._met.clear()
        self._met.add(whom)

    def _greet_one(
        self, session: Session, *, user: UserRef, place: Place, standing: Standing
    ) -> None:
        if standing in _NOT_WELCOME:
            return
        now = self._clock.now()
        known = people.identify(session, user.platform, user.tenant, user.user, now=now)
        account = account_of(user)
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


def _is_in_own_chat(inbound: Inbound) -> bool:
    """Say whether somebody came or wrote to Parley; a slash command may stand anywhere."""
    if isinstance(inbound, Command):
        return inbound.one_to_one and (not inbound.inline or inbound.name == HOME)
    return inbound.one_to_one and isinstance(inbound, Arrival)


def _known(user: UserRef) -> Known:
    return user.platform, user.tenant, user.user


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
