"""How an incident goes on by itself: always one timer, until it is over."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.workflow import Route
from storage import people
from storage.people import Person
from workflows.incidents import access, calls, cards, moving, tables, telling, waiting_texts
from workflows.incidents import codes as short
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, Reason, State, Tlp
from workflows.incidents.tables import Incident
from workflows.reports import access as reports_access
from workflows.reports import hours, roster
from workflows.reports.codes import stamp
from workflows.reports.paces import PACES, REVIEW, Pace, Wait
from workflows.reports.rules import SECURITY


def is_led(ctx: Context, incident: Incident) -> bool:
    """Say whether somebody leads the response who is there and may read it."""
    if incident.lead_id is None or not access.may_read(ctx, incident.id or 0, incident.lead_id):
        return False
    return people.by_id(ctx.session, incident.lead_id, now=ctx.now).active


def look_anew(ctx: Context, incident: Incident) -> None:
    """Have the right timer go on with an incident, whatever did before."""
    incident.next_look = ""
    calls.incident_changed(ctx, incident.id or 0)


@calls.incidents_change
def go_on(ctx: Context, incident_id: int) -> None:
    """See to it that an incident that is not over waits for a timer."""
    incident = tables.incident(ctx.session, incident_id)
    if incident is not None and not incident.next_look and incident.state not in OVER:
        timer, at = _next(ctx, incident)
        moving.wait(ctx, incident, timer, max(at, ctx.now))


@it.awaits
def awaited(session: Session) -> Mapping[str, str]:
    """Return the timer of each incident that is not over, and of each department waited for."""
    waits = {
        short.entity(one.id or 0): one.next_look
        for one in tables.incidents_in(session, set(State) - OVER)
    }
    for one in tables.waiting_engagements(session):
        waits[f"{short.entity(one.incident_id)}:{one.department}"] = one.next_look
    return waits


@it.timer("no_lead")
def no_lead(ctx: Context, incident: int, look: str) -> None:
    """Ask who can for a lead, each time after twice as long, until there is one."""
    found = moving.still_for(ctx, incident, look)
    if found is None or found.state in OVER:
        return
    if not is_led(ctx, found):
        message = waiting_texts.no_lead(short.code(found))
        _tell(ctx, found, _who_can_lead(ctx, found), message, what="no_lead")
    look_anew(ctx, found)


@it.timer("stale")
def stale(ctx: Context, incident: int, look: str) -> None:
    """Remind the lead of an incident with which nobody did anything for long."""
    found = moving.still_for(ctx, incident, look)
    if found is None or found.state in OVER:
        return
    if ctx.now >= _quiet_until(ctx, found):
        _remind(ctx, found, waiting_texts.stale(short.code(found)), what="stale")
    look_anew(ctx, found)


@it.timer("settle")
def settle(ctx: Context, incident: int, look: str) -> None:
    """Remind the lead that what is resolved goes to a review, or is closed."""
    found = moving.still_for(ctx, incident, look)
    if found is None or found.state is not State.RESOLVED:
        return
    _remind(ctx, found, waiting_texts.settle(short.code(found)), what="settle")
    look_anew(ctx, found)


@it.timer("review_due")
def review_due(ctx: Context, incident: int, look: str) -> None:
    """Remind the lead of a review that is to be published."""
    found = moving.still_for(ctx, incident, look)
    if found is None or found.state is not State.IN_REVIEW:
        return
    _remind(ctx, found, waiting_texts.review_due(short.code(found)), what="review_due")
    look_anew(ctx, found)


def _next(ctx: Context, incident: Incident) -> tuple[Route[...], datetime]:
    pace = PACES[incident.severity]
    if incident.state is State.RESOLVED:
        return settle, hours.due(ctx, pace.settle)
    if incident.state is State.IN_REVIEW:
        due = incident.review_due_at or hours.due(ctx, REVIEW)
        return review_due, due if due > ctx.now else hours.due(ctx, pace.settle)
    if not is_led(ctx, incident) and pace.lead is not None:
        return no_lead, _lead_by(ctx, incident, pace.lead)
    return stale, _stale_by(ctx, incident, pace)


def _lead_by(ctx: Context, incident: Incident, wait: Wait) -> datetime:
    """Return when a lead is asked for: first after *wait*, then when twice as long has passed.

    It counts from what happened last, such as that the lead was shut out.
    """
    return max(hours.due(ctx, wait), ctx.now + (ctx.now - incident.touched_at))


def _stale_by(ctx: Context, incident: Incident, pace: Pace) -> datetime:
    quiet = _quiet_until(ctx, incident)
    return quiet if quiet > ctx.now else hours.due(ctx, pace.stale)


def _quiet_until(ctx: Context, incident: Incident) -> datetime:
    return hours.due(ctx, PACES[incident.severity].stale, since=incident.touched_at)


def _remind(ctx: Context, incident: Incident, text: str, *, what: str) -> None:
    """Remind the lead; while nobody leads, whoever can."""
    if incident.lead_id is not None and is_led(ctx, incident):
        to: Iterable[Person] = [people.by_id(ctx.session, incident.lead_id, now=ctx.now)]
    else:
        to = _who_can_lead(ctx, incident)
    _tell(ctx, incident, to, text, what=what)


def _who_can_lead(ctx: Context, incident: Incident) -> list[Person]:
    """Return who is asked for a lead: the heads of security, whom this lets in, else all readers.

    Under TLP:RED nobody is let in by a timer while anybody reads it.
    """
    readers = access.readers(ctx, incident.id or 0)
    if incident.tlp is Tlp.RED and readers:
        return readers
    out = tables.excluded(ctx.session, incident.id or 0)
    heads = roster.heads(ctx, SECURITY, without=out)
    if incident.tlp is Tlp.RED:
        heads = reports_access.first_readers(ctx, incident.category, out)
    access.let_in(ctx, incident, [one.id for one in heads], Reason.ENGAGED)
    return list({one.id: one for one in (*heads, *readers)}.values())


def _tell(ctx: Context, incident: Incident, to: Iterable[Person], text: str, *, what: str) -> None:
    message = cards.with_look(incident, text)
    telling.tell(ctx, incident, to, message, what=f"{what}:{stamp(ctx)}")
