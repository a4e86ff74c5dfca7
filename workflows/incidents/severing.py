"""How severe an incident is: from what it reaches and how sure that is, with a reason."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.ui import Button, Form, Message, Reply
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    cards,
    choosing,
    codes,
    engaging,
    keeping,
    outside,
    parts,
    rules,
    severing_views,
    tables,
    telling,
    timeline,
    waiting,
)
from workflows.incidents import severing_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import CAMPAIGN, OVER, Certainty, Impact, Kind
from workflows.incidents.tables import Incident
from workflows.reports import tables as reports_tables
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang
from workflows.reports.rules import Severity


def set_severity(ctx: Context, incident: Incident, severity: Severity, reason: str) -> None:
    """Say how severe a locked incident is, as everybody who may read it hears."""
    before, incident.severity = incident.severity, severity
    keeping.seal_severity_reason(ctx, incident, reason)
    ctx.record(codes.entity(incident.id or 0), before=before, after=severity)
    said = texts.is_now(before, severity, reason)
    event = timeline.note(ctx, incident, Kind.SEVERITY, said, role=parts.role_of(ctx, incident))
    outside.tell_severity(ctx, incident, before, event_id=event.id or 0)
    engaging.engage(ctx, incident)
    waiting.look_anew(ctx, incident)
    told = cards.with_look(incident, texts.announced(codes.code(incident), before, severity))
    readers = access.readers(ctx, incident.id or 0)
    telling.tell(ctx, incident, readers, told, what=f"severity:{stamp(ctx)}")


@it.command("security severity", help=texts.HELP, usage=texts.USAGE)
def say_severity(ctx: Context, text: str) -> Reply:
    """Open the form that asks how severe an incident is."""
    return judge.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("severity")
def judge(ctx: Context, incident: int) -> Form:
    """Ask what it reaches and how sure that is."""
    found = access.shown(ctx, incident)
    choosing.check_part(ctx, found)
    return severing_views.form(codes.code(found), found.severity)


@judge.submit
def send_judge(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Raise the severity for whoever has a part in it; lower it for the lead, with a reason."""
    found = access.readable(ctx, incident)
    choosing.check_part(ctx, found)
    severity = judged(answers)
    reason = answers.text("reason")
    if severity > found.severity:
        choosing.check_lead(ctx, found)
        if not reason:
            raise Invalid(fields={"reason": texts.SAY_WHY})
    _change(ctx, found, severity, reason)
    return Message(text=texts.done(codes.code(found), severity))


def judged(answers: Answers) -> Severity:
    """Return the severity that follows from the answers to the two questions."""
    impact = Impact(int(answers.text("impact")))
    return rules.severity(impact, Certainty(answers.text("certainty")))


@it.action("raise")
def raise_to(ctx: Context, incident: int, severity: int) -> Reply:
    """Raise the severity at once, as it was suggested."""
    found = access.readable(ctx, incident)
    choosing.check_part(ctx, found)
    wanted = Severity(severity) if severity in set(Severity) else found.severity
    if wanted >= found.severity:
        raise Conflict(texts.so_already(codes.code(found), found.severity))
    _change(ctx, found, wanted, texts.CAMPAIGN_REASON)
    return Message(text=texts.done(codes.code(found), wanted))


@calls.incidents_change
def suggest(ctx: Context, incident_id: int) -> None:
    """Suggest a higher severity when so many people have reported the same, once for each count."""
    incident = tables.incident(ctx.session, incident_id)
    if incident is None or incident.state in OVER or incident.severity is Severity.S1:
        return
    reached = [one for one in CAMPAIGN if one <= reporters(ctx, incident_id)]
    if not reached or reached[-1] <= incident.suggested_at:
        return
    incident.suggested_at = reached[-1]
    code, higher = codes.code(incident), Severity(incident.severity - 1)
    button = raise_to.button(texts.raise_to(higher), incident=incident_id, severity=higher)
    message = severing_views.suggestion(texts.campaign(code, reached[-1]), button)
    telling.tell(ctx, incident, _who_decides(ctx, incident), message, what=f"many:{reached[-1]}")


def reporters(ctx: Context, incident_id: int) -> int:
    """Return how many have reported an incident, each once; all anonymous ones count as one."""
    found = set()
    for link in tables.links_of(ctx.session, incident_id):
        report = reports_tables.report(ctx.session, link.report_id)
        if report is not None:
            found.add((report.reporter_id, report.account_digest))
    return len(found)


def _who_decides(ctx: Context, incident: Incident) -> list[Person]:
    """Return the lead; while there is none, all who may read it."""
    if incident.lead_id is None:
        return access.readers(ctx, incident.id or 0)
    return [people.by_id(ctx.session, incident.lead_id, now=ctx.now)]


def _change(ctx: Context, incident: Incident, severity: Severity, reason: str) -> None:
    if incident.state in OVER or severity == incident.severity:
        raise Conflict(texts.so_already(codes.code(incident), incident.severity))
    set_severity(ctx, incident, severity, defang(reason))


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer to judge the severity anew, to whoever has a part in it."""
    if incident.state in OVER:
        return []
    return [judge.button(texts.JUDGE, incident=incident.id or 0)]
