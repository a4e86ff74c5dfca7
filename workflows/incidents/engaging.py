"""Which departments have a part in an incident, and whether somebody there is on it."""

from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.text import parse
from bot.ui import Button, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    choosing,
    codes,
    engaging_views,
    letting_in,
    parts,
    rules,
    tables,
    telling,
    timeline,
)
from workflows.incidents import engaging_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, Kind, Part, Reason, Tlp
from workflows.incidents.tables import Engagement, Incident
from workflows.reports import hours, roster
from workflows.reports.codes import stamp
from workflows.reports.paces import PACES


def engage(ctx: Context, incident: Incident) -> None:
    """Ask every department that the matrix names; who has not answered has its time anew.

    Under TLP:RED a timer or a form lets nobody in: where nobody of a department may read the
    incident, its lead is told instead, and asks the department by a click.
    """
    held_back = []
    for department, part in rules.engaged(incident.category, incident.severity).items():
        own = tables.lock_engagement(ctx.session, incident.id or 0, department)
        if own is None and not _candidates(ctx, incident, department):
            held_back.append(department)
        elif own is None:
            ask(ctx, incident, department, part)
        elif own.acknowledged_at is None and part is Part.RESPONDS:
            own.part = part
            _wait(ctx, incident, own)
            _tell(ctx, incident, own)
    if held_back:
        _tell_held_back(ctx, incident, held_back)


def wait_anew(ctx: Context, incident: Incident) -> None:
    """Go on waiting for who has not answered, in an incident that is open again."""
    for own in tables.engagements(ctx.session, incident.id or 0):
        if own.acknowledged_at is None and own.asked:
            _wait(ctx, incident, own)
            _tell(ctx, incident, own)


def ask(ctx: Context, incident: Incident, department: str, part: Part) -> None:
    """Give a department its part in a locked incident, and ask who is first there."""
    own = Engagement(
        incident_id=incident.id or 0,
        department=department,
        part=part,
        notified_at=ctx.now,
        asked=0,
    )
    ctx.session.add(own)
    said = texts.asked(parts.title_of(department), part)
    timeline.note(ctx, incident, Kind.ENGAGED, said, role=parts.role_of(ctx, incident))
    _ask_next(ctx, incident, own)


@it.timer("not_on_it")
def not_on_it(ctx: Context, incident: int, department: str, look: str) -> None:
    """Ask who comes next in a department where nobody has said that they are on it."""
    found = tables.lock_incident(ctx.session, incident)
    own = tables.lock_engagement(ctx.session, incident, department)
    if found is None or own is None or own.next_look != look:
        return
    own.next_look = ""
    if found.state not in OVER and own.acknowledged_at is None:
        said = texts.silent(parts.title_of(department))
        timeline.note(ctx, found, Kind.ENGAGED, said)
        _ask_next(ctx, found, own)


@it.action("on_it")
def on_it(ctx: Context, incident: int, department: str) -> Reply:
    """Note that a department is on it; the first of its people counts."""
    found, own = _own_part(ctx, incident, department)
    title = parts.title_of(department)
    if own.acknowledged_at is not None:
        raise Conflict(texts.said_before(title, codes.code(found)))
    own.acknowledged_at, own.acknowledged_by, own.next_look = ctx.now, ctx.person.id, ""
    timeline.note(ctx, found, Kind.ACKNOWLEDGED, texts.is_on_it(title), role=department)
    _tell(ctx, found, own)
    calls.incident_changed(ctx, incident)
    return Message(text=texts.you_are_on_it(codes.code(found)))


@it.action("hand")
def hand(ctx: Context, incident: int, department: str) -> Reply:
    """Let who comes next in a department be asked at once."""
    found, own = _own_part(ctx, incident, department)
    title = parts.title_of(department)
    if own.acknowledged_at is not None:
        raise Conflict(texts.said_before(title, codes.code(found)))
    said = texts.handed(title)
    timeline.note(ctx, found, Kind.ENGAGED, said, role=department)
    _ask_next(ctx, found, own)
    return Message(text=texts.you_handed(codes.code(found)))


