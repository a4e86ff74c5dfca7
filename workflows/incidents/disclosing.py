"""Who reported confidentially: read by an incident's lead, HR and Legal, each time in the audit."""

from bot.context import Context
from bot.errors import NotAllowed, NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Message
from bot.workflow import NO_SUCH_THING
from storage import people
from workflows.incidents import access, tables
from workflows.incidents import disclosing_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import LEGAL
from workflows.incidents.tables import Incident
from workflows.reports import codes
from workflows.reports import tables as reports
from workflows.reports.rules import HR, Privacy
from workflows.reports.tables import Report


@it.command("security reporter", help=texts.HELP, usage=texts.USAGE)
def reporter(ctx: Context, text: str) -> Message:
    """Name who reported, where nobody else reads along."""
    found = _report(ctx, codes.named(parse(text)))
    if not ctx.confided:
        raise NotAllowed(texts.ALONE)
    id = found.id or 0
    if found.privacy is Privacy.ANONYMOUS:
        return Message(text=texts.kept_nowhere(codes.code_of(id)))
    if found.reporter_id is None:
        return Message(text=texts.nobody_known(codes.code_of(id)))
    ctx.record(codes.entity(id), after="reporter read")
    someone = people.by_id(ctx.session, found.reporter_id, now=ctx.now)
    return Message(text=texts.reported_by(codes.code_of(id), someone.name)).carrying(
        codes.entity(id)
    )


def _report(ctx: Context, id: int) -> Report:
    """Return a report of an incident whose lead asks, or HR or Legal where they act in it.

    Raises:
        NotFound: for everybody else, and for whoever is kept out of the report.
    """
    link, found = tables.link_of(ctx.session, id), reports.report(ctx.session, id)
    incident = tables.incident(ctx.session, link.incident_id) if link else None
    if found is None or incident is None or not _may(ctx, incident):
        raise NotFound(NO_SUCH_THING)
    if ctx.person.id in reports.kept_out(ctx.session, id):
        raise NotFound(NO_SUCH_THING)
    return found


def _may(ctx: Context, incident: Incident) -> bool:
    id = incident.id or 0
    if not access.may_read(ctx, id):
        return False
    engaged = {one.department for one in tables.engagements(ctx.session, id)}
    acts = (ctx.person.holds(Role.RESPONDER, side) for side in engaged & {HR, LEGAL})
    return access.leads(ctx, incident) or any(acts)
