"""How the response goes on and ends: contained, resolved, reviewed or closed, stood down, reopened.

The lead decides each step, and says in a line what the timeline needs.
"""

from datetime import datetime

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.ui import Button, Form, Message, Reply
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    choosing,
    closing_views,
    codes,
    engaging,
    moving,
    parts,
    rules,
    tables,
)
from workflows.incidents import closing_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, Move, State
from workflows.incidents.tables import Incident
from workflows.incidents.texts import not_now
from workflows.reports import closing as reports_closing
from workflows.reports import hours
from workflows.reports import tables as reports_tables
from workflows.reports.defanging import defang
from workflows.reports.paces import REVIEW
from workflows.reports.rules import Outcome
from workflows.reports.rules import State as ReportState


def _say(ctx: Context, text: str, how: Move) -> Reply:
    return step.open(ctx, incident=choosing.said(ctx, text).id or 0, how=how)


@it.command("security contain", help=texts.HELP[Move.CONTAIN], usage=texts.USAGE)
def contain(ctx: Context, text: str) -> Reply:
    """Open the form that says what stopped it."""
    return _say(ctx, text, Move.CONTAIN)


@it.command("security resolve", help=texts.HELP[Move.RESOLVE], usage=texts.USAGE)
def resolve(ctx: Context, text: str) -> Reply:
    """Open the form that says that nothing more is to be done."""
    return _say(ctx, text, Move.RESOLVE)


@it.command("security reignite", help=texts.HELP[Move.REIGNITE], usage=texts.USAGE)
def reignite(ctx: Context, text: str) -> Reply:
    """Open the form that says why it is not stopped after all."""
    return _say(ctx, text, Move.REIGNITE)


@it.command("security review", help=texts.HELP[Move.REVIEW], usage=texts.USAGE)
def review(ctx: Context, text: str) -> Reply:
    """Open the form that sends it to a review."""
    return _say(ctx, text, Move.REVIEW)


@it.command("security finish", help=texts.HELP[Move.CLOSE], usage=texts.USAGE)
def close(ctx: Context, text: str) -> Reply:
    """Open the form that closes it without a review."""
    return _say(ctx, text, Move.CLOSE)


@it.command("security standdown", help=texts.HELP[Move.STAND_DOWN], usage=texts.USAGE)
def stand_down(ctx: Context, text: str) -> Reply:
    """Open the form that says that it is no incident."""
    return _say(ctx, text, Move.STAND_DOWN)


@it.command("security resume", help=texts.HELP[Move.REOPEN], usage=texts.USAGE)
def reopen(ctx: Context, text: str) -> Reply:
    """Open the form that says why it is not over after all."""
    return _say(ctx, text, Move.REOPEN)


@it.form("step")
def step(ctx: Context, incident: int, how: Move) -> Form:
    """Ask what the timeline needs about a step."""
    found = access.shown(ctx, incident)
    check(ctx, found, how)
    return closing_views.form(codes.code(found), how)


@step.submit
def send_step(ctx: Context, answers: Answers, incident: int, how: Move) -> Reply:
    """Take a step; whoever comes too late hears where the incident stands."""
    found = access.readable(ctx, incident)
    check(ctx, found, how)
    why = defang(answers.text("why"))
    if how is Move.STAND_DOWN:
        found.outcome = Outcome(answers.text("outcome"))
    moving.move(ctx, found, how, role=parts.role_of(ctx, found), why=why)
    if how is Move.CONTAIN:
        found.contained_at = _contained_at(ctx, answers)
    if how is Move.REOPEN:
        engaging.wait_anew(ctx, found)
    return Message(text=texts.done(codes.code(found), found.state))


def check(ctx: Context, incident: Incident, how: Move) -> None:
    """Refuse a step that is not theirs who ask, or that something stands in the way of.

    Raises:
        NotFound: it is none of the steps that are taken here.
        NotAllowed: the lead alone takes it.
        Conflict: it cannot be taken from where the incident stands, or not yet.
    """
    closing_views.check_known(how)
    if how is Move.REOPEN:
        choosing.check_part(ctx, incident)
    else:
        choosing.check_lead(ctx, incident)
    code = codes.code(incident)
    if rules.after(incident.state, how) is None:
        raise Conflict(not_now(code, incident.state))
    if how is Move.CLOSE and incident.severity.is_high:
        raise Conflict(texts.needs_review(code, incident.severity))
    obstacle = calls.why_not_resolved(ctx, incident) if how is Move.RESOLVE else ""
    if obstacle:
        raise Conflict(obstacle)


@calls.incidents_change
def settle(ctx: Context, incident_id: int) -> None:
    """Let what hangs on an incident follow it: reports end with it, and a review has its date."""
    incident = tables.incident(ctx.session, incident_id)
    if incident is None:
        return
    if incident.state is State.CLOSED:
        _end_reports(ctx, incident)
    elif incident.state is State.IN_REVIEW:
        incident.review_due_at = incident.review_due_at or hours.due(ctx, REVIEW)
    elif incident.state not in OVER:
        incident.outcome = incident.review_due_at = None
    if incident.state in OVER:
        for own in tables.engagements(ctx.session, incident_id):
            own.next_look = ""


def _end_reports(ctx: Context, incident: Incident) -> None:
    """Close the reports of an incident that is over; each reporter hears how it ended."""
    incident.outcome = incident.outcome or Outcome.INCIDENT
    for link in tables.links_of(ctx.session, incident.id or 0):
        report = reports_tables.lock_report(ctx.session, link.report_id)
        if report is not None and report.state is ReportState.LINKED:
            reports_closing.end(ctx, report, incident.outcome)


def _contained_at(ctx: Context, answers: Answers) -> datetime:
    at = answers.instant("at") or ctx.now
    if at > ctx.now:
        raise Invalid(fields={"at": texts.NOT_YET})
    return at


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead the steps that can be taken now; who has a part may reopen what is closed."""
    id = incident.id or 0
    steps = [how for how in texts.BUTTONS if rules.after(incident.state, how) is not None]
    if incident.lead_id != reader.id:
        steps = []
    if incident.severity.is_high:
        steps = [how for how in steps if how is not Move.CLOSE]
    return [step.button(texts.BUTTONS[how], incident=id, how=how) for how in steps]
