"""A meeting with its agenda in a thread on each platform, of which something is kept."""

from typing import Any

from bot.clock import as_utc
from bot.context import Context
from bot.inbound import QuotedMessage, Shortcut
from bot.ui import Answer
from storage import posts
from storage.posts import Post
from tests.workflows.acting import SLACK, TEAMS, TENANTS
from tests.workflows.agendas.house import CHANNELS, IDS, House
from workflows.agendas import codes, keeping, moving, tables
from workflows.agendas.rules import State
from workflows.agendas.tables import Action, Meeting, Minute, Topic

#: What the agenda is called on a platform, and so its thread.
HEAD = "1.0"


async def publish(house: House, meeting: int) -> None:
    """Let an agenda stand in each channel, as publishing it would leave it."""

    def post(ctx: Context) -> None:
        for platform in (SLACK, TEAMS):
            posted = Post(
                platform=platform,
                tenant=TENANTS[platform],
                channel=CHANNELS[platform],
                message=HEAD,
                key=f"agenda:{meeting}",
                entity=codes.entity(meeting),
                posted_at=ctx.now,
            )
            posts.record(ctx.session, posted)

    await house.within(post)


async def moves(house: House, meeting: int, state: State) -> None:
    """Let a meeting stand otherwise."""

    def move(ctx: Context) -> None:
        found = ctx.session.get_one(Meeting, meeting)
        tables.lock_series(ctx.session, found.series_id)
        moving.move(ctx, found, state)

    await house.within(move)


async def runs(house: House, **changed: Any) -> tuple[int, int]:
    """Let a meeting run whose agenda heads a thread; return its series' and its own number."""
    series = await house.meets()
    meeting = await house.holds(series, state=State.PUBLISHED, **changed)
    await publish(house, meeting)
    house.clock.move_to(as_utc((await house.meeting(meeting)).starts_at))
    await moves(house, meeting, State.RUNNING)
    return series, meeting


async def marks(house: House, name: str, text: str, *, id: str = "5.0") -> Answer:
    """Let somebody use the shortcut on a message in the thread."""
    common = house._common(name, SLACK)
    quoted = QuotedMessage(id=id, text=text, author="U1")
    return await house.engine.handle(Shortcut(**common, route="agendas.keep", quoted=quoted))


async def action(house: House, id: int) -> tuple[Action, str]:
    """Return an action and what is to be done."""

    def read(ctx: Context) -> tuple[Action, str]:
        found = ctx.session.get_one(Action, id)
        return found, keeping.text(ctx.sealer, found)

    return await house.within(read)


async def lines(house: House, meeting: int) -> list[tuple[str, str]]:
    """Return what was kept of a meeting."""

    def read(ctx: Context) -> list[tuple[str, str]]:
        rows: list[Minute] = tables.minutes(ctx.session, meeting)
        return [(row.kind, keeping.text(ctx.sealer, row)) for row in rows]

    return await house.within(read)


async def topic(house: House, id: int) -> Topic:
    """Return a topic."""
    return await house.database.read(lambda session: session.get_one(Topic, id))


def owner(name: str) -> int:
    """Return somebody's number."""
    return IDS[name]
