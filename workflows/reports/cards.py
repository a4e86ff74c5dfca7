"""The triage card: one text wherever triage reads, edited at most once in two seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.context import Context
from bot.inbound import Room
from bot.ui import Button, Message
from storage import people, posts
from storage.people import Person
from workflows.reports import (
    asking,
    asking_texts,
    calls,
    card_views,
    codes,
    deciding,
    deciding_texts,
    keeping,
    labels,
    leases,
    tables,
    telling,
    triaging,
    triaging_texts,
)
from workflows.reports import workflow as it
from workflows.reports.card_views import Shown
from workflows.reports.defanging import defang
from workflows.reports.rules import TRIAGE_ROOM, UNDECIDED, Remark, State
from workflows.reports.tables import Report

#: Changes within so long are shown together.
PACE = timedelta(seconds=2)
#: A change that was stored later than it was made is shown by the look after the next few.
_LATECOMERS = 5 * PACE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CARD = "card"


def show(ctx: Context, report: Report) -> None:
    """Show a report where triage reads, as it is now; what stood there before is edited.

    Where somebody reads who may not any more, nothing of it is left.
    """
    _send(ctx, report, of(ctx, report))


def of(ctx: Context, report: Report) -> Message:
    """Return the card of a report with what those who triage it can press."""
    if report.state not in UNDECIDED:
        return card_views.over(report)
    return card_views.card(shown(ctx, report), buttons_of(ctx, report))


def shown(ctx: Context, report: Report) -> Shown:
    """Return a report as those who triage it read it."""
    said = tables.said(ctx.session, report.id or 0)
    return Shown(
        report=report,
        text=defang(keeping.text(ctx.sealer, report)),
        reporter=labels.reporter(ctx, report),
        holder=labels.holder(ctx, report),
        held_until=leases.ends(ctx, report) if report.state is State.ACKNOWLEDGED else None,
        additions=[
            (one.kind, defang(keeping.remark(ctx.sealer, one)))
            for one in said
            if one.kind not in {Remark.TOLD, Remark.AS_SENT} and one.text is not None
        ],
        remarks=calls.remarks_for_triage(ctx, report),
        is_self_report=report.is_self_report,
    )


def buttons_of(ctx: Context, report: Report) -> list[Button]:
    """Return what those who triage a report can press now."""
    id = report.id or 0
    own = [asking.ask.button(asking_texts.ASK, report=id)]
    if report.state is State.RECEIVED:
        own.insert(0, triaging.take.button(triaging_texts.TAKE, report=id).primary())
    if report.state is State.NEEDS_INFO:
        own.clear()
    close = deciding.close.button(deciding_texts.CLOSE, report=id)
    return [*own, *calls.buttons_for_triage(ctx, report), close]


@calls.reports_come
def show_first(ctx: Context, report_id: int) -> None:
    """Show a report that was just filed."""
    report = tables.report(ctx.session, report_id)
    if report is not None:
        show(ctx, report)


@calls.reports_change
def refresh(ctx: Context, report_id: int) -> None:
    """Have the card edited soon, together with all else that changes until then."""
    _look(ctx, report_id, after=PACE, shown="")


@it.timer("show")
def show_again(ctx: Context, report: int, shown: str) -> None:
    """Edit the card; once more when it has changed since *shown*, the digest of the last edit."""
    found = tables.report(ctx.session, report)
    if found is None:
        return
    card = of(ctx, found)
    now_shown = ctx.digest_of(card)
    if shown == now_shown:
        return
    _send(ctx, found, card)
    if found.state in UNDECIDED:
        _look(ctx, report, after=_LATECOMERS, shown=now_shown)


def _send(ctx: Context, report: Report, card: Message) -> None:
    telling.tell_triage(ctx, report, card, what=CARD)
    key = f"report:{report.id}:{CARD}"
    if not telling.is_for_room(ctx, report):
        _take_down(ctx, report, Room(TRIAGE_ROOM), key)
    for id in tables.kept_out(ctx.session, report.id or 0):
        someone = people.by_id(ctx.session, id, now=ctx.now)
        _take_down(ctx, report, someone, f"{key}:{someone.id}")


def _take_down(ctx: Context, report: Report, to: Room | Person, key: str) -> None:
    """Leave nothing of a card where it stood and may not be read any more."""
    if posts.all_for(ctx.session, key):
        about = codes.entity(report.id or 0)
        ctx.send(to, card_views.taken_down(report), key=key, about=about)


def _look(ctx: Context, report: int, *, after: timedelta, shown: str) -> None:
    """Look at the end of one of the spans of time that all changes within share."""
    span = (ctx.now + after - _EPOCH) // PACE
    at = _EPOCH + span * PACE + PACE / 2
    ctx.schedule(show_again, at, key=f"report:{report}:show:{span}", report=report, shown=shown)
