"""What waits for those who triage: the list, one report in full, and their part of Home."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.errors import NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Block, Button, Message, Reply
from bot.workflow import NO_SUCH_THING
from workflows.reports import (
    access,
    card_views,
    cards,
    codes,
    labels,
    overview_views,
    tables,
    triaging,
)
from workflows.reports import triaging_texts as texts
from workflows.reports import workflow as it
from workflows.reports.overview_views import Row
from workflows.reports.rules import SECURITY, UNDECIDED, State
from workflows.reports.tables import Report

#: So many reports stand on Home, and so many in the list, each with its buttons.
ON_HOME, IN_LIST = 3, 8


@it.command(
    "security queue",
    help=texts.HELP_QUEUE,
    allow=access.TEAM,
    read_only=True,
)
def queue(ctx: Context, text: str) -> Reply:
    """Show what waits for those who triage, the most serious and the oldest first."""
    waiting = _waiting(ctx)
    if not waiting and not ctx.person.holds(Role.TRIAGE, SECURITY):
        raise NotFound(NO_SUCH_THING)
    return overview_views.queue([_row(ctx, one) for one in waiting], at_most=IN_LIST)


# Who reads a report leaves a line in the audit: these are not read-only.
@it.command("security show", help=texts.HELP_SHOW, usage=texts.USAGE_ONE, allow=access.TEAM)
def show_named(ctx: Context, text: str) -> Reply:
    """Show a report in full."""
    return _shown(ctx, codes.named(parse(text)))


@it.action("read", allow=access.TEAM)
def read(ctx: Context, report: int) -> Reply:
    """Show a report in full."""
    return _shown(ctx, report)


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Show the reports that wait for the reader."""
    return overview_views.on_home([_row(ctx, one) for one in _waiting(ctx)], at_most=ON_HOME)


def _shown(ctx: Context, id: int) -> Message:
    report = tables.report(ctx.session, id)
    if report is None or not access.may_read(ctx, report):
        raise NotFound(NO_SUCH_THING)
    ctx.record(codes.entity(id))
    shown, buttons = cards.shown(ctx, report), list[Button]()
    if not access.reads(ctx.person, report, tables.parties(ctx.session, id)):
        # Its incident's people learn of no report beside it.
        shown = replace(shown, remarks=(), is_self_report=False)
    elif report.state in UNDECIDED:
        buttons = cards.buttons_of(ctx, report)
    card = card_views.card(shown, buttons, at_most=card_views.IN_FULL)
    return card.carrying(codes.entity(id))


def _waiting(ctx: Context) -> list[Report]:
    """Return the undecided reports that the reader triages."""
    if not ctx.person.id:
        return []
    own = tables.parties_of(ctx.session, ctx.person.id)
    if not own and not ctx.person.holds(Role.TRIAGE, SECURITY):
        return []
    found = [
        report
        for report in tables.reports_in(ctx.session, UNDECIDED)
        if access.reads(ctx.person, report, [own[report.id]] if report.id in own else [])
    ]
    return sorted(found, key=lambda one: (one.severity, one.id))


def _row(ctx: Context, report: Report) -> Row:
    buttons = [read.button(texts.read(codes.code(report)), report=report.id or 0)]
    if report.state is State.RECEIVED:
        take = triaging.take.button(texts.take(codes.code(report)), report=report.id or 0)
        buttons.insert(0, take)
    return Row(report, labels.holder(ctx, report), tuple(buttons))
