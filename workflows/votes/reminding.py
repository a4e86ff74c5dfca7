"""Reminders to vote: private, within working hours, and only for those who have not voted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.business_time import BusinessCalendar
from bot.calendars import calendar_of
from bot.context import Context
from storage import people
from storage.people import Person
from workflows.votes import access, casting, reading, reminding_views, tables
from workflows.votes import workflow as it
from workflows.votes.rules import State
from workflows.votes.tables import Vote

#: So much working time before the close is the last word.
LAST_WORD = timedelta(hours=2)


class Reminder(StrEnum):
    """When somebody is reminded, once of each kind for a deadline."""

    HALF = "half"  #: of their working time between the opening and the close has passed
    LAST = "last"  #: two of their working hours are left


@dataclass(frozen=True, slots=True)
class _Window:
    """The time in which a wording of a vote can be voted on, in somebody's working hours."""

    hours: BusinessCalendar
    opens: datetime
    closes: datetime

    def moment(self, kind: Reminder) -> datetime | None:
        """Return when to remind; None where there is too little working time for it.

        Where both would come at once, the last word is enough.
        """
        whole = self.hours.elapsed(self.opens, self.closes)
        half, last = whole / 2, whole - LAST_WORD
        after = half if kind is Reminder.HALF else last
        if after <= timedelta(0) or (kind is Reminder.HALF and half >= last):
            return None
        return self.in_hours(self.hours.due(self.opens, after))

    def in_hours(self, at: datetime) -> datetime | None:
        """Return *at* or when work begins again, unless that is after the close."""
        found = self.hours.next_working(at)
        return found if found < self.closes else None


def schedule(ctx: Context, vote: Vote) -> None:
    """Leave the timers of all reminders; once more when the wording or the close is new."""
    for elector in tables.electors_of(ctx.session, vote.id or 0):
        if not elector.is_recused:
            for kind in Reminder:
                _wait(ctx, vote, elector.person_id, kind)


@it.timer("remind")
def remind(ctx: Context, vote: int, person: int, version: int, kind: Reminder, closes: str) -> None:
    """Remind somebody who has not voted; what is true now decides, not what was true then."""
    found = tables.vote(ctx.session, vote)
    if found is None or (found.state, found.version) != (State.OPEN, version):
        return
    if found.closes_at.isoformat() != closes or not _is_waited_for(ctx, found, person):
        return
    someone = people.by_id(ctx.session, person, now=ctx.now)
    window = _window(ctx, found, someone)
    due = window.moment(kind)
    at = due and window.in_hours(max(due, ctx.now))
    if at is None:
        return
    if at > ctx.now:
        _leave(ctx, found, person, kind, at)
        return
    _send(ctx, found, someone, kind)


def _is_waited_for(ctx: Context, vote: Vote, person: int) -> bool:
    elector = tables.elector(ctx.session, vote.id or 0, person)
    if elector is None or elector.is_recused or person in tables.voted(ctx.session, vote):
        return False
    is_here = people.works_here(ctx.session, person)
    return is_here and not access.is_barred(ctx, vote, person)


def _wait(ctx: Context, vote: Vote, person: int, kind: Reminder) -> None:
    """Leave a timer for what is still to come, unless it was left for this deadline before."""
    someone = people.by_id(ctx.session, person, now=ctx.now)
    at = _window(ctx, vote, someone).moment(kind)
    if at is not None and at > ctx.now:
        _leave(ctx, vote, person, kind, at)


def _leave(ctx: Context, vote: Vote, person: int, kind: Reminder, at: datetime) -> None:
    closes = vote.closes_at.isoformat()
    key = f"{_key(vote, person, kind)}:{closes}:{at:%Y%m%dT%H%M%S.%f}"
    asked = {"vote": vote.id or 0, "person": person, "version": vote.version}
    ctx.schedule(remind, at, key=key, kind=kind, closes=closes, **asked)


def _send(ctx: Context, vote: Vote, someone: Person, kind: Reminder) -> None:
    asked, key = reading.read(ctx, vote), _key(vote, someone.id, kind)
    # A moved deadline edits the first reminder, and has a last word of its own.
    if kind is Reminder.LAST:
        key = f"{key}:{vote.closes_at.isoformat()}"
    buttons = casting.buttons(vote, asked.options)
    ctx.send(
        someone,
        reminding_views.reminder(someone, asked, buttons),
        key=key,
        about=f"vote:{vote.id}",
        sensitive=True,
    )


def _key(vote: Vote, person: int, kind: Reminder) -> str:
    return f"vote:{vote.id}:remind:{vote.version}:{kind}:{person}"


def _window(ctx: Context, vote: Vote, someone: Person) -> _Window:
    opens = tables.terms(ctx.session, vote).at
    return _Window(calendar_of(ctx.session, someone, since=opens), opens, vote.closes_at)
