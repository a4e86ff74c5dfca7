"""What those who triage read in the place of a reporter's name."""

from bot.context import Context
from storage import people
from workflows.reports import card_texts as texts
from workflows.reports.rules import Privacy
from workflows.reports.tables import Report


def reporter(ctx: Context, report: Report) -> str:
    """Say who reported something, as far as those who triage it learn that."""
    return _for(ctx, report, _who(ctx, report))


def holder(ctx: Context, report: Report) -> str:
    """Return the name of whoever has taken a report, "" of nobody."""
    if report.holder_id is None:
        return ""
    return people.by_id(ctx.session, report.holder_id, now=ctx.now).name


def _who(ctx: Context, report: Report) -> str:
    if report.privacy is Privacy.ANONYMOUS:
        return texts.ANONYMOUS
    if report.privacy is Privacy.CONFIDENTIAL:
        return texts.CONFIDENTIAL
    if report.reporter_id is None:
        return texts.UNKNOWN
    return people.by_id(ctx.session, report.reporter_id, now=ctx.now).name


def _for(ctx: Context, report: Report, who: str) -> str:
    if not report.on_behalf_of:
        return who
    named = people.departments(ctx.session).get(report.on_behalf_of, report.on_behalf_of)
    return texts.on_behalf(who, named)
