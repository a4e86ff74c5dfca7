"""Panels: who meets a candidate, who leads, and who never can."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Message, Reply
from storage.people import Person
from workflows.hiring import access, asked, calls, forms, rules, tables
from workflows.hiring import interview_texts as said
from workflows.hiring import workflow as it
from workflows.hiring.tables import Application, Candidate, Interview, Meeting, PanelSeat


@it.command(
    "interview panel add", help=said.HELP_PANEL_ADD, usage=said.USAGE_PANEL, allow=Role.RECRUITER
)
def seat(ctx: Context, text: str) -> Reply:
    """Put somebody on a panel; the first one leads it."""
    found, who = _seat_named(ctx, text)
    one, person = found.interview, asked.colleague(ctx, who)
    taken = tables.panel(ctx.session, [one.id or 0])
    if any(each.person_id == person.id for each in taken):
        raise Conflict(said.TWICE)
    if len(taken) >= forms.PANEL_MAX:
        raise Conflict(said.panel_full(forms.PANEL_MAX))
    check_can_meet(ctx, found.application, found.candidate, person)
    leads = not any(each.is_lead for each in taken)
    ctx.session.add(PanelSeat(interview_id=one.id or 0, person_id=person.id, is_lead=leads))
    ctx.record(f"interview:{one.id}", after=f"panel with {person.id}")
    calls.interview_changed(ctx, one.id or 0)
    return Message(text=said.seated(calls.code_of(one), person.name))


@it.command(
    "interview panel drop", help=said.HELP_PANEL_DROP, usage=said.USAGE_PANEL, allow=Role.RECRUITER
)
def unseat(ctx: Context, text: str) -> Reply:
    """Take somebody off a panel."""
    found, who = _seat_named(ctx, text)
    person = asked.anybody(ctx, who)
    code = calls.code_of(found.interview)
    if not _leave(ctx, found.interview, person.id):
        raise Conflict(said.not_seated(code, person.name))
    is_empty = not tables.panel(ctx.session, [found.interview.id or 0])
    return Message(text=said.unseated(code, person.name, is_empty=is_empty))


def leave_all(ctx: Context, application: Application, person_id: int) -> list[str]:
    """Take somebody off every panel of an application; return the interviews they left."""
    meetings = tables.meetings_of(ctx.session, application.id or 0)
    return [
        calls.code_of(one.interview) for one in meetings if _leave(ctx, one.interview, person_id)
    ]


def _leave(ctx: Context, interview: Interview, person_id: int) -> bool:
    taken = tables.seat(ctx.session, interview.id or 0, person_id)
    if taken is None:
        return False
    ctx.session.delete(taken)
    ctx.session.flush()
    others = tables.panel(ctx.session, [interview.id or 0])
    if taken.is_lead and others:
        others[0].is_lead = True
    ctx.record(f"interview:{interview.id}", after=f"panel without {person_id}")
    calls.interview_changed(ctx, interview.id or 0)
    return True


def picked(ctx: Context, answers: Answers, found: Application, known: Candidate) -> list[Person]:
    """Return whom somebody picked, the lead first.

    Raises:
        Invalid: beside the input: nobody is known by it, they stand there twice, or cannot meet.
    """
    panel: dict[int, Person] = {}
    for name in forms.PANEL:
        person = asked.perhaps_picked(ctx, answers, name)
        if person is None:
            continue
        if person.id in panel:
            raise Invalid(fields={name: said.TWICE})
        asked.beside(name, lambda one=person: check_can_meet(ctx, found, known, one))  # type: ignore[misc]
        panel[person.id] = person
    return list(panel.values())


def named(ctx: Context, line: Line) -> list[Person]:
    """Return whom somebody typed, the lead first: the one named so, or the first."""
    named = [asked.colleague(ctx, who) for who in asked.listed(line.flags.get("panel", ""))]
    panel = list({one.id: one for one in named}.values())
    if not panel:
        raise Invalid(said.SAY_PANEL)
    if len(panel) > forms.PANEL_MAX:
        raise Invalid(said.panel_full(forms.PANEL_MAX))
    if not line.flags.get("lead"):
        return panel
    lead = asked.colleague(ctx, line.flags["lead"])
    if lead.id not in {one.id for one in panel}:
        raise Invalid(said.LEAD_NOT_ON_PANEL)
    return sorted(panel, key=lambda one: one.id != lead.id)


def check_can_meet(ctx: Context, found: Application, known: Candidate, person: Person) -> None:
    """Refuse whoever is the candidate, or is kept out of the application."""
    recused = tables.is_recused(ctx.session, found.id or 0, person.id)
    if access.is_barred(person.id, known, recused=recused):
        raise Invalid(said.cannot_meet(person.name))


def _seat_named(ctx: Context, text: str) -> tuple[Meeting, str]:
    line = parse(text)
    found = asked.locked_meeting(ctx, asked.number(line, rules.INTERVIEW))
    who = asked.words(line)
    if len(who) != 1:
        raise Invalid(said.SAY_WHOM)
    return found, who[0]
