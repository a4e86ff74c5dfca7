"""The simulated company's weekly meeting: it met last Monday, and one action of it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from adapters.simulator.menu import SHOWN_IN
from adapters.simulator.sample import COLLEAGUES
from bot.context import Context, unasked, write_audit
from console.sample_hiring import ROOM
from storage import people, places
from storage.people import Person
from storage.secrets import Sealer
from workflows.agendas import access, actions, planning, tables
from workflows.agendas import series as meetings
from workflows.agendas import terms as agreed
from workflows.agendas.actions import Agreed
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

NAME = "Security and TA"
#: One of security and one of talent acquisition; then who comes as well.
OWNERS, GUESTS = ("chiara", "elena"), ("ada", "ben", "dev", "farid")
TO_DO = "Agree with IT who takes the badges of those who leave"
#: Its day comes after the next meeting, so that nobody is reminded before.
_DUE = timedelta(days=11)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


def seed(session: Session, sealer: Sealer, now: datetime) -> None:
    """Add the meeting, once; while somebody who comes has left, add nothing."""
    emails = {one.handle: one.email or "" for one in COLLEAGUES}
    company = {
        handle: person
        for handle in (*OWNERS, *GUESTS)
        if (person := people.by_email(session, emails[handle], now=now)) and person.active
    }
    if len(company) < len((*OWNERS, *GUESTS)) or tables.last_series(session):
        return
    ctx = unasked(session, sealer, now)
    series = _series(ctx, company)
    _meet(ctx, series, company)
    planning.plan(ctx, series)
    write_audit(ctx, "console.seed")


def _series(ctx: Context, company: Mapping[str, Person]) -> Series:
    """Store the series without a word to anybody: it has been there for a while."""
    today = ctx.now.astimezone(SHOWN_IN).date()
    terms = replace(agreed.usual(NAME, SHOWN_IN.key, today), first=today - 2 * _WEEK)
    created_by, created_at = company[OWNERS[0]].id, ctx.now - 2 * _WEEK
    series = Series(**agreed.columns(terms), created_by=created_by, created_at=created_at)
    ctx.session.add(series)
    ctx.session.flush()
    for handle, someone in company.items():
        meetings.join(ctx, series, someone, is_owner=handle in OWNERS)
    for place in ROOM:
        places.bind_room(ctx.session, access.room_of(series.id).name, place)
    return series


def _meet(ctx: Context, series: Series, company: Mapping[str, Person]) -> None:
    """Let the last meeting be over, with something to do for one of its owners."""
    slots = planning.rhythm(series).slots_between(ctx.now - _WEEK - _DAY, ctx.now - _DAY)
    starts = next(iter(slots))
    ends = starts + timedelta(minutes=series.minutes)
    meeting = Meeting(
        series_id=series.id or 0,
        slot_on=planning.local_day(series, starts),
        starts_at=starts,
        ends_at=ends,
        state=State.OVER,
        facilitator_id=company[OWNERS[1]].id,
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    owner = company[OWNERS[0]]
    then = unasked(ctx.session, ctx.sealer, ends, person=owner)
    agreed_then = Agreed(text=TO_DO, owner=owner, due_on=meeting.slot_on + _DUE)
    actions.agree(then, series, meeting, agreed_then)
