"""The review of an incident: a part for each department, without names, published by its lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple

from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    cards,
    choosing,
    codes,
    moving,
    naming,
    parts,
    review_keeping,
    review_views,
    tables,
    telling,
    timeline,
    wording,
)
from workflows.incidents import review_tables as reviews
from workflows.incidents import review_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.review_keeping import Learned
from workflows.incidents.review_tables import Action, Cause, Review, Section
from workflows.incidents.rules import Kind, Move, State
from workflows.incidents.tables import Incident
from workflows.reports import hours
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang
from workflows.reports.paces import MEETING, REVIEW
from workflows.reports.rules import SECURITY


@calls.incidents_change
def begin(ctx: Context, incident_id: int) -> None:
    """Begin the review of an incident that goes to one, also when it was reviewed before."""
    incident = tables.incident(ctx.session, incident_id)
    found = reviews.review(ctx.session, incident_id)
    if incident is None or incident.state is not State.IN_REVIEW:
        if found is not None:
            found.next_look = ""
        return
    if found is not None and found.published_at is None:
        return
    due = incident.review_due_at = incident.review_due_at or hours.due(ctx, REVIEW)
    review = found or Review(incident_id=incident_id, opened_at=ctx.now, due_at=due)
    review.due_at, review.published_at, review.meeting_at = due, None, None
    ctx.session.add(review)
    if wait := MEETING.get(incident.severity):
        review.meet_by = hours.due(ctx, wait)
        key = f"incident:{incident_id}:meeting:{stamp(ctx)}"
        ctx.wait(review, no_meeting, review.meet_by, key=key, incident=incident_id)


@it.timer("no_meeting")
def no_meeting(ctx: Context, incident: int, look: str) -> None:
    """Ask the lead for a meeting that nobody has planned."""
    found, review = (
        tables.lock_incident(ctx.session, incident),
        reviews.review(ctx.session, incident),
    )
    if found is None or review is None or review.next_look != look:
        return
    review.next_look = ""
    if review.meeting_at is None and found.lead_id is not None:
        lead = people.by_id(ctx.session, found.lead_id, now=ctx.now)
        message = cards.with_look(found, texts.meet(codes.code(found)))
        telling.tell(ctx, found, [lead], message, what=f"meeting:{stamp(ctx)}")


@it.awaits
def meetings(session: Session) -> Mapping[str, str]:
    """Return the reviews whose meeting is waited for."""
    return {
        f"{codes.entity(one.incident_id)}:meeting": one.next_look
        for one in reviews.awaited_reviews(session)
    }


@it.command("security learn", help=texts.HELP_LEARN, usage=texts.USAGE_LEARN)
def learn_named(ctx: Context, text: str) -> Reply:
    """Open the form of somebody's own department, or of the one that they name."""
    incident = choosing.said(ctx, text)
    _open(ctx, incident)
    named = [one for one in departments(ctx, incident) if one in parse(text).words]
    own = named or [one for one in departments(ctx, incident) if acts_for(ctx.person, one)]
    if not own:
        raise Invalid(texts.which(codes.code(incident), departments(ctx, incident)))
    id = incident.id or 0
    return learn.open(ctx, incident=id, department=own[0], seen=_written(ctx, id, own[0]))


@it.form("learn")
def learn(ctx: Context, incident: int, department: str, seen: str = "") -> Form:
    """Ask a department what it learned; *seen* says when it was written last."""
    found = access.shown(ctx, incident)
    check_writes(ctx, found, department)
    section = reviews.section(ctx.session, incident, department)
    learned = review_keeping.learned(ctx.sealer, section) if section else Learned()
    return review_views.section_form(codes.code(found), department, learned)


@learn.submit
def send_learn(
    ctx: Context, answers: Answers, incident: int, department: str, seen: str = ""
) -> Reply:
    """Keep what a department learned, with roles for names.

    Raises:
        Invalid: somebody else of the department was faster; what was typed stays in the form.
    """
    found = access.readable(ctx, incident)
    check_writes(ctx, found, department)
    if _written(ctx, incident, department) != seen:
        raise Invalid(fields={"well": texts.saved_meanwhile(codes.code(found))})
    said = [
        naming.without_names(ctx, found, defang(answers.text(name)))
        for name in ("well", "slowed", "change")
    ]
    learned = Learned(*(one.text for one in said))
    flagged = wording.noticed("\n".join(astuple(learned)), wording.words(ctx.session))
    section = reviews.section(ctx.session, incident, department)
    section = section or Section(incident_id=incident, department=department, at=ctx.now)
    section.at, section.flagged = ctx.now, len(flagged)
    review_keeping.seal_section(ctx, section, learned)
    title = parts.title_of(department)
    role = parts.role_of(ctx, found)
    timeline.note(ctx, found, Kind.REVIEW, texts.wrote(title), role=role)
    ctx.record(f"{codes.entity(incident)}:review", after=astuple(learned))
    calls.incident_changed(ctx, incident)
    return review_views.saved(texts.saved(title, sum(one.count for one in said)), flagged)


@it.command("security meeting", help=texts.HELP_MEET, usage=texts.USAGE)
def meet_named(ctx: Context, text: str) -> Reply:
    """Open the form that asks when those who acted meet."""
    return meet.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("meet")
def meet(ctx: Context, incident: int) -> Form:
    """Ask when those who acted meet, and what made it possible."""
    found = access.shown(ctx, incident)
    review = _open(ctx, found)
    choosing.check_lead(ctx, found)
    return review_views.meeting_form(codes.code(found), review.meeting_at, review.cause)


