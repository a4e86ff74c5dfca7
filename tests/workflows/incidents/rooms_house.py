"""The engine with a worker and two messengers: what rooms there are, and what stands in them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.context import Context
from bot.delivery import Delivery
from bot.inbound import Place, UserRef
from bot.standing import Standings
from bot.ui import Message
from bot.worker import Worker
from storage import places, posts
from storage.database import Database
from storage.places import RoomPlace
from tests.bot.platforms import MemoryPlatform
from tests.workflows.acting import SLACK, TEAMS, account
from tests.workflows.engine import engine_around
from tests.workflows.incidents import house
from tests.workflows.reports.house import IDS
from workflows import incidents, reports
from workflows.incidents import access, codes, rooms_tables, tables, timeline
from workflows.incidents.rooms_tables import Room
from workflows.incidents.rules import Kind, Reason
from workflows.incidents.tables import Incident
from workflows.reports.rules import TRIAGE_ROOM

TRIAGE_CHANNEL = "19:triage"


class House(house.House):
    """The engine with what stands around it."""

    slack: MemoryPlatform
    teams: MemoryPlatform
    worker: Worker

    async def settle(self, *, after: timedelta = timedelta()) -> None:
        """Do all that is due after a while."""
        self.clock.advance(after)
        await self.worker.idle()

    async def keeps_triage(self, platform: str, *names: str) -> Place:
        """Let triage read in a channel where these people are."""
        place = RoomPlace(platform, "tenant" if platform == TEAMS else "T1", TRIAGE_CHANNEL)
        await self.database.write(lambda session: places.bind_room(session, TRIAGE_ROOM, place))
        messenger = self.teams if platform == TEAMS else self.slack
        messenger.members[TRIAGE_CHANNEL] = [account(name, platform) for name in names]
        return Place(place.platform, place.tenant, place.channel)

    async def notes(self, id: int, text: str, *, on: str = "", by: str = "Hugo") -> int:
        """Let a line come into the timeline, said on a platform or noted by Parley itself."""

        def add(ctx: Context) -> int:
            if on:
                ctx.user = account(by, on)
            event = timeline.note(ctx, self.locked(ctx, id), Kind.NOTE, text)
            return event.id or 0

        return await self.within(add)

    async def lets_in(self, id: int, *names: str) -> None:
        """Let people read an incident."""

        def let_in(ctx: Context) -> None:
            incident = self.locked(ctx, id)
            access.let_in(ctx, incident, [IDS[name] for name in names], Reason.INVITED)
            timeline.note(ctx, incident, Kind.ACCESS, "Somebody more reads it.")

        await self.within(let_in)

    async def shuts_out(self, id: int, name: str) -> None:
        """Let somebody learn nothing more of an incident."""

        def shut_out(ctx: Context) -> None:
            incident = self.locked(ctx, id)
            access.exclude(ctx, incident, IDS[name])
            timeline.note(ctx, incident, Kind.ACCESS, "Somebody less reads it.")

        await self.within(shut_out)

    def locked(self, ctx: Context, id: int) -> Incident:
        """Return an incident."""
        found = tables.lock_incident(ctx.session, id)
        assert found is not None
        return found

    async def rooms(self, id: int) -> list[Room]:
        """Return the rooms of an incident that are in use."""
        return await self.database.read(lambda session: rooms_tables.rooms_of(session, id))

    async def kinds(self, id: int) -> dict[str, str]:
        """Return what the rooms of an incident are, by platform."""
        return {room.platform: room.kind.value for room in await self.rooms(id)}

    async def lines_in(self, id: int) -> dict[str, set[int]]:
        """Return which lines were posted in each channel or chat."""
        about = await self.database.read(lambda session: posts.about(session, codes.entity(id)))
        found: dict[str, set[int]] = {}
        for post in about:
            what, _, event = post.key.rpartition(":")
            if what.endswith("event") and not post.dead:
                found.setdefault(post.channel, set()).add(int(event))
        return found

    def read_in(self, platform: str, channel: str) -> list[str]:
        """Return what can be read somewhere, the oldest first."""
        messenger = self.teams if platform == TEAMS else self.slack
        return [one.text for one in messenger.posts if one.place.channel == channel]

    def card(self, platform: str, text: str) -> Message:
        """Return the newest message that says *text*."""
        messenger = self.teams if platform == TEAMS else self.slack
        return [one.message for one in messenger.posts if text in one.text][-1]


def people_of(*names: str, platform: str = SLACK) -> list[UserRef]:
    """Return the accounts of these people."""
    return [account(name, platform) for name in names]


@asynccontextmanager
async def a_house(database: Database) -> AsyncIterator[House]:
    """Open a house on a database: one platform makes channels, the other does not."""
    slack, teams = MemoryPlatform(SLACK), MemoryPlatform(TEAMS, makes_channels=False)
    platforms = {SLACK: slack, TEAMS: teams}
    around = engine_around(
        incidents.workflow, database, beside=[reports.workflow], platforms=platforms
    )
    async with around as (engine, clock, sealer):
        standings = Standings(database, platforms, clock)
        delivery = Delivery(database, platforms, sealer, clock, standings=standings)
        run = {"send": delivery.deliver, "timer": engine.run_timer}
        worker = Worker(database, clock, run, on_dead=engine.keepers.tell_of_death)
        opened = House(engine, database, clock, sealer, IDS)
        opened.slack, opened.teams, opened.worker = slack, teams, worker
        yield opened
        await standings.close()
