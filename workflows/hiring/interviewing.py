"""Interviews: planning, showing and moving them, and how they end."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.menu import say_button
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import Route
from storage.people import Person
from workflows.hiring import (
    asked,
    calls,
    forms,
    panels,
    planning,
    rules,
    tables,
    texts,
    views,
)
from workflows.hiring import interview_texts as said
from workflows.hiring import workflow as it
from workflows.hiring.planning import Slot
from workflows.hiring.rules import Ending, InterviewStatus, SearchStatus
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    Meeting,
    PanelSeat,
    Search,
    Template,
)


class Plan(NamedTuple):
    """An interview as somebody wants it; the lead of the panel stands first."""

    kind: str
    stage: str
    slot: Slot
    panel: Sequence[Person]
    criteria: Sequence[str]


@it.command("interview", help=said.HELP_INTERVIEW, usage=said.USAGE_INTERVIEW, read_only=True)
def interview(ctx: Context, text: str) -> Reply:
    """Show an interview to its panel and to those who keep the search."""
    return _card(ctx, asked.meeting(ctx, asked.number(parse(text), rules.INTERVIEW)))


@it.form("add_interview", allow=Role.RECRUITER)
def add(ctx: Context, application: int) -> Form:
    """Ask when a candidate is met, by whom, and what they look at."""
    known, found, search = asked.application(ctx, application)
    template = _template(ctx, search)
    criteria = tables.criteria_of(ctx.session, template.id or 0)
    return forms.interview(_heading(known, search), found.stage, criteria)


@add.submit
def added(ctx: Context, answers: Answers, application: int) -> Reply:
    """Plan an interview as the form says."""
    known, found, search = asked.application(ctx, application)
    template = _template(ctx, search)
    plan = Plan(
        kind=rules.tidy(answers.text("kind")),
        stage=rules.stage_named(answers.text("stage")),
        slot=_slot_of(ctx, answers),
        panel=panels.picked(ctx, answers, found, known),
        criteria=answers.chosen("criteria"),
    )
    return _plan(ctx, found, known, template, plan)


@it.command("interview add", help=said.HELP_ADD, usage=said.USAGE_ADD, allow=Role.RECRUITER)
def add_named(ctx: Context, text: str) -> Reply:
    """Plan an interview that was typed in one go; open the form when no time was given."""
    line = parse(text)
    known, found, search = asked.entry(ctx, line)
    template = _template(ctx, search)
    if "at" not in line.flags:
        return add.open(ctx, application=found.id or 0)
    kind = rules.tidy(line.flags.get("kind", ""))
    if not kind or len(kind) > said.KIND_MAX:
        raise Invalid(said.KIND_MISSING)
    stage = rules.stage_named(line.flags.get("stage") or found.stage)
    if len(stage) > texts.STAGE_MAX:
        raise Invalid(texts.STAGE_MISSING)
    panel = panels.named(ctx, line)
    for person in panel:
        panels.check_can_meet(ctx, found, known, person)
    criteria = asked.listed(line.flags.get("criteria", ""))
    return _plan(ctx, found, known, template, Plan(kind, stage, _slot(ctx, line), panel, criteria))


@it.form("move_interview", allow=Role.RECRUITER)
def move(ctx: Context, interview: int) -> Form:
    """Ask for another time."""
    found = _movable(asked.meeting(ctx, interview))
    return forms.move(_heading(found.candidate, found.search), found.interview)


@move.submit
def moved(ctx: Context, answers: Answers, interview: int) -> Reply:
    """Give an interview the time that the form says."""
    return _move(ctx, _movable(asked.locked_meeting(ctx, interview)), _slot_of(ctx, answers))


@it.command("interview move", help=said.HELP_MOVE, usage=said.USAGE_MOVE, allow=Role.RECRUITER)
def move_named(ctx: Context, text: str) -> Reply:
    """Give an interview another time."""
    line = parse(text)
    id = asked.number(line, rules.INTERVIEW)
    found = _movable(asked.locked_meeting(ctx, id))
    if "at" not in line.flags:
        return move.open(ctx, interview=id)
    return _move(ctx, found, _slot(ctx, line, found.interview))


def _command(verb: str, ending: Ending) -> Route[[str]]:
    @it.command(
        f"interview {verb}",
        help=said.HELP_ENDINGS[verb],
        usage=said.USAGE_INTERVIEW,
        allow=Role.RECRUITER,
    )
    def end(ctx: Context, text: str) -> Reply:
        """Say how an interview ended; a mistake is put right by saying the other thing."""
        found = asked.locked_meeting(ctx, asked.number(parse(text), rules.INTERVIEW))
        one, code = found.interview, calls.code_of(found.interview)
        if one.status not in ending.before:
            raise Conflict(said.cannot_end(code, one.status))
        if ending.once_begun and ctx.now < one.starts_at:
            raise Conflict(said.not_begun(code))
        ctx.record(f"interview:{one.id}", before=one.status, after=ending.after)
        one.status = ending.after
        calls.interview_changed(ctx, one.id or 0)
        return Message(text=said.ended(code, one.status))

    return end


ENDINGS = {verb: _command(verb, ending) for verb, ending in rules.ENDINGS.items()}


def _plan(
    ctx: Context, found: Application, known: Candidate, template: Template, plan: Plan
) -> Reply:
    """Store an interview with its panel; the template it uses never changes from now on."""
    new = Interview(
        application_id=found.id or 0,
        template_id=template.id or 0,
        kind=plan.kind,
        stage=plan.stage,
        criteria=_subset(ctx, template, plan.criteria),
        starts_at=plan.slot.starts_at,
        ends_at=plan.slot.ends_at,
        debrief_at=plan.slot.debrief_at,
        created_at=ctx.now,
    )
    ctx.session.add(new)
    ctx.session.flush()
    ctx.session.add_all(
        PanelSeat(interview_id=new.id or 0, person_id=one.id, is_lead=one is plan.panel[0])
        for one in plan.panel
    )
    template.frozen = True
    ctx.record(f"interview:{new.id}", after=(new.status, new.starts_at))
    calls.interview_changed(ctx, new.id or 0)
    code = calls.code_of(new)
    see = say_button(said.SEE, f"interview {code}")
    return views.asking(said.planned(code, calls.code_of(known)), see)


def _move(ctx: Context, found: Meeting, slot: Slot) -> Reply:
    one = found.interview
    ctx.record(f"interview:{one.id}", before=one.starts_at, after=slot.starts_at)
    one.starts_at, one.ends_at, one.debrief_at = slot.starts_at, slot.ends_at, slot.debrief_at
    one.status = InterviewStatus.SCHEDULED
    calls.interview_changed(ctx, one.id or 0)
    return Message(text=said.moved(calls.code_of(one)))


def _movable(found: Meeting) -> Meeting:
    if found.interview.status is InterviewStatus.DONE:
        raise Conflict(said.cannot_end(calls.code_of(found.interview), found.interview.status))
    _check_open(found.search)
    return found


def _template(ctx: Context, search: Search) -> Template:
    """Return what people are judged by in a search that goes on."""
    _check_open(search)
    found = tables.template_in_force(ctx.session, search.role_family, search.level)
    if found is None:
        raise Conflict(said.no_template(texts.role(search.role_family, search.level)))
    return found


def _check_open(search: Search) -> None:
    if search.status is not SearchStatus.OPEN:
        raise Conflict(said.not_open(calls.code_of(search), texts.STATUSES[search.status]))


def _subset(ctx: Context, template: Template, wanted: Sequence[str]) -> list[str]:
    """Return the criteria to look at; an empty list for all of them."""
    keys = [one.key for one in tables.criteria_of(ctx.session, template.id or 0)]
    unknown = [key for key in wanted if key not in keys]
    if unknown:
        raise Invalid(said.no_criteria(unknown, keys))
    chosen = [key for key in keys if key in wanted]
    return [] if chosen == keys else chosen


def _slot_of(ctx: Context, answers: Answers) -> Slot:
    minutes = answers.number("minutes")
    return planning.slot(
        answers.instant("starts_at"),
        int(minutes) if minutes is not None else 0,
        answers.instant("debrief_at"),
        now=ctx.now,
    )


def _slot(ctx: Context, line: Line, present: Interview | None = None) -> Slot:
    """Return the time that was typed; what was left out stays as it is."""
    zone, usual = ctx.person.timezone, forms.USUAL_LENGTH
    length = present.ends_at - present.starts_at if present else usual
    debrief = planning.moment(line.flags.get("debrief", ""), zone)
    if debrief is None and present and "debrief" not in line.flags:
        debrief = present.debrief_at
    return planning.slot(
        planning.moment(line.flags["at"], zone),
        planning.number(line.flags.get("minutes", ""), int(length.total_seconds() // 60)),
        debrief,
        now=ctx.now,
    )


def _card(ctx: Context, found: Meeting) -> Message:
    seats = tables.panel(ctx.session, [found.interview.id or 0])
    names = [
        said.lead(name) if each.is_lead else name
        for each, name in zip(
            seats, asked.names_of(ctx, [each.person_id for each in seats]), strict=True
        )
    ]
    criteria = calls.criteria_of(ctx.session, found.interview)
    buttons = _buttons(ctx, found) if ctx.person.holds(Role.RECRUITER) else []
    return views.interview(found, names, criteria, buttons)


def _buttons(ctx: Context, found: Meeting) -> list[Button]:
    one, code = found.interview, calls.code_of(found.interview)
    endings = [
        say_button(said.END_BUTTONS[verb], f"interview {verb} {code}")
        for verb, ending in rules.ENDINGS.items()
        if one.status in ending.before and not (ending.once_begun and ctx.now < one.starts_at)
    ]
    if one.status is InterviewStatus.DONE or found.search.status is not SearchStatus.OPEN:
        return endings
    return [move.button(said.MOVE, interview=one.id or 0), *endings]


def _heading(known: Candidate, search: Search) -> str:
    return f"{calls.code_of(known)}, {calls.code_of(search)}: {search.title}"
