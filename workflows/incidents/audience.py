"""The words in which each department hears of an incident.

Somebody there approves them, or says them better; who has not answered in time reads them marked
as not reviewed, and an answer after that changes what stands there.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage.people import Person
from workflows import glossary
from workflows.glossary import Explained
from workflows.incidents import (
    access,
    calls,
    codes,
    facts,
    parts,
    sheet_keeping,
    sheet_tables,
    sheets_views,
    tables,
    telling,
    timeline,
)
from workflows.incidents import sheets_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.facts import Ask, Said
from workflows.incidents.rules import OVER, Kind
from workflows.incidents.sheet_tables import Sheet, Standing, Words
from workflows.incidents.tables import Engagement, Incident
from workflows.reports import hours, roster
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang
from workflows.reports.paces import PACES, Wait
from workflows.reports.rules import Severity

#: More would hide what is said behind what words mean.
MOST_EXPLAINED = 3


@calls.incidents_change
def keep_up(ctx: Context, incident_id: int) -> None:
    """See to it that each department with a part in an incident has words from its newest facts."""
    incident = tables.incident(ctx.session, incident_id)
    sheet = sheet_tables.sheet(ctx.session, incident_id)
    if incident is None or sheet is None or sheet.content is None:
        return
    if incident.state in OVER:
        for words in sheet_tables.all_words(ctx.session, incident_id):
            words.next_look = ""
        return
    for own in tables.engagements(ctx.session, incident_id):
        before = sheet_tables.words(ctx.session, incident_id, own.department)
        if before is None or before.edition < sheet.edition:
            words = _draft(ctx, incident, sheet, own, before)
        else:
            words = before
        if words.standing is Standing.DRAFT:
            _wait(ctx, incident, words, own)


@it.awaits
def undecided(session: Session) -> Mapping[str, str]:
    """Return the timer that sends the words of each department that has not answered yet."""
    return {
        f"{codes.entity(one.incident_id)}:{one.department}:words": one.next_look
        for one in sheet_tables.waiting_words(session)
    }


@it.timer("show_draft")
def show_draft(ctx: Context, incident: int, department: str) -> None:
    """Show a department its draft, now that its people are at work."""
    found, words = _both(ctx, incident, department)
    if found is not None and words is not None and words.standing is Standing.DRAFT:
        show(ctx, found, words)


@it.timer("words_due")
def words_due(ctx: Context, incident: int, department: str, look: str) -> None:
    """Send the words of a department that did not answer in time, marked as that."""
    found, words = _both(ctx, incident, department)
    if found is None or words is None or words.next_look != look or found.state in OVER:
        return
    words.standing, words.sent_at, words.next_look = Standing.UNREVIEWED, ctx.now, ""
    said = texts.sent_unreviewed(parts.title_of(department))
    timeline.note(ctx, found, Kind.UPDATE, said)
    show(ctx, found, words)


@it.action("approve_words")
def approve(ctx: Context, incident: int, department: str, edition: int) -> Reply:
    """Let a department's words go out as they are, or take the mark from what went out."""
    found = access.readable(ctx, incident)
    words = _own(ctx, found, department, edition)
    _approve(ctx, found, words)
    return Message(text=texts.approved(codes.code(found)))


@it.form("edit_words")
def edit(ctx: Context, incident: int, department: str, edition: int) -> Form:
    """Ask a department how it wants to hear it."""
    found = access.shown(ctx, incident)
    words = _own(ctx, found, department, edition)
    return sheets_views.edit_form(codes.code(found), sheet_keeping.said(ctx.sealer, words))


@edit.submit
def send_edit(
    ctx: Context, answers: Answers, incident: int, department: str, edition: int
) -> Reply:
    """Let a department's words go out as somebody there wrote them."""
    found = access.readable(ctx, incident)
    words = _own(ctx, found, department, edition)
    asks = tuple(filter(None, (_ask(answers, inputs) for inputs in facts.ASK_INPUTS)))
    said = Said(facts.shortened(defang(answers.text("text"))), asks)
    sheet_keeping.seal_said(ctx, words, said)
    _approve(ctx, found, words)
    return Message(text=texts.approved(codes.code(found)))


