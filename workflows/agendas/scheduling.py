"""Planning a meeting that comes back, and changing it: by form, and in one typed line."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.answers import Answers
from bot.clock import zone_named
from bot.context import Context
from bot.errors import Invalid
from bot.menu import say_button
from bot.recurrence import Recurrence, Weekday
from bot.text import parse
from bot.ui import Button, Form, FormPart, Message, Note, Reply
from storage.people import Person
from workflows.agendas import access, asked, codes, holidays, planning, typed, upcoming
from workflows.agendas import series as meetings
from workflows.agendas import series_texts as texts
from workflows.agendas import series_views as views
from workflows.agendas import terms as agreed
from workflows.agendas import workflow as it
from workflows.agendas.rules import HolidayPolicy, Part
from workflows.agendas.tables import Series
from workflows.agendas.terms import Terms
from workflows.agendas.typed import Said
from workflows.agendas.views import said as shown

T = TypeVar("T")
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: Owners: each gets the draft, either approves.
_TWO = 2
_MOST_LISTS = 10
#: A form carries what was typed, and a button its meaning.
_LONGEST_LINE = 600  #: characters


@it.command("agenda schedule", help=texts.HELP_SCHEDULE, usage=texts.USAGE_SCHEDULE)
def schedule(ctx: Context, text: str) -> Reply:
    """Plan what was typed in one go; ask for what is missing; read a cron line back first."""
    if len(text) > _LONGEST_LINE:
        raise Invalid(texts.LONG_LINE)
    said = typed.read(parse(text))
    wanted = _wanted(ctx, said)
    if said.cron and said.name:
        return _read_back(ctx, said, wanted)
    if not (said.name and said.has_rhythm and said.who):
        return plan.open(ctx, said=text)
    owners = _owners(ctx, [asked.colleague(ctx, who) for who in said.who])
    return _made(ctx, wanted, owners)


@it.form("plan_series")
def plan(ctx: Context, said: str = "") -> Form:
    """Ask for all that makes a meeting, filled in with what was typed."""
    read = typed.read(parse(said))
    wanted = _wanted(ctx, read)
    meaning = (Note(text=_meaning(ctx, read, wanted)),) if read.cron else ()
    inputs: tuple[FormPart, ...] = (*meaning, *views.questions(wanted, views.partner()))
    return Form(title=texts.FORM, inputs=inputs, submit=texts.MAKE)


@plan.submit
def planned(ctx: Context, answers: Answers, said: str = "") -> Reply:
    """Plan a meeting as the form says."""
    partner = asked.picked(ctx, answers, "partner")
    owners = _beside("partner", lambda: _owners(ctx, [partner]))
    return _made(ctx, _answered(ctx, answers), owners)


@it.command("agenda change", help=texts.HELP_CHANGE, usage=texts.USAGE_CHANGE)
def change(ctx: Context, text: str) -> Reply:
    """Change what was typed; open the form when nothing was."""
    line = parse(text)
    id = access.meant(ctx, line)
    said = typed.read(line)
    if said.is_nothing:
        return edit.open(ctx, series=id)
    if said.who:
        raise Invalid(texts.OWNERS_ELSEWHERE)
    series = asked.going_on(access.owned(ctx, id))
    return _changed(ctx, series, typed.applied(said, agreed.of(series)))


@it.form("edit_series")
def edit(ctx: Context, series: int) -> Form:
    """Ask for all that a meeting is, filled in with what it is now."""
    found = asked.changeable(ctx, series)
    about = Note(text=f"{codes.series(series)}: {texts.rhythm(planning.rhythm(found))}")
    inputs = (about, *views.questions(agreed.of(found)))
    return Form(title=texts.FORM_CHANGE, inputs=inputs, submit=texts.SAVE)


@edit.submit
def edited(ctx: Context, answers: Answers, series: int) -> Reply:
    """Let a meeting be as the form says."""
    found = asked.going_on(access.owned(ctx, series))
    return _changed(ctx, found, _answered(ctx, answers))


def _wanted(ctx: Context, said: Said) -> Terms:
    zone = said.zone or ctx.person.timezone
    today = ctx.now.astimezone(zone_named(zone)).date()
    return agreed.checked(typed.applied(said, agreed.usual("", zone, today)))


def _owners(ctx: Context, named: Sequence[Person]) -> list[Person]:
    """Return who owns a meeting: who were named, and whoever asks where one more is needed."""
    if len({one.id for one in named}) > _TWO:
        raise Invalid(texts.ONE_OWNER)
    owners = {one.id: one for one in (named if len(named) == _TWO else [ctx.person, *named])}
    if len(owners) < _TWO:
        raise Invalid(texts.SAME_OWNER)
    return list(owners.values())


def _read_back(ctx: Context, said: Said, wanted: Terms) -> Message:
    """Say in words what a cron line means; what is pressed then says the same in our words."""
    words = " ".join((f'agenda schedule "{wanted.name}"', *typed.words(wanted), *said.who))
    button = say_button(texts.SAVE_THIS, words).primary()
    return shown(_meaning(ctx, said, wanted), buttons=[button])


def _meaning(ctx: Context, said: Said, terms: Terms) -> str:
    dates = upcoming.first_dates(terms, ctx.now)
    words = (texts.rhythm(terms.rhythm), texts.moments(dates, terms.rhythm.timezone))
    return f"{texts.imported(said.cron, *words)} {texts.NOTHING_SAVED}"


def _made(ctx: Context, wanted: Terms, owners: Sequence[Person]) -> Message:
    series = meetings.make(ctx, wanted, owners)
    return shown(texts.made(*meetings.in_words(ctx, series)), buttons=[_edit(series)])


def _changed(ctx: Context, series: Series, wanted: Terms) -> Message:
    if not meetings.change(ctx, series, wanted):
        return Message(text=texts.SAME)
    return shown(texts.changed(*meetings.in_words(ctx, series)))


def _edit(series: Series) -> Button:
    return edit.button(texts.CHANGE, series=series.id or 0)


def _answered(ctx: Context, answers: Answers) -> Terms:
    """Return what a form says that a meeting is; each problem stands beside its input."""
    parts = tuple(Part(one) for one in answers.chosen("parts"))
    return Terms(
        name=" ".join(answers.text("name").split()),
        rhythm=_rhythm(answers),
        first=answers.day("first") or ctx.now.date(),
        last=answers.day("last"),
        length=_whole(answers, "length") * _MINUTE,
        draft_lead=_whole(answers, "draft") * _HOUR,
        publish_lead=_whole(answers, "publish") * _HOUR,
        policy=HolidayPolicy(answers.text("policy")),
        holidays=_beside("holidays", lambda: _lists(ctx, answers.text("holidays"))),
        parts=() if set(parts) == set(Part) else parts,
    )


def _rhythm(answers: Answers) -> Recurrence:
    days = frozenset(Weekday(day) for day in answers.chosen("days"))
    zone = _beside("zone", lambda: zone_named(answers.text("zone")).key)
    at = _beside("at", lambda: typed.time_of_day(answers.text("at")))
    weeks = _whole(answers, "weeks")
    return Recurrence(days, at, zone, weeks, answers.day("first") if weeks > 1 else None)


def _whole(answers: Answers, name: str) -> int:
    return int(answers.number(name) or 0)


def _lists(ctx: Context, text: str) -> tuple[str, ...]:
    named = [one for one in text.split(",") if one.strip()]
    if len(named) > _MOST_LISTS:
        raise Invalid(texts.MANY_LISTS)
    return tuple(dict.fromkeys(holidays.list_named(ctx.session, one) for one in named))


def _beside(name: str, work: Callable[[], T]) -> T:
    """Return what *work* returns; what it refuses is shown beside the input of that name."""
    try:
        return work()
    except Invalid as problem:
        raise Invalid(fields=problem.fields or {name: str(problem)}) from problem
