"""Whoever has a report keeps it while they act on it; after that it goes back to the others."""

from __future__ import annotations

from datetime import datetime

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Message, Reply
from storage import people
from storage.people import Person
from workflows.reports import (
    access,
    calls,
    codes,
    hours,
    moving,
    roster,
    tables,
    telling,
    views,
)
from workflows.reports import lease_texts as texts
from workflows.reports import workflow as it
from workflows.reports.paces import PACES
from workflows.reports.rules import Move, State
from workflows.reports.tables import Report


def begin(ctx: Context, report: Report) -> None:
    """Let the lease of a locked report begin anew, since something was done with it.

    One that nobody has, such as one that its reporter opened again, goes to the others at once.
    """
    report.touched_at = ctx.now
    if holder(ctx, report) is None:
        moving.wait(ctx, report, lease, ctx.now)
    else:
        _wait(ctx, report)


def ends(ctx: Context, report: Report) -> datetime:
    """Return when a report goes back to the others, unless something is done with it."""
    return hours.due(ctx, PACES[report.severity].release, since=_reminds(ctx, report))


def holder(ctx: Context, report: Report) -> Person | None:
    """Return who has a report, as long as they work here and may read it."""
    if report.holder_id is None or not people.works_here(ctx.session, report.holder_id):
        return None
    found = people.by_id(ctx.session, report.holder_id, now=ctx.now)
    parties = tables.parties(ctx.session, report.id or 0)
    return found if access.reads(found, report, parties) else None


def is_lost(ctx: Context, report: Report) -> bool:
    """Say whether somebody has a report who may have it no more."""
    is_held = report.state is State.ACKNOWLEDGED and report.holder_id is not None
    return is_held and holder(ctx, report) is None


@it.action("keep", allow=access.TEAM)
def keep(ctx: Context, report: int) -> Reply:
    """Let whoever has a report keep it for as long again."""
    found = access.triaged(ctx, report)
    if found.state is not State.ACKNOWLEDGED or found.holder_id != ctx.person.id:
        raise Conflict(texts.not_yours(codes.code(found)))
    begin(ctx, found)
    calls.report_changed(ctx, report)
    return views.timed(texts.kept(codes.code(found)), texts.YOURS_UNTIL, ends(ctx, found))


@it.timer("lease")
def lease(ctx: Context, report: int, look: str) -> None:
    """Do what is due: remind whoever has a report, press for a decision, or release it."""
    found = moving.still_for(ctx, report, look)
    if found is None or found.state is not State.ACKNOWLEDGED:
        return
    own = holder(ctx, found)
    if own is None or ends(ctx, found) <= ctx.now:
        _release(ctx, found, own)
        return
    if found.decide_by is not None and found.decide_by <= ctx.now:
        _press(ctx, found, own)
    if moving.due_at(look) <= _reminds(ctx, found) <= ctx.now:
        said = _reminder(ctx, found)
        telling.tell_people(ctx, found, [own], said, what=f"lease:{codes.stamp(ctx)}")
    _wait(ctx, found)


def _reminder(ctx: Context, report: Report) -> Message:
    said = texts.reminder(codes.code(report))
    button = keep.button(texts.KEEP, report=report.id or 0).primary()
    return views.timed(said, texts.YOURS_UNTIL, ends(ctx, report), [button])


def _reminds(ctx: Context, report: Report) -> datetime:
    return hours.due(ctx, PACES[report.severity].remind_holder, since=report.touched_at)


def _wait(ctx: Context, report: Report) -> None:
    """Wait for the next of the moments at which something is due."""
    moments = (_reminds(ctx, report), ends(ctx, report), report.decide_by)
    coming = [moment for moment in moments if moment is not None and moment > ctx.now]
    moving.wait(ctx, report, lease, min(coming, default=ctx.now))


def _release(ctx: Context, report: Report, own: Person | None) -> None:
    moving.move(ctx, report, Move.RELEASE)
    if own is not None:
        said = Message(text=texts.released(codes.code(report)))
        telling.tell_people(ctx, report, [own], said, what=f"lease:{codes.stamp(ctx)}")


def _press(ctx: Context, report: Report, own: Person) -> None:
    """Say, once, that a report should have been decided by now; its reporter hears that too."""
    report.decide_by = None
    out = tables.kept_out(ctx.session, report.id or 0)
    above = access.triagers(ctx, report) if report.is_restricted else roster.heads(ctx, without=out)
    told = {one.id: one for one in (own, *above)}
    what = f"decide:{codes.stamp(ctx)}"
    pressing = Message(text=texts.undecided(codes.code(report)))
    telling.tell_people(ctx, report, told.values(), pressing, what=what)
    calming = Message(text=texts.still_looking(codes.code(report)))
    telling.tell_reporter(ctx, report, calming, what="progress")
    calls.report_changed(ctx, report.id or 0)
