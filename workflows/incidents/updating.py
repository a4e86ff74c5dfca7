"""At what pace people hear how an incident goes: who acts on it, and who reported it.

The lead is reminded when an update is due, each time after twice as long. Reporters hear that
people are still on it when there was nothing else to tell them for as long as the pace says.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Ref
from bot.ui import Button, Form, LongText, Message, Reply
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    cadence_tables,
    calls,
    choosing,
    codes,
    parts,
    sheets,
    tables,
    telling,
    timeline,
    waiting,
)
from workflows.incidents import sheets_texts as sheets_said
from workflows.incidents import updating_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.cadence_tables import Cadence
from workflows.incidents.rules import OVER, Kind, State
from workflows.incidents.tables import Incident
from workflows.reports import closing, hours
from workflows.reports import codes as report_codes
from workflows.reports import tables as reports_tables
from workflows.reports import telling as reports_telling
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang
from workflows.reports.paces import PACES, Wait
from workflows.reports.rules import State as ReportState
from workflows.reports.tables import Report
from workflows.reports.views import with_buttons

#: A reminder waits twice as long as the one before it, and longer by so many waits at most.
MOST_WAITS = 4


@it.command("security update", help=texts.HELP, usage=texts.USAGE)
def say_update(ctx: Context, text: str) -> Reply:
    """Tell what was typed behind the number, or open the form."""
    first, _, rest = text.strip().partition(" ")
    incident = choosing.said(ctx, first if Ref.parse(first) else text)
    if not rest.strip():
        return write.open(ctx, incident=incident.id or 0)
    if len(rest) > texts.LONGEST:
        raise Invalid(texts.TOO_LONG)
    return _publish(ctx, incident, rest.strip())


@it.form("update")
def write(ctx: Context, incident: int) -> Form:
    """Ask the lead how it goes."""
    found = access.shown(ctx, incident)
    _check(ctx, found)
    what = LongText(name="what", label=texts.WHAT, max_length=texts.LONGEST)
    reporters = LongText(
        name="reporters",
        label=texts.REPORTERS,
        hint=texts.HINT_REPORTERS,
        max_length=texts.LONGEST_FOR_REPORTERS,
        required=False,
    )
    title = texts.form(codes.code(found))
    return Form(title=title, inputs=(what, reporters), submit=texts.SUBMIT)


@write.submit
def send_update(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Tell how it goes, and its reporters what they may hear."""
    found = access.readable(ctx, incident)
    reporters = answers.text("reporters")
    closing.check_kind(reporters)
    return _publish(ctx, found, answers.text("what"), reporters=reporters)


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead to tell how it goes."""
    if incident.state in OVER or incident.lead_id != reader.id:
        return []
    return [write.button(texts.BUTTON, incident=incident.id or 0)]


@calls.incidents_change
def keep_pace(ctx: Context, incident_id: int) -> None:
    """Wait for the next update by how severe an incident is now and how far, and for reporters."""
    incident = tables.incident(ctx.session, incident_id)
    own = cadence_tables.cadence(ctx.session, incident_id)
    if incident is None or (own is None and incident.state in OVER):
        return
    own = own or Cadence(incident_id=incident_id, updated_at=ctx.now, told_at=ctx.now)
    ctx.session.add(own)
    _await_update(ctx, incident, own)
    _await_progress(ctx, incident, own)
    ctx.session.flush()


@it.awaits
def awaited(session: Session) -> Mapping[str, str]:
    """Return the timers that remind of updates, and that tell reporters something."""
    found = cadence_tables.waiting_cadences(session)
    looks = {f"{codes.entity(one.incident_id)}:update": one.update_look for one in found}
    looks |= {f"{codes.entity(one.incident_id)}:progress": one.progress_look for one in found}
    return {name: look for name, look in looks.items() if look}


@it.timer("update_due")
def update_due(ctx: Context, incident: int, look: str) -> None:
    """Remind the lead that people wait for an update; while nobody leads, a lead is asked for."""
    found = tables.lock_incident(ctx.session, incident)
    own = cadence_tables.cadence(ctx.session, incident)
    wait = None if found is None else _wait(found)
    if found is None or own is None or own.update_look != look or wait is None:
        return
    if found.lead_id is not None and waiting.is_led(ctx, found):
        lead = people.by_id(ctx.session, found.lead_id, now=ctx.now)
        telling.tell(ctx, found, [lead], _reminder(found), what=f"update_due:{stamp(ctx)}")
    late = min(ctx.now - (found.next_update_at or ctx.now), MOST_WAITS * wait.span)
    _remind_at(ctx, found, own, hours.due(ctx, wait, since=ctx.now + late))


@it.timer("progress_due")
def progress_due(ctx: Context, incident: int, look: str) -> None:
    """Tell reporters who heard nothing for long that people are still on it."""
    found = tables.lock_incident(ctx.session, incident)
    own = cadence_tables.cadence(ctx.session, incident)
    if found is None or own is None or own.progress_look != look or found.state in OVER:
        return
    _tell_reporters(ctx, found, own, texts.NOTHING_NEW)
    _await_progress(ctx, found, own)


def _publish(ctx: Context, incident: Incident, text: str, *, reporters: str = "") -> Message:
    _check(ctx, incident)
    id = incident.id or 0
    role = parts.role_of(ctx, incident)
    timeline.note(ctx, incident, Kind.UPDATE, defang(text), role=role)
    ctx.record(codes.entity(id), after=text)
    own = cadence_tables.cadence(ctx.session, id) or Cadence(
        incident_id=id, updated_at=ctx.now, told_at=ctx.now
    )
    ctx.session.add(own)
    if incident.next_update_at is not None:
        own.updates += 1
        own.in_time += ctx.now <= incident.next_update_at
    own.updated_at, incident.next_update_at = ctx.now, None
    if reporters:
        _tell_reporters(ctx, incident, own, reporters)
    ctx.session.flush()
    calls.incident_changed(ctx, id)
    return Message(text=texts.told(codes.code(incident)))


def _await_update(ctx: Context, incident: Incident, own: Cadence) -> None:
    wait = _wait(incident)
    if wait is not None and not own.update_look:
        own.updated_at = ctx.now
    due = None if wait is None else hours.due(ctx, wait, since=own.updated_at)
    if due != incident.next_update_at:
        own.updates += _is_overdue(ctx, incident)
    elif own.update_look or due is None:
        return
    incident.next_update_at, own.update_look = due, ""
    if due is not None:
        _remind_at(ctx, incident, own, max(due, ctx.now))


def _is_overdue(ctx: Context, incident: Incident) -> bool:
    """Say whether an update was due that nobody gave."""
    return incident.next_update_at is not None and incident.next_update_at < ctx.now


def _remind_at(ctx: Context, incident: Incident, own: Cadence, at: datetime) -> None:
    own.update_look = f"{codes.entity(own.incident_id)}:update:{at:%Y%m%dT%H%M%S.%f}:{stamp(ctx)}"
    ctx.schedule(
        update_due, at, key=own.update_look, incident=incident.id or 0, look=own.update_look
    )


def _await_progress(ctx: Context, incident: Incident, own: Cadence) -> None:
    if incident.state in OVER or not _reports(ctx, incident):
        own.progress_look = ""
        return
    if not own.progress_look:
        own.told_at = ctx.now
    due = hours.due(ctx, PACES[incident.severity].progress, since=own.told_at)
    key = f"{codes.entity(own.incident_id)}:progress:{due:%Y%m%dT%H%M%S.%f}"
    if own.progress_look != key:
        own.progress_look = key
        at = max(due, ctx.now)
        ctx.schedule(progress_due, at, key=key, incident=own.incident_id, look=key)


def _tell_reporters(ctx: Context, incident: Incident, own: Cadence, text: str) -> None:
    for report in _reports(ctx, incident):
        told = texts.for_reporter(report_codes.code(report), defang(text))
        what = f"progress:{stamp(ctx)}"
        reports_telling.tell_reporter(ctx, report, Message(text=told), what=what)
    own.told_at = ctx.now


def _reports(ctx: Context, incident: Incident) -> list[Report]:
    """Return the reports whose reporters wait for how an incident ends."""
    links = tables.links_of(ctx.session, incident.id or 0)
    found = (reports_tables.report(ctx.session, link.report_id) for link in links)
    return [one for one in found if one is not None and one.state is ReportState.LINKED]


def _wait(incident: Incident) -> Wait | None:
    """Return how long people wait for an update; None while nobody does."""
    pace = PACES[incident.severity]
    if incident.state is State.RESPONDING:
        return pace.update
    return pace.update_later if incident.state is State.CONTAINED else None


def _reminder(incident: Incident) -> Message:
    id = incident.id or 0
    offered = [
        write.button(texts.BUTTON, incident=id).primary(),
        sheets.write.button(sheets_said.BUTTON, incident=id),
    ]
    return with_buttons(texts.due(codes.code(incident)), offered)


def _check(ctx: Context, incident: Incident) -> None:
    """Refuse who does not lead it, and what is over."""
    choosing.check_lead(ctx, incident)
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
