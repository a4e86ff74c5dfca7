"""The simulated company's past: two incidents that are over, with their reports and reviews.

They are stored as they ended, without a message to anybody: nobody waits for anything of them but
one action that is still due. Their numbers are the first ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from adapters.simulator.sample import COLLEAGUES
from bot.context import Context, unasked, write_audit
from console.sample_past import INCIDENTS, Past, ToDo, Told
from storage import people, posts
from storage.people import Person
from storage.posts import Post
from storage.secrets import Sealer
from workflows.incidents import access, actions, codes, keeping, review_keeping, tables, texts
from workflows.incidents import declaring_texts as declaring
from workflows.incidents.review_tables import Action, Review, Section
from workflows.incidents.rules import Kind, Part, Reason, State, engaged
from workflows.incidents.tables import Engagement, Event, Incident, Link
from workflows.reports import closing, closing_views, rules
from workflows.reports import codes as report_codes
from workflows.reports import keeping as reports_keeping
from workflows.reports.rules import Circumstances, Outcome, Remark, Source
from workflows.reports.rules import State as ReportState
from workflows.reports.tables import Report

_RECEIPT, _LOOK = timedelta(seconds=8), timedelta(minutes=6)
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class _Seeding:
    """One incident of the past that is being stored, and who was there."""

    ctx: Context
    past: Past
    company: Mapping[str, Person]
    began: datetime

    def at(self, after: timedelta) -> Context:
        """Return what stood around somebody's act at a moment of the past."""
        return unasked(self.ctx.session, self.ctx.sealer, self.began + after)

    def id(self, handle: str) -> int:
        """Return somebody's number."""
        return self.company[handle].id


def seed(session: Session, sealer: Sealer, now: datetime) -> None:
    """Add the two incidents, once; while somebody of the company has left, add nothing."""
    if tables.codenames(session) & {past.codename for past in INCIDENTS}:
        return
    company = {
        one.handle: person
        for one in COLLEAGUES
        if (person := people.by_email(session, one.email or "", now=now)) is not None
        and person.active
    }
    if len(company) < len(COLLEAGUES):
        return
    ctx = unasked(session, sealer, now)
    for past in INCIDENTS:
        _store(_Seeding(ctx, past, company, _at_work(now - past.ago)))
    write_audit(ctx, "console.seed")


def _at_work(at: datetime) -> datetime:
    """Return the morning of that day, or of the last working day before it."""
    while at.weekday() >= _SATURDAY:
        at -= _DAY
    return at.replace(hour=9, minute=12, second=0, microsecond=0)


def _store(seeding: _Seeding) -> None:
    incident = _incident(seeding)
    _readers(seeding, incident)
    _departments(seeding, incident)
    _timeline(seeding, incident)
    for told in seeding.past.reports:
        _report(seeding, incident, told)
    _review(seeding, incident)
    seeding.ctx.record(codes.entity(incident.id or 0), after=incident.state)


def _incident(seeding: _Seeding) -> Incident:
    past, began = seeding.past, seeding.began
    incident = Incident(
        codename=past.codename,
        category=past.category,
        severity=past.severity,
        tlp=past.tlp,
        state=State.CLOSED,
        outcome=Outcome.INCIDENT,
        lead_id=seeding.id(past.lead),
        declared_at=began + past.declared,
        contained_at=began + past.contained,
        resolved_at=began + past.resolved,
        closed_at=began + past.published,
        touched_at=began + past.published,
    )
    keeping.seal_title(seeding.ctx, incident, past.title)
    keeping.seal_severity_reason(seeding.ctx, incident, past.reason)
    return incident


def _readers(seeding: _Seeding, incident: Incident) -> None:
    """Let those read it who acted on it."""
    past, ctx = seeding.past, seeding.at(seeding.past.declared)
    acting = [who for _, who, _ in past.engaged]
    for handles, reason in (
        ([past.lead], Reason.LEADS),
        (["chiara", "dev", "farid"], Reason.INVITED),
        (acting, Reason.ENGAGED),
    ):
        access.let_in(ctx, incident, [seeding.id(one) for one in handles], reason)


def _departments(seeding: _Seeding, incident: Incident) -> None:
    past, session = seeding.past, seeding.ctx.session
    wanted = engaged(past.category, past.severity)
    for department, who, after in past.engaged:
        part = Engagement(
            incident_id=incident.id or 0,
            department=department,
            part=wanted[department],
            notified_at=incident.declared_at,
        )
        if part.part is Part.RESPONDS:
            part.acknowledged_at = seeding.began + after
            part.acknowledged_by = seeding.id(who)
        session.add(part)


