"""What somebody does until some day: agreed in a meeting, then done, dropped or given away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import ui
from bot.answers import Answers
from bot.clock import zone_named
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.text import Line, parse
from bot.ui import Block, Button, Date, Form, Items, Message, PersonInput, Reply, Text
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.agendas import (
    access,
    actions_views,
    calls,
    codes,
    days,
    keeping,
    meant,
    tables,
    views,
)
from workflows.agendas import actions_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.actions_views import Shown
from workflows.agendas.rules import ACTION, SERIES, ActionState
from workflows.agendas.tables import Action, Meeting, Series
from workflows.people import asked as named

#: So many have a button in a list, and so many stand on Home.
_WITH_BUTTON, _ON_HOME = 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What is agreed; *made_of* is the digest of the message that it was made of."""

    text: str
    owner: Person
    due_on: date | None = None
    ref: str = ""
    made_of: str | None = None


def agree(ctx: Context, series: Series, meeting: Meeting | None, agreed: Agreed) -> Action:
    """Keep an action of a locked series; its owner hears of it when the meeting is over.

    Raises:
        Invalid: its owner does not work here.
    """
    check_owner(ctx, agreed.owner)
    action = Action(
        series_id=series.id or 0,
        meeting_id=meeting.id if meeting else None,
        owner_id=agreed.owner.id,
        due_on=agreed.due_on,
        ref=agreed.ref,
        created_at=ctx.now,
        made_of=agreed.made_of,
    )
    keeping.seal(ctx, action, agreed.text)
    _changed(ctx, series, action)
    if meant.is_over(meeting) and agreed.owner.id != ctx.person.id:
        text = texts.passed_to_you(
            ctx.person.name, codes.action(action.id), agreed.text, action.due_on
        )
        tell(ctx, agreed.owner, action, text, what="yours")
    return action


