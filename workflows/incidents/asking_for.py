"""How those who triage declare an incident, and how reports join one or leave it."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from workflows.incidents import (
    access,
    asking_for_views,
    cards,
    choosing,
    codes,
    declaring,
    leading,
    linking,
    severing,
    tables,
)
from workflows.incidents import asking_for_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.declaring import Declaration
from workflows.incidents.tables import Incident
from workflows.reports import access as reports_access
from workflows.reports import calls as reports
from workflows.reports import codes as report_codes
from workflows.reports import tables as reports_tables
from workflows.reports.rules import REPORT, SECURITY, UNDECIDED, Category
from workflows.reports.tables import Report

#: So many open incidents are offered to join.
OFFERED = 20


@it.command("security declare", help=texts.HELP_DECLARE, usage=texts.USAGE_DECLARE)
def say_declare(ctx: Context, text: str) -> Reply:
    """Open the form in which an incident is declared, from a report or from what somebody knows."""
    line = parse(text)
    named = any(ref.kind == REPORT for ref in line.refs)
    return declare.open(ctx, report=report_codes.named(line) if named else None)


@it.form("declare")
def declare(ctx: Context, report: int | None) -> Form:
    """Ask what is declared."""
    found = _from(ctx, report)
    category = found.category if found else Category.UNSURE
    return asking_for_views.declare(report_codes.code(found) if found else "", category)


@declare.submit
def send_declare(ctx: Context, answers: Answers, report: int | None) -> Reply:
    """Declare an incident, and lead it if that was chosen."""
    if _from(ctx, report) is not None:
        reports_access.readable(ctx, report or 0)
    incident = declaring.declare(
        ctx,
        Declaration(
            title=answers.text("title"),
            category=Category(answers.text("category")),
            severity=severing.judged(answers),
            reason=answers.text("reason"),
            report=reports_tables.report(ctx.session, report or 0),
        ),
    )
    if answers.on("lead") and access.may_read(ctx, incident.id or 0):
        leading.appoint(ctx, incident, people.by_id(ctx.session, ctx.person.id, now=ctx.now))
    return cards.with_look(incident, texts.declared(codes.code(incident), incident.codename))


@it.command("security link", help=texts.HELP_LINK, usage=texts.USAGE_LINK)
def say_link(ctx: Context, text: str) -> Reply:
    """Make a report part of an incident."""
    line = parse(text)
    incident = choosing.said(ctx, text)
    return _link(ctx, incident, report_codes.named(line))


@it.form("link")
def link(ctx: Context, report: int) -> Form:
    """Ask which incident a report is part of: of those that whoever asks may read."""
    found = _triaged(ctx, report)
    open_ones = tables.open_for(ctx.session, ctx.person.id, now=ctx.now, limit=OFFERED)
    if not open_ones:
        raise Conflict(texts.NONE_TO_JOIN)
    return asking_for_views.link(report_codes.code(found), open_ones)


@link.submit
def send_link(ctx: Context, answers: Answers, report: int) -> Reply:
    """Make a report part of the incident that was chosen."""
    return _link(ctx, access.readable(ctx, int(answers.text("incident"))), report)


@it.command("security unlink", help=texts.HELP_UNLINK, usage=texts.USAGE_LINK)
def say_unlink(ctx: Context, text: str) -> Reply:
    """Let the lead take a report off an incident; triage decides about it anew."""
    line = parse(text)
    incident = choosing.said(ctx, text)
    choosing.check_lead(ctx, incident)
    report = reports_access.readable(ctx, report_codes.named(line))
    linking.unlink(ctx, incident, report)
    return Message(text=texts.unlinked(report_codes.code(report), codes.code(incident)))


@reports.triage_buttons
def buttons(ctx: Context, report: Report) -> list[Button]:
    """Offer to declare an incident from a report that nobody has decided, or to link it."""
    if report.state not in UNDECIDED:
        return []
    id = report.id or 0
    return [declare.button(texts.DECLARE, report=id), link.button(texts.LINK, report=id)]


def _link(ctx: Context, incident: Incident, report: int) -> Message:
    """Link a report to a locked incident; the incident is always locked first."""
    _triaged(ctx, report)
    found = reports_access.readable(ctx, report)
    linking.link(ctx, incident, found)
    return cards.with_look(incident, texts.linked(report_codes.code(found), codes.code(incident)))


def _from(ctx: Context, report: int | None) -> Report | None:
    """Return the report that an incident is declared from; without one, security alone declares."""
    if report is not None:
        return _triaged(ctx, report)
    if ctx.person.holds(Role.TRIAGE, SECURITY) or ctx.person.holds(Role.DIRECTOR, SECURITY):
        return None
    raise NotFound(NO_SUCH_THING)


def _triaged(ctx: Context, id: int) -> Report:
    """Return a report for whoever triages it, without locking it."""
    report = reports_tables.report(ctx.session, id)
    parties = reports_tables.parties(ctx.session, id)
    if report is None or not reports_access.reads(ctx.person, report, parties):
        raise NotFound(NO_SUCH_THING)
    return report