def _timeline(seeding: _Seeding, incident: Incident) -> None:
    """Store what happened, as Parley and people would have noted it."""
    past, lead = seeding.past, seeding.past.lead
    first = declaring.declared(past.category, past.severity)
    lines = [(past.declared, lead, "lead", Kind.DECLARED, first)]
    lines += [(one.after, one.who, one.role, one.kind, one.text) for one in past.lines]
    lines += [
        (after, lead, "lead", Kind.STATE, texts.moved(state, ""))
        for after, state in (
            (past.contained, State.CONTAINED),
            (past.resolved, State.RESOLVED),
            (past.resolved, State.IN_REVIEW),
            (past.published, State.CLOSED),
        )
    ]
    for after, who, role, kind, text in sorted(lines, key=lambda line: line[0]):
        at = seeding.began + after
        event = Event(
            incident_id=incident.id or 0,
            kind=kind,
            occurred_at=at,
            recorded_at=at,
            actor_role=role,
            by=seeding.id(who),
            platform="teams",
        )
        keeping.seal_event(seeding.ctx, event, text)


def _report(seeding: _Seeding, incident: Incident, told: Told) -> None:
    """Store a report that was filed, taken, linked and closed with its incident."""
    past, at = seeding.past, seeding.began + told.after
    seen = Circumstances(category=past.category, interaction=told.did)
    linked = max(at + _LOOK, incident.declared_at)
    report = Report(
        source=Source.COMMAND,
        platform="slack",
        received_at=at,
        category=past.category,
        interaction=told.did,
        reporter_id=seeding.id(told.who),
        severity=rules.first_severity(seen),
        is_urgent=rules.is_urgent(seen),
        is_self_report=rules.has_acted(told.did),
        state=ReportState.CLOSED,
        outcome=Outcome.INCIDENT,
        receipt_at=at + _RECEIPT,
        acknowledged_at=at + _LOOK,
        decided_at=linked,
        closed_at=incident.closed_at,
        told_at=incident.closed_at,
        is_helpful=told.is_helpful,
        would_again=True,
    )
    reports_keeping.seal_report(seeding.ctx, report, told.text, None)
    link = Link(
        report_id=report.id or 0,
        incident_id=incident.id or 0,
        origin_id=incident.id or 0,
        at=linked,
    )
    seeding.ctx.session.add(link)
    note = closing_views.note(report, Outcome.INCIDENT, (), words="", department="", others=0)
    ended = seeding.at(past.published)
    reports_keeping.add_remark(ended, report, Remark.TOLD, note.text)
    posts.record(seeding.ctx.session, _posted(report, incident))
    seeding.ctx.record(report_codes.entity(report.id or 0), after=report.state)


def _posted(report: Report, incident: Incident) -> Post:
    """Return how the ledger knows a note that nobody can look up any more."""
    entity = report_codes.entity(report.id or 0)
    return Post(
        platform=report.platform,
        tenant="past",
        channel="past",
        message=entity,
        key=closing.note_key(report),
        entity=entity,
        sensitive=True,
        posted_at=incident.closed_at or report.received_at,
        dead=True,
    )


def _review(seeding: _Seeding, incident: Incident) -> None:
    past, id = seeding.past, incident.id or 0
    opened, published = seeding.began + past.resolved, seeding.began + past.published
    review = Review(
        incident_id=id,
        cause=past.cause,
        opened_at=opened,
        meeting_at=opened + 2 * _DAY,
        due_at=opened + 14 * _DAY,
        published_at=published,
    )
    seeding.ctx.session.add(review)
    for department, learned in past.learned:
        section = Section(incident_id=id, department=department, at=published - _DAY)
        review_keeping.seal_section(seeding.ctx, section, learned)
    for todo in past.actions:
        _action(seeding, incident, todo)


def _action(seeding: _Seeding, incident: Incident, todo: ToDo) -> None:
    """Store what was to be done; of what is still due its owner is reminded."""
    ctx, published = seeding.ctx, seeding.began + seeding.past.published
    done_at = None if todo.done_after is None else published + todo.done_after
    action = Action(
        incident_id=incident.id or 0,
        department=todo.department,
        owner_id=seeding.id(todo.owner),
        due_on=(ctx.now + todo.within if done_at is None else done_at).date(),
        done_at=done_at,
    )
    review_keeping.seal_action(ctx, action, todo.what)
    actions.wait(ctx, action)