@it.command("action list", help=texts.HELP_LIST, usage=texts.USAGE_LIST, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show what whoever asks has to do; of a series, all that is open."""
    line = parse(text)
    if not any(ref.kind == SERIES for ref in line.refs):
        return _own(ctx)
    series = access.readable(ctx, access.meant(ctx, line))
    found = tables.actions(ctx.session, series.id or 0, ActionState.OPEN)
    lines = [_line(ctx, one, days.today(series, ctx.now), with_owner=True) for one in found]
    if not lines:
        return Message(text=texts.nothing_open(series.name))
    return actions_views.listing(texts.open_of(series.name), lines)


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Show what the reader has to do next."""
    found = tables.actions_of(ctx.session, ctx.person.id)[:_ON_HOME] if ctx.person.id else []
    lines = [_line(ctx, one, _today(ctx)) for one in found]
    return (Text(text=texts.YOURS), Items(items=tuple(lines))) if lines else ()


@it.command("action done", help=texts.HELP_DONE, usage=texts.USAGE)
def say_done(ctx: Context, text: str) -> Reply:
    """Note that an action is done."""
    return _close(ctx, codes.named_action(parse(text)), ActionState.DONE)


@it.command("action drop", help=texts.HELP_DROP, usage=texts.USAGE)
def say_drop(ctx: Context, text: str) -> Reply:
    """Drop an action."""
    return _close(ctx, codes.named_action(parse(text)), ActionState.DROPPED)


@it.command("action convert", help=texts.HELP_CONVERT, usage=texts.USAGE_CONVERT)
def say_convert(ctx: Context, text: str) -> Reply:
    """Note as what an action goes on."""
    line = parse(text)
    others = [ref for ref in line.refs if ref.kind != ACTION]
    if len(others) != 1:
        raise Invalid(texts.BECOMES_WHAT)
    id = codes.named_action(line)
    return _close(ctx, id, ActionState.CONVERTED, became=str(others[0]))


@it.command("action give", help=texts.HELP_GIVE, usage=texts.USAGE_GIVE)
def say_give(ctx: Context, text: str) -> Reply:
    """Give an action to somebody else, or ask to whom."""
    line = parse(text)
    id = codes.named_action(line)
    who = owner_named(ctx, line)
    if who is None:
        return give.open(ctx, action=id)
    series, action = _open_one(ctx, id)
    due = days.named(line.values.get("due", ""), days.today(series, ctx.now))
    return _give(ctx, series, action, who, due)


@it.action("finish_action")
def done(ctx: Context, action: int) -> Reply:
    """Note that an action is done."""
    return _close(ctx, action, ActionState.DONE)


@it.action("drop_action")
def drop(ctx: Context, action: int) -> Reply:
    """Drop an action."""
    return _close(ctx, action, ActionState.DROPPED)


@it.form("give_action")
def give(ctx: Context, action: int) -> Form:
    """Ask who does an action now."""
    found = tables.action(ctx.session, action)
    if found is None or not _may_change(ctx, found):
        raise NotFound(NO_SUCH_THING)
    questions = (
        PersonInput(name="who", label=texts.WHO),
        Date(name="due", label=texts.DUE, hint=texts.DUE_HINT, required=False),
    )
    return Form(title=texts.FORM_GIVE, inputs=questions, submit=texts.SEND_GIVE)


@give.submit
def send_give(ctx: Context, answers: Answers, action: int) -> Reply:
    """Give an action to whoever was picked."""
    series, found = _open_one(ctx, action)
    due = answers.day("due")
    day = days.checked(due, days.today(series, ctx.now)) if due else None
    return _give(ctx, series, found, named.picked_person(ctx, answers), day)


def buttons(action: Action) -> list[Button]:
    """Return what the owner of an open action can do about it."""
    id = action.id or 0
    return [
        done.button(texts.DONE, action=id).primary(),
        give.button(texts.GIVE, action=id),
        drop.button(texts.DROP, action=id).danger(texts.ASK_DROP),
    ]


def done_buttons(found: Sequence[Action]) -> list[Button]:
    """Return a button for each of the first actions of a list."""
    return [
        done.button(f"{texts.DONE}: {codes.action(one.id)}", action=one.id or 0)
        for one in found[:_WITH_BUTTON]
    ]


def tell(ctx: Context, to: Person, action: Action, text: str, *, what: str) -> None:
    """Tell somebody of their action; what reaches nobody goes to the owners of the meeting."""
    owners = tables.owners(tables.members(ctx.session, action.series_id))
    after = [people.by_id(ctx.session, id, now=ctx.now) for id in owners if id != to.id]
    entity = codes.action_entity(action.id)
    message = views.said(text, buttons=buttons(action))
    key = f"{entity}:{what}:{to.id}"
    ctx.send(to, message, key=key, about=entity, sensitive=True, otherwise=after)


def owner_named(ctx: Context, line: Line) -> Person | None:
    """Return the last person whom somebody typed with an @, None when there is none."""
    found = [word for word in line.words if is_person(word)]
    return named.found(ctx, found[-1]) if found else None


def is_person(word: str) -> bool:
    """Say whether a word names somebody, by their account or their address."""
    return "@" in word and not any(map(str.isspace, word))


def check_owner(ctx: Context, someone: Person) -> None:
    """Make sure that somebody can be given something to do.

    Raises:
        Invalid: they have left, or are no member of the company.
    """
    if not people.works_here(ctx.session, someone.id):
        raise Invalid(texts.NOT_THEIRS)


def name_of(ctx: Context, person_id: int | None) -> str:
    """Return somebody's name, "" of nobody's."""
    return people.by_id(ctx.session, person_id, now=ctx.now).name if person_id else ""


def department_of(ctx: Context, person_id: int | None) -> str:
    """Return the name of somebody's department, "" of nobody's and of one without any."""
    who = people.by_id(ctx.session, person_id, now=ctx.now) if person_id else None
    key = (who.department if who else None) or ""
    return people.departments(ctx.session).get(key, key)


def _own(ctx: Context) -> Message:
    found = tables.actions_of(ctx.session, ctx.person.id)
    if not found:
        return Message(text=texts.NOTHING_TO_DO)
    lines = [_line(ctx, one, _today(ctx)) for one in found]
    return actions_views.listing(texts.YOURS, lines, done_buttons(found))


def _line(ctx: Context, action: Action, today: date, *, with_owner: bool = False) -> ui.Line:
    who = name_of(ctx, action.owner_id) if with_owner else ""
    return actions_views.line(Shown(action, keeping.text(ctx.sealer, action), who), today)


def _today(ctx: Context) -> date:
    return ctx.now.astimezone(zone_named(ctx.person.timezone)).date()


def _may_change(ctx: Context, action: Action) -> bool:
    series = tables.series(ctx.session, action.series_id)
    is_owner = action.owner_id is not None and action.owner_id == ctx.person.id
    return is_owner or (series is not None and access.may_change(ctx, series))


def _open_one(ctx: Context, id: int) -> tuple[Series, Action]:
    """Return an open action and its series, both locked, for whoever may change it.

    Raises:
        NotFound: there is none, or it is not theirs.
        Conflict: it is not open any more.
    """
    found = tables.action(ctx.session, id)
    series = tables.lock_series(ctx.session, found.series_id) if found else None
    action = tables.lock_action(ctx.session, id)
    if series is None or action is None or not _may_change(ctx, action):
        raise NotFound(NO_SUCH_THING)
    if action.state is not ActionState.OPEN:
        raise Conflict(texts.closed_before(codes.action(id), action.state))
    return series, action


def _close(ctx: Context, id: int, state: ActionState, *, became: str = "") -> Message:
    series, action = _open_one(ctx, id)
    action.state, action.closed_at, action.became = state, ctx.now, became
    _changed(ctx, series, action)
    return Message(text=texts.closed(codes.action(id), state, became))


def _give(ctx: Context, series: Series, action: Action, to: Person, due_on: date | None) -> Message:
    check_owner(ctx, to)
    code, before = codes.action(action.id), action.owner_id
    action.owner_id, action.due_on = to.id, due_on or action.due_on
    _changed(ctx, series, action)
    if to.id != ctx.person.id:
        what = keeping.text(ctx.sealer, action)
        text = texts.passed_to_you(ctx.person.name, code, what, action.due_on)
        tell(ctx, to, action, text, what=f"given:{codes.moment(ctx.now)}")
    if before not in {None, to.id, ctx.person.id}:
        former = people.by_id(ctx.session, before or 0, now=ctx.now)
        ctx.send(former, Message(text=texts.taken_from_you(code, to.name)))
    return Message(text=texts.given(code, to.name, action.due_on))


def _changed(ctx: Context, series: Series, action: Action) -> None:
    """Note what became of an action, and tell who watches it and the agendas it stands on."""
    after = (action.state, action.owner_id, str(action.due_on), action.became)
    ctx.record(codes.action_entity(action.id), after=after)
    calls.action_changed(ctx, action)
    ctx.session.flush()
    for meeting in tables.open_meetings(ctx.session, series.id or 0):
        calls.agenda_changed(ctx, meeting)
