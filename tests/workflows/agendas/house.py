"""Two departments that meet on Mondays, and meetings that nobody had to plan."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.context import Context
from bot.platform import Standing
from storage import accounts, places
from storage.people import Account
from storage.places import RoomPlace
from tests.workflows import acting
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, arrive
from workflows.agendas import access, moving
from workflows.agendas.rules import DRAFT_LEAD, PUBLISH_LEAD, State
from workflows.agendas.tables import Meeting, Member, Series

#: Name, department and roles. Sina and Tom own the meeting, Max and Tia come, Olga does not.
CREW: tuple[tuple[str, ...], ...] = (
    ("Sina", "security"),
    ("Tom", "ta"),
    ("Max", "security"),
    ("Tia", "ta", "recruiter"),
    ("Olga", "finance"),
    ("Adam", "it", "admin"),
)
IDS = {name: number for number, (name, *_) in enumerate(CREW, start=1)}
OWNERS, GUESTS = ("Sina", "Tom"), ("Max", "Tia")
#: The next Monday after the clock of the tests, 9:00 in London.
SLOT = date(2026, 11, 9)
STARTS = datetime(2026, 11, 9, 9, tzinfo=UTC)
LENGTH = timedelta(minutes=45)
#: Where the agenda is posted on each platform.
CHANNELS = {SLACK: "C1", TEAMS: "C1"}
_MINUTE = timedelta(minutes=1)


class House(acting.House):
    """The engine with what stands around it."""

    async def meets(self, **changed: Any) -> int:
        """Let a series be there, as planning it would leave it; return its number."""
        return await self.within(lambda ctx: add_series(ctx, changed))

    async def holds(self, series: int, **changed: Any) -> int:
        """Let a meeting of a series be there, without a timer; return its number."""
        return await self.within(lambda ctx: _meeting(ctx, series, changed))

    async def meeting(self, id: int) -> Meeting:
        """Return a meeting as it is stored."""
        return await self.database.read(lambda session: session.get_one(Meeting, id))

    async def moves(self, id: int, *states: State, **changed: Any) -> None:
        """Let a meeting go through states, each in its own transaction, as its timer would."""
        for state in states:
            await self.within(partial(_move, id=id, state=state, changed=changed))
            await self.passes(timedelta(0))

    async def becomes_guest(self, name: str) -> None:
        """Let a platform say of all of somebody's accounts that they are a guest's."""

        def note(session: Session) -> None:
            for platform in TENANTS:
                user = account(name, platform)
                known = Account(user.platform, user.tenant, user.user)
                accounts.note_standing(session, known, Standing.GUEST, now=self.clock.now())

        await self.database.write(note)

    async def told(self, name: str) -> list[str]:
        """Return what somebody was sent, in order."""
        return [parcel.message.text for parcel in await self.sent(name)]


def add_series(ctx: Context, changed: dict[str, Any]) -> int:
    """Add a series with who comes and where its agenda is posted; return its number."""
    fields: dict[str, Any] = {
        "name": "Security and TA",
        "rule": "mon 09:00",
        "timezone": "Europe/London",
        "minutes": LENGTH // _MINUTE,
        "draft_minutes": DRAFT_LEAD // _MINUTE,
        "publish_minutes": PUBLISH_LEAD // _MINUTE,
        "active_from": ctx.now.date(),
        "created_by": IDS[OWNERS[0]],
        "created_at": ctx.now,
        **changed,
    }
    series = Series(**fields)
    ctx.session.add(series)
    ctx.session.flush()
    for name in (*OWNERS, *GUESTS):
        own = Member(series_id=series.id or 0, person_id=IDS[name], is_owner=name in OWNERS)
        ctx.session.add(own)
    for platform, channel in CHANNELS.items():
        place = RoomPlace(platform, TENANTS[platform], channel)
        places.bind_room(ctx.session, access.room_of(series.id).name, place)
    return series.id or 0


def _meeting(ctx: Context, series: int, changed: dict[str, Any]) -> int:
    fields: dict[str, Any] = {
        "slot_on": SLOT,
        "starts_at": STARTS,
        "ends_at": STARTS + LENGTH,
        "state": State.PLANNED,
        **changed,
    }
    meeting = Meeting(series_id=series, **fields)
    ctx.session.add(meeting)
    ctx.session.flush()
    return meeting.id or 0


def _move(ctx: Context, *, id: int, state: State, changed: dict[str, Any]) -> None:
    locked = moving.locked(ctx, id)
    assert locked is not None
    meeting, _ = locked
    for name, value in changed.items():
        setattr(meeting, name, value)
    moving.move(ctx, meeting, state)


def move_in(session: Session) -> None:
    """Let everybody be known."""
    for name, department, *roles in CREW:
        id = arrive(session, name, department, *roles)
        assert id == IDS[name]