@meet.submit
def send_meet(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Note when those who acted meet, and what made it possible."""
    found = access.readable(ctx, incident)
    review = _open(ctx, found)
    choosing.check_lead(ctx, found)
    review.meeting_at = answers.instant("at") or review.meeting_at
    review.cause = Cause(answers.text("cause"))
    ctx.record(f"{codes.entity(incident)}:review", after=(review.meeting_at, review.cause))
    return Message(text=texts.SAVED_MEETING)


@it.command("security learned", help=texts.HELP_LEARNED, usage=texts.USAGE)
def learned_named(ctx: Context, text: str) -> Reply:
    """Show a review to whoever may read the incident."""
    return _shown(ctx, choosing.said(ctx, text))


@it.action("learned")
def learned(ctx: Context, incident: int) -> Reply:
    """Show a review to whoever may read the incident."""
    return _shown(ctx, access.readable(ctx, incident))


@it.command("security publish", help=texts.HELP_PUBLISH, usage=texts.USAGE)
def publish_named(ctx: Context, text: str) -> Reply:
    """Publish a review."""
    return _published(ctx, choosing.said(ctx, text))


@it.action("publish")
def publish(ctx: Context, incident: int) -> Reply:
    """Publish a review."""
    return _published(ctx, access.readable(ctx, incident))


def _written(ctx: Context, incident_id: int, department: str) -> str:
    """Return when a department wrote its part last, "" when it has not."""
    section = reviews.section(ctx.session, incident_id, department)
    return section.at.isoformat() if section else ""


def departments(ctx: Context, incident: Incident) -> list[str]:
    """Return whose parts a review has: security's, and each that was engaged."""
    engaged = [one.department for one in tables.engagements(ctx.session, incident.id or 0)]
    return [SECURITY, *(one for one in engaged if one != SECURITY)]


def acts_for(person: Person, department: str) -> bool:
    """Say whether somebody speaks for a department."""
    roles = [Role.RESPONDER, Role.DIRECTOR]
    roles += [Role.TRIAGE] if department == SECURITY else []
    return person.department == department or any(person.holds(one, department) for one in roles)


def check_writes(ctx: Context, incident: Incident, department: str) -> None:
    """Refuse who does not write for a department, or not now.

    Raises:
        Conflict: the incident is not in review.
        NotAllowed: they speak for another department.
    """
    _open(ctx, incident)
    choosing.check_part(ctx, incident)
    is_engaged = department in departments(ctx, incident)
    may = access.leads(ctx, incident) or acts_for(ctx.person, department)
    ctx.require(is_engaged and may, texts.NOT_YOURS)


def _open(ctx: Context, incident: Incident) -> Review:
    review = reviews.review(ctx.session, incident.id or 0)
    if review is None or incident.state is not State.IN_REVIEW:
        raise Conflict(texts.not_in_review(codes.code(incident)))
    return review


def _shown(ctx: Context, incident: Incident) -> Message:
    id = incident.id or 0
    review = reviews.review(ctx.session, id)
    if review is None:
        raise Conflict(texts.not_in_review(codes.code(incident)))
    ctx.record(codes.entity(id))
    written = {
        one.department: review_keeping.learned(ctx.sealer, one) if one.content else None
        for one in reviews.sections(ctx.session, id)
    }
    sections = {one: written.get(one, Learned()) for one in departments(ctx, incident)}
    found = [told(ctx, incident, one) for one in reviews.actions(ctx.session, id)]
    shown = review_views.review(
        codes.code(incident),
        sections,
        cause=review.cause,
        actions=found,
        buttons=buttons(ctx, incident, ctx.person),
    )
    return shown.carrying(codes.entity(id))


def told(ctx: Context, incident: Incident, action: Action) -> str:
    """Say in a line what is to be done, by whom as a role, and by when."""
    owner = naming.label_of(ctx, incident, action.owner_id) if action.owner_id else texts.NOBODY
    due = texts.IS_DONE if action.done_at else str(action.due_on or texts.NO_DAY)
    what = review_keeping.action(ctx.sealer, action)
    return texts.action(codes.action(action.id or 0), what, owner, due)


def _published(ctx: Context, incident: Incident) -> Message:
    choosing.check_lead(ctx, incident)
    id, code = incident.id or 0, codes.code(incident)
    review = _open(ctx, incident)
    if not reviews.sections(ctx.session, id):
        raise Conflict(texts.nothing_written(code))
    missing = [one for one in reviews.actions(ctx.session, id) if not _is_settled(ctx, one)]
    if missing:
        raise Conflict(texts.not_ready(code, [codes.action(one.id or 0) for one in missing]))
    review.published_at, review.next_look = ctx.now, ""
    moving.move(ctx, incident, Move.PUBLISH, role=parts.role_of(ctx, incident))
    message = cards.with_look(incident, texts.published(code))
    others = [one for one in access.readers(ctx, id) if one.id != ctx.person.id]
    telling.tell(ctx, incident, others, message, what=f"review:{stamp(ctx)}")
    return message


def _is_settled(ctx: Context, action: Action) -> bool:
    """Say whether somebody who is here does it by some day, or has."""
    if action.done_at is not None:
        return True
    if action.owner_id is None or action.due_on is None:
        return False
    return people.by_id(ctx.session, action.owner_id, now=ctx.now).active


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer to write, to read and to publish a review while there is one."""
    id = incident.id or 0
    if reviews.review(ctx.session, id) is None:
        return []
    read = learned.button(texts.LEARNED, incident=id)
    if incident.state is not State.IN_REVIEW:
        return [read]
    own = [one for one in departments(ctx, incident) if acts_for(reader, one)]
    write = [
        learn.button(texts.LEARN, incident=id, department=one, seen=_written(ctx, id, one))
        for one in own[:1]
    ]
    if incident.lead_id != reader.id:
        return [*write, read]
    leads = [meet.button(texts.MEET, incident=id), publish.button(texts.PUBLISH, incident=id)]
    return [*write, read, *leads]
