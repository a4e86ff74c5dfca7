"""A story played on Slack, on Teams or across both, and all that is left of it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from bot.clock import FrozenClock
from bot.standing import account_of
from storage import people, places, welcomes
from tests.clients.client import Client
from tests.clients.mixed import MixedClients
from tests.walks.company import CHANNEL, PLATFORMS, Company, a_company
from tests.walks.script import Script
from tests.walks.stored import Row, stored
from workflows.reports.rules import REPORTING_ROOM, TRIAGE_ROOM

ACROSS = "across both"
#: Where each is when the company has both: a recruiter suggests on one, directors approve on the
#: other.
OF = {
    "ada": "slack",
    "ben": "teams",
    "chiara": "slack",
    "dev": "slack",
    "elena": "teams",
    "farid": "teams",
    "luis": "teams",
}


@dataclass(frozen=True)
class Story:
    """What is told, to whom and where, when it begins, and what its tables are called.

    Attributes:
        beside: how the names of smaller circles begin in which some of the cast read.
        of: where each is when the company has both platforms.
        on_both: who keeps an account on each of them all the same.
    """

    tell: Callable[[Script], Awaitable[None]]
    cast: Sequence[str]
    begins: datetime
    tables: tuple[str, ...]
    channel: str = CHANNEL
    beside: tuple[str, ...] = ()
    of: Mapping[str, str] = field(default_factory=lambda: OF)
    on_both: Collection[str] = ()


@dataclass(frozen=True)
class Played:
    """What is left of a story."""

    minutes: list[str]
    rows: dict[str, list[Row]]


async def play(story: Story, url: str, where: str) -> Played:
    on = PLATFORMS if where == ACROSS else (where,)
    clock = FrozenClock(story.begins)
    async with a_company(
        url, on=on, clock=clock, channel=story.channel, beside=story.beside
    ) as company:
        await introduce(company, story)
        await leave_rooms(company)
        client = await spread(company, story) if where == ACROSS else company.on[where]
        script = Script(company, client, story.cast)
        await story.tell(script)
        rows = await company.parley.database.read(lambda s: stored(s, client.where, story.tables))
        return Played(script.minutes, rows)


async def introduce(company: Company, story: Story) -> None:
    """Let the welcomes be over: who is met first on which platform is another story."""

    def meet(session: Session) -> None:
        for handle in story.cast:
            for client in company.on.values():
                user = client.user(handle)
                account = account_of(user)
                someone = people.identify(
                    session, user.platform, user.tenant, user.user, now=story.begins
                )
                welcomes.met(session, account, person_id=someone.id if someone else None)

    await company.parley.database.write(meet)


async def leave_rooms(company: Company) -> None:
    """Keep no channel of a platform that the company does not have in any room."""

    def unbind(session: Session) -> None:
        for room in (REPORTING_ROOM, TRIAGE_ROOM):
            for place in places.places_of(session, room):
                if place.platform not in company.on:
                    places.unbind_room(session, room, place)

    await company.parley.database.write(unbind)


async def spread(company: Company, story: Story) -> Client:
    """Leave everybody the account on one platform only, but for who keeps both."""

    def unlink(session: Session) -> None:
        for handle, platform in story.of.items():
            if handle in story.on_both:
                continue
            [other] = company.on.keys() - {platform}
            user = company.on[other].user(handle)
            people.unlink_account(session, account_of(user))

    await company.parley.database.write(unlink)
    return MixedClients(company.on, story.of)


def played_on(story: Story, url: str, where: str) -> Played:
    """Play a story to its end, on a loop of its own."""
    return asyncio.run(play(story, url, where))