@it.command("security engage", help=texts.HELP_ENGAGE, usage=texts.USAGE_ENGAGE)
def say_engage(ctx: Context, text: str) -> Reply:
    """Let the lead ask a department that the matrix does not name."""
    incident = choosing.said(ctx, text)
    known = people.departments(ctx.session)
    named = [word.casefold() for word in parse(text).words if word.casefold() in known]
    if len(named) != 1:
        raise Invalid(texts.which_department(sorted(known)))
    return _engage(ctx, incident, named[0])


@it.action("ask_department")
def ask_department(ctx: Context, incident: int, department: str) -> Reply:
    """Let the lead ask a department that was held back; this lets in who is first there."""
    found = access.readable(ctx, incident)
    if department not in people.departments(ctx.session):
        raise NotFound(NO_SUCH_THING)
    return _engage(ctx, found, department)


def _engage(ctx: Context, incident: Incident, department: str) -> Message:
    choosing.check_lead(ctx, incident)
    title, code = parts.title_of(department), codes.code(incident)
    own = tables.lock_engagement(ctx.session, incident.id or 0, department)
    if own is not None or incident.state in OVER:
        raise Conflict(texts.asked_before(title, code))
    reason = Reason.INVITED if incident.tlp is Tlp.RED else Reason.ENGAGED
    for someone in _everybody(ctx, incident, department)[:1]:
        letting_in.let_in(ctx, incident, [someone.id], reason)
    ask(ctx, incident, department, Part.RESPONDS)
    calls.incident_changed(ctx, incident.id or 0)
    return Message(text=texts.you_asked(title, code))


@calls.incidents_change
def pass_over(ctx: Context, incident_id: int) -> None:
    """Ask the next in a department where whoever was asked is to learn nothing more of it."""
    incident = tables.incident(ctx.session, incident_id)
    if incident is None or incident.state in OVER:
        return
    out = tables.excluded(ctx.session, incident_id)
    for own in tables.engagements(ctx.session, incident_id):
        was_asked = _asked_last(ctx, incident, own)
        if own.acknowledged_by in out:
            own.acknowledged_at = own.acknowledged_by = None
            _ask_next(ctx, incident, own)
        elif own.acknowledged_at is None and own.next_look and was_asked in out:
            _ask_next(ctx, incident, own)


def _ask_next(ctx: Context, incident: Incident, own: Engagement) -> None:
    """Ask whoever comes next in a department, and let them in; after the last, tell the lead."""
    own.next_look = ""
    someone = _next(ctx, incident, own)
    if someone is None:
        _tell_nobody_left(ctx, incident, own)
        return
    letting_in.let_in(ctx, incident, [someone.id], Reason.ENGAGED)
    _wait(ctx, incident, own)
    _tell(ctx, incident, own)


def _next(ctx: Context, incident: Incident, own: Engagement) -> Person | None:
    """Return who comes after those who were asked, None after the last."""
    candidates = _candidates(ctx, incident, own.department)
    may_be_asked = {one.id for one in candidates}
    everybody = roster.responders(ctx, own.department)
    while own.asked < len(everybody):
        someone = everybody[own.asked]
        own.asked += 1
        if someone.id in may_be_asked:
            return someone
    # Somebody moved up the list meanwhile, since another left it.
    id = incident.id or 0
    return next(
        (one for one in candidates if tables.pass_of(ctx.session, id, one.id) is None), None
    )


def _everybody(ctx: Context, incident: Incident, department: str) -> list[Person]:
    out = tables.excluded(ctx.session, incident.id or 0)
    return roster.responders(ctx, department, without=out)


def _candidates(ctx: Context, incident: Incident, department: str) -> list[Person]:
    """Return who of a department can be asked: under TLP:RED who may read it already."""
    everybody = _everybody(ctx, incident, department)
    if incident.tlp is not Tlp.RED:
        return everybody
    return [one for one in everybody if access.may_read(ctx, incident.id or 0, one.id)]


def _asked_last(ctx: Context, incident: Incident, own: Engagement) -> int | None:
    everybody = roster.responders(ctx, own.department)
    return everybody[own.asked - 1].id if 0 < own.asked <= len(everybody) else None


