"""Who may read an incident: who has a pass and is not excluded. No role reads by itself."""

from collections.abc import Collection
from datetime import datetime

from bot.context import Context
from bot.errors import NotFound
from bot.roles import Role
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.incidents import tables
from workflows.incidents.rules import LEGAL, OVER, Reason, Tlp
from workflows.incidents.tables import Exclusion, Incident, Pass
from workflows.reports import calls as reports
from workflows.reports import tables as reports_tables


def is_valid(own: Pass | None, *, is_excluded: bool, now: datetime) -> bool:
    """Say whether a pass lets somebody read at this moment."""
    if own is None or is_excluded:
        return False
    return own.ends_at is None or own.ends_at > now


def may_read(ctx: Context, incident_id: int, person_id: int | None = None) -> bool:
    """Say whether somebody, or whoever asks, may read an incident."""
    someone = ctx.person.id if person_id is None else person_id
    own = tables.pass_of(ctx.session, incident_id, someone)
    out = tables.is_excluded(ctx.session, incident_id, someone)
    return is_valid(own, is_excluded=out, now=ctx.now)


def readable(ctx: Context, id: int) -> Incident:
    """Return an incident, locked, for whoever may read it.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    return _for_reader(ctx, tables.lock_incident(ctx.session, id))


def shown(ctx: Context, id: int) -> Incident:
    """Return an incident for whoever may read it, where nothing is written: a form opens so.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    return _for_reader(ctx, tables.incident(ctx.session, id))


def _for_reader(ctx: Context, incident: Incident | None) -> Incident:
    if incident is None or not may_read(ctx, incident.id or 0):
        raise NotFound(NO_SUCH_THING)
    return incident


def leads(ctx: Context, incident: Incident) -> bool:
    """Say whether whoever asks leads the response."""
    return incident.lead_id == ctx.person.id


def readers(ctx: Context, incident_id: int) -> list[Person]:
    """Return who may read an incident at this moment, the first let in first."""
    out = tables.excluded(ctx.session, incident_id)
    valid = [
        one.person_id
        for one in tables.passes(ctx.session, incident_id)
        if is_valid(one, is_excluded=one.person_id in out, now=ctx.now)
    ]
    found = (people.by_id(ctx.session, id, now=ctx.now) for id in valid)
    return [one for one in found if one.active]


def let_in(
    ctx: Context, incident: Incident, person_ids: Collection[int], reason: Reason
) -> list[int]:
    """Let people read an incident; whom it excludes it lets in by no reason. Return who is new.

    Whoever may read it for a reason that outlasts this one keeps that.
    """
    id = incident.id or 0
    out, new = tables.excluded(ctx.session, id), []
    for person_id in person_ids:
        own = tables.pass_of(ctx.session, id, person_id)
        if person_id in out:
            continue
        if not is_valid(own, is_excluded=False, now=ctx.now):
            new.append(person_id)
        elif own is not None and not reason.outlasts(own.reason):
            continue
        held = own or Pass(incident_id=id, person_id=person_id, reason=reason, at=ctx.now)
        held.reason, held.given_by, held.ends_at = reason, ctx.person.id or None, None
        held.is_listed = incident.state not in OVER
        ctx.session.add(held)
    ctx.session.flush()
    return new


def end(ctx: Context, incident: Incident, person_ids: Collection[int]) -> None:
    """Let people read an incident no more; its lead can let them in again."""
    for person_id in person_ids:
        own = tables.pass_of(ctx.session, incident.id or 0, person_id)
        if own is not None:
            own.ends_at, own.is_listed = ctx.now, False
    ctx.session.flush()


def forget(ctx: Context, own: Pass) -> None:
    """End a pass that its holder gives back, as if there had been none."""
    ctx.session.delete(own)
    ctx.session.flush()


def resign(ctx: Context, incident: Incident, person_id: int) -> None:
    """Let whoever led an incident go on reading it."""
    own = tables.pass_of(ctx.session, incident.id or 0, person_id)
    if own is not None and own.reason is Reason.LEADS:
        own.reason = Reason.INVITED


def exclude(ctx: Context, incident: Incident, person_id: int) -> None:
    """See to it that somebody learns nothing more of an incident, whatever they hold."""
    id = incident.id or 0
    if not tables.is_excluded(ctx.session, id, person_id):
        row = Exclusion(incident_id=id, person_id=person_id, by=ctx.person.id or None, at=ctx.now)
        ctx.session.add(row)
        ctx.session.flush()


def readmit(ctx: Context, incident: Incident, person_id: int) -> None:
    """Lift an exclusion; whoever it was about reads nothing until they are let in."""
    row = tables.exclusion(ctx.session, incident.id or 0, person_id)
    if row is not None:
        ctx.session.delete(row)
        ctx.session.flush()


@reports.lets_in
def reads_the_report_of_their_incident(ctx: Context, report_id: int) -> bool:
    """Let whoever may read an incident read its reports, unless they are kept out of one.

    What is restricted stays with its named readers where an incident is not TLP:RED any more, or
    where a report became so after it was linked.
    """
    link = tables.link_of(ctx.session, report_id)
    if link is None or ctx.person.id in reports_tables.kept_out(ctx.session, report_id):
        return False
    incident = tables.incident(ctx.session, link.incident_id)
    report = reports_tables.report(ctx.session, report_id)
    if incident is None or report is None or not may_read(ctx, link.incident_id):
        return False
    return incident.tlp is Tlp.RED or not report.is_restricted


def is_legal(person: Person) -> bool:
    """Say whether somebody decides for Legal; to work there is not enough."""
    return any(person.holds(one, LEGAL) for one in (Role.RESPONDER, Role.DIRECTOR))
