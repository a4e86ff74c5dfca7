"""The receipt of a report: privately, or in the thread of the post that it came by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.errors import Conflict
from bot.inbound import Place
from bot.roles import Role
from bot.ui import Button, Message, Reply
from workflows.reports import (
    access,
    calls,
    codes,
    detailing,
    hours,
    moving,
    receipt_views,
    tables,
    telling,
)
from workflows.reports import receipt_texts as texts
from workflows.reports import workflow as it
from workflows.reports.paces import PACES, TAKE_BACK
from workflows.reports.rules import OVER, UNDECIDED, Circumstances, Move, Privacy, State
from workflows.reports.tables import Report

RECEIPT = "receipt"
_MINUTE = timedelta(minutes=1)


def answer(
    ctx: Context, report: Report, seen: Circumstances, *, notes: Sequence[str] = ()
) -> Message:
    """Return the receipt for whoever has just reported something, to be read by them alone."""
    report.receipt_at = ctx.now
    return receipt_views.receipt(
        codes.code(report),
        _by(ctx, report),
        own_buttons(report),
        todo=receipt_views.steps(seen),
        notes=(*notes, texts.SURE_TO_ANSWER),
    )


def own_buttons(report: Report) -> tuple[Button, ...]:
    """Return what whoever reported something can do with it."""
    id = report.id or 0
    add = detailing.add.button(texts.ADD_DETAILS, report=id)
    if report.state not in UNDECIDED:
        return (add,) if report.state is State.LINKED else ()
    return add, withdraw.button(texts.WITHDRAW, report=id).danger(texts.REALLY_WITHDRAW)


def post(ctx: Context, report: Report) -> None:
    """Answer in the thread of the post that a report came by; others read that too."""
    report.receipt_at = ctx.now
    show(ctx, report)
    at = report.received_at + TAKE_BACK
    ctx.schedule(settle, at, key=f"report:{report.id}:receipt:settle", report=report.id or 0)


def show(ctx: Context, report: Report) -> None:
    """Show the receipt in the thread, as it is now; what stood there before is edited."""
    if report.place is not None:
        place, key = Place(**report.place), f"report:{report.id}:{RECEIPT}"
        ctx.send(place, _in_thread(ctx, report), key=key, about=codes.entity(report.id or 0))


@it.timer("settle receipt")
def settle(ctx: Context, report: int) -> None:
    """Take the buttons away that were there for a while."""
    found = tables.lock_report(ctx.session, report)
    if found is not None and found.state is not State.WITHDRAWN:
        show(ctx, found)


@it.action("not_a_report", allow=Role.STRANGER)
def not_a_report(ctx: Context, report: int) -> Reply:
    """Take a report back that was none."""
    found = access.own(ctx, report)
    _check_time(ctx, found)
    return taken_back(ctx, found)


@it.action("go_private", allow=Role.STRANGER)
def go_private(ctx: Context, report: int) -> Reply:
    """Let all else about a report be said to its author alone."""
    found = access.own(ctx, report)
    _check_time(ctx, found)
    found.privacy = Privacy.CONFIDENTIAL
    ctx.record(codes.entity(report), after=found.privacy)
    show(ctx, found)
    calls.report_changed(ctx, report)
    said = f"{texts.moved(codes.code(found))} {texts.ASKED_TO_DELETE}"
    telling.tell_reporter(ctx, found, _private(ctx, found, said), what="moved")
    return Message(text=texts.ASKED_TO_DELETE)


@it.action("withdraw", allow=Role.STRANGER)
def withdraw(ctx: Context, report: int) -> Reply:
    """Take a report back."""
    return taken_back(ctx, access.own(ctx, report))


def taken_back(ctx: Context, report: Report) -> Message:
    """Take a locked report back.

    Raises:
        Conflict: somebody has decided about it.
    """
    moving.move(ctx, report, Move.WITHDRAW)
    show(ctx, report)
    return Message(text=texts.taken_back(codes.code(report)))


def _private(ctx: Context, report: Report, said: str) -> Message:
    return receipt_views.receipt(
        codes.code(report), _by(ctx, report), own_buttons(report), notes=(said,)
    )


def _in_thread(ctx: Context, report: Report) -> Message:
    code = codes.code(report)
    if report.state is State.WITHDRAWN:
        return Message(text=texts.taken_back(code))
    if report.privacy is not Privacy.NAMED:
        return Message(text=texts.goes_on_in_private(code))
    buttons = _buttons_in_thread(ctx, report)
    return receipt_views.receipt(code, _by(ctx, report), buttons, notes=(texts.IN_THREAD,))


def _buttons_in_thread(ctx: Context, report: Report) -> tuple[Button, ...]:
    id = report.id or 0
    if report.state in OVER:
        return ()
    add = detailing.add.button(texts.ADD_DETAILS, report=id)
    if _is_late(ctx, report):
        return (add,)
    return (
        add,
        not_a_report.button(texts.NOT_A_REPORT, report=id),
        go_private.button(texts.GO_PRIVATE, report=id),
    )


def _by(ctx: Context, report: Report) -> datetime:
    """Return by when a person looks at it."""
    return hours.due(ctx, PACES[report.severity].acknowledge, since=report.received_at)


def _is_late(ctx: Context, report: Report) -> bool:
    return ctx.now >= report.received_at + TAKE_BACK


def _check_time(ctx: Context, report: Report) -> None:
    if _is_late(ctx, report):
        raise Conflict(texts.too_late(codes.code(report), TAKE_BACK // _MINUTE))