def _wait(ctx: Context, incident: Incident, own: Engagement) -> None:
    """Wait for an answer as long as the severity allows; who is only informed owes none."""
    wait = PACES[incident.severity].department
    if own.part is not Part.RESPONDS or wait is None:
        return
    own.due_at = hours.due(ctx, wait, department=own.department)
    key = f"incident:{incident.id}:{own.department}:{stamp(ctx)}:{own.asked}"
    ctx.wait(own, not_on_it, own.due_at, key=key, incident=incident.id, department=own.department)


def _tell(ctx: Context, incident: Incident, own: Engagement) -> None:
    """Show the department's card at once; what is not severe waits for its working hours."""
    at = ctx.now
    if not incident.severity.is_high and own.acknowledged_at is None:
        at = hours.calendar(ctx, own.department).next_working(ctx.now)
    if at <= ctx.now:
        _show(ctx, incident, own)
        return
    key = f"incident:{incident.id}:{own.department}:tell:{at:%Y%m%dT%H%M%S}:{own.asked}"
    ctx.schedule(tell, at, key=key, incident=incident.id, department=own.department)


@it.timer("tell_department")
def tell(ctx: Context, incident: int, department: str) -> None:
    """Show a department's card, now that its people are at work."""
    found = tables.lock_incident(ctx.session, incident)
    own = tables.lock_engagement(ctx.session, incident, department)
    if found is not None and own is not None and found.state not in OVER:
        _show(ctx, found, own)


def _show(ctx: Context, incident: Incident, own: Engagement) -> None:
    """Send the card, as it is now, to everybody in the department who was asked."""
    asked = roster.responders(ctx, own.department)[: own.asked]
    card = engaging_views.card(codes.code(incident), incident, own, _buttons(incident, own))
    telling.tell(ctx, incident, asked, card, what=f"department:{own.department}")


def _buttons(incident: Incident, own: Engagement) -> list[Button]:
    if own.part is not Part.RESPONDS or own.acknowledged_at is not None:
        return []
    id, department = incident.id or 0, own.department
    return [
        on_it.button(texts.ON_IT, incident=id, department=department).primary(),
        hand.button(texts.HAND, incident=id, department=department),
    ]


def _own_part(ctx: Context, id: int, department: str) -> tuple[Incident, Engagement]:
    """Return an incident and a department's part in it, for whoever acts for the department.

    Raises:
        NotFound: it is none of their business.
        Conflict: the incident is over.
    """
    incident = access.readable(ctx, id)
    own = tables.lock_engagement(ctx.session, id, department)
    acting = {one.id for one in roster.responders(ctx, department)}
    if own is None or ctx.person.id not in acting:
        raise NotFound(NO_SUCH_THING)
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
    return incident, own


def _tell_nobody_left(ctx: Context, incident: Incident, own: Engagement) -> None:
    title = parts.title_of(own.department)
    if own.part is Part.RESPONDS:
        timeline.note(ctx, incident, Kind.ENGAGED, texts.nobody_left(title))
        message = Message(text=texts.call_them(title, codes.code(incident)))
        what = f"nobody:{own.department}:{stamp(ctx)}"
        telling.tell(ctx, incident, _leaders(ctx, incident), message, what=what)


def _tell_held_back(ctx: Context, incident: Incident, departments: list[str]) -> None:
    id = incident.id or 0
    buttons = [
        ask_department.button(
            texts.ask(parts.title_of(department)), incident=id, department=department
        )
        for department in departments
    ]
    titles = [parts.title_of(department) for department in departments]
    message = engaging_views.held_back(codes.code(incident), titles, buttons)
    telling.tell(ctx, incident, _leaders(ctx, incident), message, what="held_back")


def _leaders(ctx: Context, incident: Incident) -> list[Person]:
    """Return the lead; while there is none, all who may read it."""
    if incident.lead_id is None:
        return access.readers(ctx, incident.id or 0)
    return [people.by_id(ctx.session, incident.lead_id, now=ctx.now)]
