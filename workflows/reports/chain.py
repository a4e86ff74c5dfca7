"""The chain of calls: on duty, the deputies, the head, everybody, until a person has a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.inbound import Room
from bot.roles import Role
from bot.ui import Message
from storage import people
from storage.people import Person
from workflows.reports import (
    access,
    card_views,
    chain_texts,
    chain_views,
    codes,
    hours,
    moving,
    outside,
    overview,
    roster,
    tables,
    telling,
    triaging,
)
from workflows.reports import workflow as it
from workflows.reports.paces import PACES, Pace, Wait
from workflows.reports.rules import SECURITY, TRIAGE_ROOM, State
from workflows.reports.tables import Called, Report

DEPUTY = 2
#: The step at which everybody is called, and triage's room as well.
EVERYBODY = 3


def go_on(ctx: Context, report: Report, *, since: datetime | None = None) -> None:
    """Make the next step with a locked report that waits *since*, or else since now.

    That is at once, or when work begins.
    """
    due = since or ctx.now
    if not report.severity.is_high:
        due = hours.calendar(ctx).next_working(due)
    if due > ctx.now:
        moving.wait(ctx, report, call, due)
    else:
        _step(ctx, report, due=due)


@it.timer("call")
def call(ctx: Context, report: int, look: str) -> None:
    """Make the next step, since nobody took a report in time."""
    found = moving.still_for(ctx, report, look)
    if found is not None and found.state is State.RECEIVED:
        _step(ctx, found, due=moving.due_at(look))


def settle(ctx: Context, report: Report) -> None:
    """Tell those who were called when nobody waits for them any more, or it is not theirs."""
    parties = tables.parties(ctx.session, report.id or 0)
    for one in tables.open_calls(ctx.session, report.id or 0):
        if one.person_id is None:
            _settle_room(ctx, report, one)
            continue
        someone = people.by_id(ctx.session, one.person_id, now=ctx.now)
        if not access.reads(someone, report, parties):
            _end(ctx, report, one, someone, card_views.taken_down(report))
        elif report.state is not State.RECEIVED:
            _end(ctx, report, one, someone, chain_views.over(report))


def total(pace: Pace) -> int:
    """Return how many steps there are until everybody was called as often as it goes."""
    return len(pace.steps) * (1 + pace.repeats)


def gap(pace: Pace, step: int) -> Wait:
    """Return how long after a step the next one is made; a repeat waits like the last one."""
    index = min(step % len(pace.steps), len(pace.steps) - 2)
    before, after = pace.steps[index], pace.steps[index + 1]
    return Wait(after.span - before.span, after.is_working)


def tiers(ctx: Context, report: Report) -> list[list[Person]]:
    """Return who is called at each step; whoever is kept out of a report is in none.

    A restricted report knows no ranks of triage: its first reader, the first two, then all.
    """
    asked = access.triagers(ctx, report)
    if report.is_restricted:
        return [asked[:1], asked[:2], asked, asked]
    out = tables.kept_out(ctx.session, report.id or 0)
    heads = roster.heads(ctx, without=out)
    deputies = [one for one in asked if min(one.ranks(Role.TRIAGE, SECURITY)) <= DEPUTY]
    everybody = {one.id: one for one in (*asked, *heads)}
    return [asked[:1], deputies, heads, list(everybody.values())]


def _step(ctx: Context, report: Report, *, due: datetime) -> None:
    pace = PACES[report.severity]
    index = report.step % len(pace.steps)
    steps = tiers(ctx, report)
    # Where nobody holds a rank, those above it are called, and in the end those below.
    asked = next(filter(None, (*steps[index:], *reversed(steps))), [])
    if not asked:
        _tell_admins(ctx, report)
        outside.tell(ctx, report)
        moving.wait(ctx, report, call, hours.due(ctx, pace.acknowledge))
        return
    _call(ctx, report, asked, late=ctx.now - due, in_room=index == EVERYBODY)
    if index == EVERYBODY:
        outside.tell(ctx, report)
    report.step += 1
    report.next_look = ""
    if report.step % total(pace):
        moving.wait(ctx, report, call, hours.due(ctx, gap(pace, index)))


def _call(
    ctx: Context, report: Report, asked: Sequence[Person], *, late: timedelta, in_room: bool
) -> None:
    """Call people; where nothing reaches one, the next of triage is called at once."""
    buttons = (
        triaging.take.button(chain_texts.TAKE, report=report.id or 0).primary(),
        overview.read.button(chain_texts.READ, report=report.id or 0),
    )
    message = chain_views.call(report, buttons, due=ctx.now - late)
    parties = tables.parties(ctx.session, report.id or 0)
    for someone in asked:
        if not access.reads(someone, report, parties):
            access.let_in(ctx, report, someone.id)
        _send(ctx, report, _called(ctx, report, someone.id, late), someone, message)
    if in_room and telling.is_for_room(ctx, report):
        _send_to_room(ctx, report, _called(ctx, report, None, late), message)


def _called(ctx: Context, report: Report, person_id: int | None, late: timedelta) -> Called:
    called = Called(
        report_id=report.id or 0,
        step=report.step,
        person_id=person_id,
        at=ctx.now,
        late=int(late.total_seconds()),
    )
    ctx.session.add(called)
    return called


def _send(ctx: Context, report: Report, called: Called, someone: Person, message: Message) -> None:
    after: list[Person | Room] = [
        one for one in access.triagers(ctx, report) if one.id != someone.id
    ]
    if telling.is_for_room(ctx, report):
        after.append(Room(TRIAGE_ROOM))
    ctx.send(
        someone,
        message,
        key=f"report:{report.id}:call:{called.step}:{someone.id}",
        about=codes.entity(report.id or 0),
        sensitive=True,
        otherwise=after,
        outside=None if called.is_over else outside.signal(ctx, report),
    )


def _send_to_room(ctx: Context, report: Report, called: Called, message: Message) -> None:
    about = codes.entity(report.id or 0)
    key = f"report:{report.id}:call:{called.step}:room"
    ctx.send(Room(TRIAGE_ROOM), message, key=key, about=about, sensitive=True)


def _settle_room(ctx: Context, report: Report, called: Called) -> None:
    """Edit a call in triage's room once nobody waits there, or it may not stand there."""
    if not telling.is_for_room(ctx, report):
        message = card_views.taken_down(report)
    elif report.state is not State.RECEIVED:
        message = chain_views.over(report)
    else:
        return
    called.is_over = True
    _send_to_room(ctx, report, called, message)


def _end(ctx: Context, report: Report, called: Called, someone: Person, message: Message) -> None:
    """Edit a call, wherever it went, so that nobody presses anything there any more."""
    called.is_over = True
    _send(ctx, report, called, someone, message)


def _tell_admins(ctx: Context, report: Report) -> None:
    """Say to those who give roles that nobody is there to call; it names no more than a number."""
    out = tables.kept_out(ctx.session, report.id or 0)
    for admin in people.holders(ctx.session, Role.ADMIN, now=ctx.now):
        if admin.id not in out:
            key = f"report:{report.id}:nobody:{admin.id}"
            ctx.send(admin, chain_views.nobody(report), key=key)