@it.action("explain_term")
def explain_term(ctx: Context, incident: int, term: int) -> Reply:
    """Have a word explained wherever it stands in what departments hear."""
    found = access.readable(ctx, incident)
    sheet = sheet_tables.sheet(ctx.session, incident)
    if sheet is None or not (access.leads(ctx, found) or _acts_for_any(ctx, found)):
        raise NotFound(NO_SUCH_THING)
    if term in sheet.explained:
        raise Conflict(texts.EXPLAINED_ALREADY)
    used = {one.term: one for one in unexplained(ctx, found)}
    if term not in used:
        raise NotFound(NO_SUCH_THING)
    sheet.explained = [*sheet.explained, term]
    ctx.session.flush()
    for words in sheet_tables.all_words(ctx.session, incident):
        if words.asked or words.sent_at is not None:
            show(ctx, found, words)
    calls.incident_changed(ctx, incident)
    return Message(text=texts.will_explain(used[term].label))


def unexplained(ctx: Context, incident: Incident, department: str = "") -> list[Explained]:
    """Return the terms that a department, or any, hears without knowing them."""
    sheet = sheet_tables.sheet(ctx.session, incident.id or 0)
    known = set(sheet.explained) if sheet else set()
    found = {
        one.term: one
        for words in sheet_tables.all_words(ctx.session, incident.id or 0)
        if department in {"", words.department}
        for one in _terms(ctx, words)
        if not one.is_shared and one.term not in known
    }
    return list(found.values())


def explaining(incident: Incident, terms: list[Explained]) -> list[Button]:
    """Return the buttons that have terms explained."""
    return [
        explain_term.button(texts.explain(one.label), incident=incident.id or 0, term=one.term)
        for one in terms[:MOST_EXPLAINED]
    ]


def show(ctx: Context, incident: Incident, words: Words) -> None:
    """Show a department its words as they are now: the draft to who is asked, else to all there."""
    acting = _acting(ctx, incident, words.department)
    what = f"words:{words.department}:{words.edition}"
    shown = card(ctx, incident, words)
    asked = sheets_views.with_row(shown, _buttons(ctx, incident, words))
    telling.tell(ctx, incident, acting, asked, what=what)
    if words.standing is not Standing.DRAFT:
        known = {one.id for one in acting}
        rest = [
            one
            for one in access.readers(ctx, incident.id or 0)
            if one.department == words.department and one.id not in known
        ]
        telling.tell(ctx, incident, rest, shown, what=what)


def card(ctx: Context, incident: Incident, words: Words) -> Message:
    """Return a department's words as they are now."""
    title, code = parts.title_of(words.department), codes.code(incident)
    is_draft = words.standing is Standing.DRAFT
    heading = texts.draft_heading(code, title) if is_draft else texts.heading(code, title)
    mark = texts.not_reviewed(title) if words.standing is Standing.UNREVIEWED else ""
    sheet = sheet_tables.sheet(ctx.session, incident.id or 0)
    wanted = set(sheet.explained) if sheet else set()
    explained = [one for one in _terms(ctx, words) if one.is_shared or one.term in wanted]
    said = sheet_keeping.said(ctx.sealer, words)
    # What the lead asked for comes first.
    explained.sort(key=lambda one: one.term not in wanted)
    return sheets_views.words(words, heading, said, explained[:MOST_EXPLAINED], mark=mark)


def _buttons(ctx: Context, incident: Incident, words: Words) -> list[Button]:
    if words.standing is Standing.APPROVED:
        return []
    id, department, edition = incident.id or 0, words.department, words.edition
    return [
        approve.button(
            texts.APPROVE, incident=id, department=department, edition=edition
        ).primary(),
        edit.button(texts.EDIT, incident=id, department=department, edition=edition),
        *explaining(incident, unexplained(ctx, incident, words.department)),
    ]


def _terms(ctx: Context, words: Words) -> list[Explained]:
    said = sheet_keeping.said(ctx.sealer, words)
    text = " ".join((said.text, *(ask.what for ask in said.asks)))
    return glossary.explain(ctx.session, text, words.department)


