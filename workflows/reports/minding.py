"""What people see of their own reports: where each stands, taking one back, and the answer."""

from __future__ import annotations

from bot import menu
from bot.context import Context
from bot.errors import Conflict
from bot.roles import Role
from bot.text import parse
from bot.ui import Block, Button, Message, Reply
from bot.workflow import traceless
from workflows.reports import (
    access,
    asking,
    asking_texts,
    calls,
    codes,
    filing,
    keeping,
    minding_views,
    receipts,
    reporting,
    tables,
    texts,
    unnamed,
)
from workflows.reports import minding_texts as said
from workflows.reports import workflow as it
from workflows.reports.rules import OVER, Privacy, State
from workflows.reports.tables import Report


@it.command("report list", help=said.HELP_LIST, allow=Role.STRANGER, read_only=True)
def report_list(ctx: Context, _text: str) -> Reply:
    """List what whoever asks has reported."""
    return minding_views.overview(_own(ctx))


@traceless
@it.command(
    "report status",
    help=said.HELP_STATUS,
    usage=said.USAGE_STATUS,
    allow=Role.STRANGER,
    read_only=True,
)
def report_status(ctx: Context, text: str) -> Reply:
    """Say where one's own report stands."""
    line = parse(text)
    if not line.refs:
        return unnamed.by_code(ctx, text) if ctx.inline else reporting.doors()
    report = access.for_reporter(ctx, tables.report(ctx.session, codes.named(line)))
    heard = keeping.told(ctx, report)
    return minding_views.status(report, heard[-1] if heard else "", _buttons(ctx, report))


@it.command(
    "report withdraw", help=said.HELP_WITHDRAW, usage=said.USAGE_STATUS, allow=Role.STRANGER
)
def report_withdraw(ctx: Context, text: str) -> Reply:
    """Take one's own report back."""
    return receipts.taken_back(ctx, access.own(ctx, codes.named(parse(text))))


@it.action("rate", allow=Role.STRANGER)
def rate(ctx: Context, report: int, *, is_helpful: bool) -> Reply:
    """Keep what a reporter says of the answer, and ask one thing more."""
    found = _answered(ctx, report)
    found.is_helpful = is_helpful
    ctx.record(codes.entity(report), after=("rated", is_helpful))
    return minding_views.again(_again(report))


@it.action("again", allow=Role.STRANGER)
def again(ctx: Context, report: int, *, would: bool) -> Reply:
    """Keep whether a reporter would do so again."""
    found = _answered(ctx, report)
    found.would_again = would
    ctx.record(codes.entity(report), after=("again", would))
    return Message(text=said.NOTED)


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Say where one's own reports stand that are not over."""
    return minding_views.waiting(open_ones(ctx), menu.say_button(said.ALL, "report list"))


def open_ones(ctx: Context) -> list[Report]:
    """Return what whoever asks has reported under their name and is not over, the newest first."""
    return [one for one in _own(ctx) if one.state not in OVER]


@calls.closing_buttons
def under_note(_ctx: Context, report: Report) -> tuple[Button, ...]:
    """Return the buttons by which a reporter says what the answer was worth, once."""
    is_over = report.privacy is Privacy.ANONYMOUS or report.is_helpful is not None
    return () if is_over else _rating(report)


def _buttons(ctx: Context, report: Report) -> list[Button]:
    """Return what whoever reported something can do as it stands now."""
    if report.state is State.CLOSED:
        return calls.buttons_for_note(ctx, report)
    own = list(receipts.own_buttons(report))
    if report.state is State.NEEDS_INFO:
        own.insert(0, asking.answer.button(asking_texts.ANSWER, report=report.id or 0).primary())
    return own


def _rating(report: Report) -> tuple[Button, ...]:
    id = report.id or 0
    return (
        rate.button(said.HELPFUL, report=id, is_helpful=True),
        rate.button(said.NOT_HELPFUL, report=id, is_helpful=False),
    )


def _again(report: int) -> tuple[Button, ...]:
    return (
        again.button(said.AGAIN, report=report, would=True),
        again.button(said.NOT_AGAIN, report=report, would=False),
    )


def _answered(ctx: Context, id: int) -> Report:
    """Return one's own report, locked, once it was answered.

    Raises:
        NotFound: there is none, or it is somebody else's.
        Conflict: it is open, perhaps again.
    """
    found = access.own(ctx, id)
    if found.state is not State.CLOSED:
        raise Conflict(texts.not_now(codes.code(found), found.state))
    return found


def _own(ctx: Context) -> list[Report]:
    person, account = filing.reporter_of(ctx)
    digest = keeping.account_digest(ctx, account) if account else None
    found = tables.reported_by(ctx.session, person_id=person, account_digest=digest)
    return [one for one in found if one.privacy is not Privacy.ANONYMOUS]
