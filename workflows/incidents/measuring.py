"""The figures of reports and incidents, for auditors, for triage and for those who lead."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Message
from bot.workflow import NO_SUCH_THING
from workflows.incidents import (
    measuring_incidents,
    measuring_reports,
    measuring_texts,
    measuring_views,
)
from workflows.incidents import measuring_tables as tables
from workflows.incidents import tables as incident_tables
from workflows.incidents import workflow as it
from workflows.incidents.measures import Figure
from workflows.reports.rules import SECURITY

#: How far back figures reach when nobody says it: the first of the month so long ago.
USUALLY = timedelta(days=90)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@it.command(
    "security metrics",
    help=measuring_texts.HELP,
    usage=measuring_texts.USAGE,
    read_only=True,
)
def metrics(ctx: Context, text: str) -> Message:
    """Show the figures since the beginning of a month."""
    if not _may_read(ctx):
        raise NotFound(NO_SUCH_THING)
    since = _since(ctx, parse(text).flags.get("since", ""))
    return measuring_views.figures(since, figures(ctx, since))


def figures(ctx: Context, since: datetime) -> list[Figure]:
    """Return every figure since then, as whoever asks may know it.

    Nothing counts that they are kept out of: to them it reads as if there were none.
    """
    reader = ctx.person.id
    reports = tables.reports_since(ctx.session, since, without=reader)
    incidents = tables.incidents_since(ctx.session, since, without=reader)
    soon_before = since - measuring_incidents.SOON
    earlier = tables.incidents_since(ctx.session, soon_before, without=reader)
    return [
        *measuring_reports.figures(ctx, reports),
        *measuring_incidents.figures(ctx, incidents, earlier=earlier),
    ]


def _may_read(ctx: Context) -> bool:
    asks = ctx.person
    is_team = asks.holds(Role.TRIAGE, SECURITY) or asks.holds(Role.DIRECTOR, SECURITY)
    return is_team or asks.holds(Role.AUDITOR) or incident_tables.has_led(ctx.session, asks.id)


def _since(ctx: Context, typed: str) -> datetime:
    """Return the first instant of a month: windows of single days would tell of single reports."""
    if not typed:
        return (ctx.now - USUALLY).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    match = _MONTH.fullmatch(typed)
    try:
        found = datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC) if match else None
    except ValueError:
        found = None
    if found is None or found > ctx.now:
        raise Invalid(measuring_texts.WHICH_MONTH)
    return found