def _draft(
    ctx: Context, incident: Incident, sheet: Sheet, own: Engagement, words: Words | None
) -> Words:
    """Write a department's words anew from the facts."""
    due = _due(ctx, incident, own)
    words = words or Words(
        incident_id=incident.id or 0, department=own.department, edition=0, due_at=due
    )
    words.edition, words.standing, words.due_at = sheet.edition, Standing.DRAFT, due
    words.sent_at = words.approved_at = words.approved_by = None
    words.asked, words.next_look = 0, ""
    known = sheet_keeping.facts(ctx.sealer, sheet)
    owner = parts.title_of(own.department)
    said = facts.draft(known, own.department, owner=owner, by=due.date())
    sheet_keeping.seal_said(ctx, words, said)
    return words


def _wait(ctx: Context, incident: Incident, words: Words, own: Engagement) -> None:
    """Wait for the department; whoever is asked there next sees the draft as well."""
    where = {"incident": incident.id or 0, "department": own.department}
    if not words.next_look:
        words.due_at = max(words.due_at, ctx.now)
        key = f"{codes.entity(incident.id or 0)}:words:{own.department}:{stamp(ctx)}"
        ctx.wait(words, words_due, words.due_at, key=key, **where)
    if words.asked != max(own.asked, 1):
        words.asked = max(own.asked, 1)
        at = _shown_at(ctx, incident, own.department)
        if at <= ctx.now:
            show(ctx, incident, words)
        else:
            key = f"{words.next_look}:show:{words.asked}"
            ctx.schedule(show_draft, at, key=key, **where)


def _shown_at(ctx: Context, incident: Incident, department: str) -> datetime:
    """Return when a draft is shown: what is not severe waits until people are at work."""
    if incident.severity.is_high:
        return ctx.now
    return hours.calendar(ctx, department).next_working(ctx.now)


def _due(ctx: Context, incident: Incident, own: Engagement) -> datetime:
    """Return until when a department can answer; the mildest incidents wait like the next."""
    wait: Wait | None = PACES[incident.severity].department or PACES[Severity.S3].department
    return ctx.now if wait is None else hours.due(ctx, wait, department=own.department)


def _approve(ctx: Context, incident: Incident, words: Words) -> None:
    words.standing, words.next_look = Standing.APPROVED, ""
    words.approved_at, words.approved_by = ctx.now, ctx.person.id
    words.sent_at = words.sent_at or ctx.now
    said = texts.sent_approved(parts.title_of(words.department))
    timeline.note(ctx, incident, Kind.UPDATE, said, role=words.department)
    ctx.record(f"{codes.entity(incident.id or 0)}:{words.department}", after=Standing.APPROVED)
    show(ctx, incident, words)


def _ask(answers: Answers, inputs: tuple[str, str, str]) -> Ask | None:
    """Return one thing that is asked; each has somebody who sees to it, and a day.

    Raises:
        Invalid: it lacks one of them.
    """
    asked, named, until = inputs
    what, owner, by = answers.text(asked), answers.text(named), answers.day(until)
    if not what:
        return None
    if not owner or by is None:
        raise Invalid(fields={asked: texts.NEEDS_BOTH})
    return Ask(defang(what), defang(owner), by)


def _own(ctx: Context, incident: Incident, department: str, edition: int) -> Words:
    """Return a department's words, for whoever acts for it.

    Raises:
        NotFound: they do not.
        Conflict: there are newer words, somebody was faster, or the incident is over.
    """
    words = sheet_tables.words(ctx.session, incident.id or 0, department)
    acting = {one.id for one in roster.responders(ctx, department)}
    if words is None or ctx.person.id not in acting:
        raise NotFound(NO_SUCH_THING)
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
    if words.edition != edition:
        raise Conflict(texts.NEWER)
    if words.standing is Standing.APPROVED:
        raise Conflict(texts.approved_before(codes.code(incident)))
    return words


def _acts_for_any(ctx: Context, incident: Incident) -> bool:
    return any(
        ctx.person.id == one.id
        for own in tables.engagements(ctx.session, incident.id or 0)
        for one in roster.responders(ctx, own.department)
    )


def _acting(ctx: Context, incident: Incident, department: str) -> list[Person]:
    """Return who acts for a department and may read the incident."""
    return [
        one
        for one in roster.responders(ctx, department)
        if access.may_read(ctx, incident.id or 0, one.id)
    ]


def _both(ctx: Context, incident_id: int, department: str) -> tuple[Incident | None, Words | None]:
    found = tables.lock_incident(ctx.session, incident_id)
    return found, sheet_tables.words(ctx.session, incident_id, department)
