"""Searches: opening, listing, showing, who looks after them, and moving them on."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.menu import say_button
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING, Route
from storage.people import Person
from storage.reading import keep
from workflows.hiring import (
    access,
    asked,
    calls,
    candidates,
    forms,
    planning,
    rules,
    tables,
    texts,
    views,
)
from workflows.hiring import workflow as it
from workflows.hiring.rules import InterviewStatus, Move, Reveal, SearchStatus
from workflows.hiring.tables import Application, Candidate, Search


@it.command("search", help=texts.HELP_SEARCH, usage=texts.USAGE_SEARCH, read_only=True)
def search(ctx: Context, text: str) -> Reply:
    """Show a search, or all of them."""
    line = parse(text)
    if not text:
        return _list(ctx, line)
    return _card(ctx, asked.search(ctx, asked.number(line, rules.SEARCH)), line)


@it.command("search list", help=texts.HELP_LIST, usage=texts.USAGE_LIST, read_only=True)
def list_searches(ctx: Context, text: str) -> Reply:
    """List the searches that the person takes part in."""
    return _list(ctx, parse(text))


@it.form("add_search", allow=Role.RECRUITER)
def add(ctx: Context, title: str = "") -> Form:
    """Ask for all that opens a search."""
    roles = [texts.role(*one) for one in tables.roles(ctx.session)]
    if not roles:
        raise Conflict(texts.NO_TEMPLATES)
    return forms.search(roles, title)


@add.submit
def added(ctx: Context, answers: Answers, title: str = "") -> Reply:
    """Open a search as the form says."""
    family, level = asked.role(ctx, answers.text("role"))
    wanted = Search(
        title=_title(answers.text("title")),
        role_family=family,
        level=level,
        opened_on=ctx.now.date(),
        target_start=planning.start_of_work(answers.day("target_start"), now=ctx.now),
        reveal=Reveal(answers.text("reveal")),
    )
    crew = [asked.picked(ctx, answers, seat) for seat in _SEATS]
    return _open(ctx, wanted, crew)


@it.command("search add", help=texts.HELP_ADD, usage=texts.USAGE_ADD, allow=Role.RECRUITER)
def add_named(ctx: Context, text: str) -> Reply:
    """Open a search that was typed in one go; open the form when only its title was."""
    line = parse(text)
    if not line.flags:
        return add.open(ctx, title=rules.tidy(" ".join(line.words)))
    family, level = asked.role(ctx, line.flags.get("role", ""))
    wanted = Search(
        title=_title(" ".join(line.words)),
        role_family=family,
        level=level,
        opened_on=ctx.now.date(),
        target_start=_start(line, ctx),
        reveal=_reveal(line.flags.get("reveal", "")),
    )
    return _open(ctx, wanted, [_named(ctx, line, flag) for flag in _SEATS.values()])


@it.form("name_crew", allow=Role.RECRUITER)
def crew(ctx: Context, search: int) -> Form:
    """Ask who looks after a search from now on, and when its interviewers read each other."""
    found = asked.search(ctx, search)
    present = [asked.name_of(ctx, id) or texts.NONE for id in _crew_of(found)]
    return forms.crew(f"{_code(found)}: {found.title}", present, found.reveal)


@crew.submit
def crew_picked(ctx: Context, answers: Answers, search: int) -> Reply:
    """Let those who were picked look after a search."""
    found = asked.search(ctx, search, locked=True)
    picked = [asked.perhaps_picked(ctx, answers, seat) for seat in _SEATS]
    return _hand_over(ctx, found, picked, Reveal(answers.text("reveal")))


@it.command("search crew", help=texts.HELP_CREW, usage=texts.USAGE_CREW, allow=Role.RECRUITER)
def crew_named(ctx: Context, text: str) -> Reply:
    """Let those who were typed look after a search; open the form when nobody was."""
    line = parse(text)
    id = asked.number(line, rules.SEARCH)
    if not line.flags:
        return crew.open(ctx, search=id)
    found = asked.search(ctx, id, locked=True)
    reveal = _reveal(line.flags["reveal"]) if line.flags.get("reveal") else found.reveal
    named = [_named(ctx, line, flag) if flag in line.flags else None for flag in _SEATS.values()]
    return _hand_over(ctx, found, named, reveal)


@it.action("end_search", allow=Role.RECRUITER)
def end(ctx: Context, search: int, verb: str) -> Reply:
    """End a search for good, and its planned interviews with it."""
    step = rules.MOVES.get(verb)
    if step is None or not step.is_final:
        raise NotFound(NO_SUCH_THING)
    found = asked.search(ctx, search, locked=True)
    _move(ctx, found, step)
    planned = _planned(ctx, found)
    for meeting in planned:
        keep(ctx.session, meeting.interview).status = InterviewStatus.CANCELLED
        calls.interview_changed(ctx, meeting.interview.id or 0)
    return Message(text=texts.moved(_code(found), found.status, len(planned)))


#: The inputs that name people, each with its flag, in the order of `_seat`.
_SEATS = {"security_owner": "security", "ta_owner": "ta", "hiring_manager": "manager"}


def _command(verb: str, step: Move) -> Route[[str]]:
    @it.command(
        f"search {verb}",
        help=texts.HELP_MOVES[verb],
        usage=texts.USAGE_SEARCH,
        allow=Role.RECRUITER,
    )
    def move(ctx: Context, text: str) -> Reply:
        """Move a search on; where there is no way back, ask first."""
        id = asked.number(parse(text), rules.SEARCH)
        found = asked.search(ctx, id, locked=True)
        if step.is_final:
            _check(found, step)
            said = texts.ask_to_end(_code(found), verb, len(_planned(ctx, found)))
            sure = end.button(texts.SURE, search=id, verb=verb).danger(said)
            return views.asking(said, sure)
        _move(ctx, found, step)
        return Message(text=texts.moved(_code(found), found.status))

    return move


MOVES = {verb: _command(verb, step) for verb, step in rules.MOVES.items()}


def _check(found: Search, step: Move) -> None:
    if found.status not in step.before:
        raise Conflict(texts.cannot_move(_code(found), found.status))


def _move(ctx: Context, found: Search, step: Move) -> None:
    _check(found, step)
    ctx.record(f"search:{found.id}", before=found.status, after=step.after)
    found.status = step.after


def _planned(ctx: Context, found: Search) -> list[tables.Meeting]:
    return [
        one
        for one in tables.meetings_in(ctx.session, found.id or 0)
        if one.interview.starts_at > ctx.now
        and one.interview.status in {InterviewStatus.SCHEDULED, InterviewStatus.RESCHEDULED}
    ]


def _open(ctx: Context, wanted: Search, crew: Sequence[Person]) -> Reply:
    """Store a search with its two owners and its hiring manager, and tell them."""
    _seat(wanted, [one.id for one in crew])
    ctx.session.add(wanted)
    ctx.session.flush()
    ctx.record(f"search:{wanted.id}", after=wanted.status)
    _tell(ctx, wanted, crew, texts.owner_told(_code(wanted), wanted.title, ctx.person.name))
    return views.asking(
        texts.search_added(_code(wanted), wanted.title),
        candidates.add.button(texts.ADD_CANDIDATE, search=wanted.id or 0),
    )


def _hand_over(
    ctx: Context, found: Search, named: Sequence[Person | None], reveal: Reveal
) -> Reply:
    """Let others look after a search, and tell who is new; where nobody is named, all stays."""
    before, old_reveal = _crew_of(found), found.reveal
    _seat(found, [one.id if one else id for one, id in zip(named, before, strict=True)])
    found.reveal = reveal
    after = (*_crew_of(found), reveal)
    ctx.record(f"search:{found.id}", before=(*before, old_reveal), after=after)
    new = [one for one in named if one and one.id not in before]
    _tell(ctx, found, new, texts.named_told(_code(found), found.title, ctx.person.name))
    names = [asked.name_of(ctx, id) or texts.NONE for id in _crew_of(found)]
    said = texts.crew_now(_code(found), names, reveal)
    return views.asking(said, say_button(texts.SEE, f"search {_code(found)}"))


def _seat(found: Search, crew: Sequence[int | None]) -> None:
    security, ta, manager = crew
    if security is not None and security == ta:
        raise Invalid(fields={"ta_owner": texts.TWO_OWNERS})
    found.security_owner_id, found.ta_owner_id, found.hiring_manager_id = security, ta, manager


def _crew_of(found: Search) -> tuple[int | None, ...]:
    return found.security_owner_id, found.ta_owner_id, found.hiring_manager_id


def _tell(ctx: Context, found: Search, crew: Iterable[Person], said: str) -> None:
    for person in {one.id: one for one in crew if one.id != ctx.person.id}.values():
        ctx.send(person, Message(text=said), about=f"search:{found.id}")


def _title(text: str) -> str:
    title = rules.tidy(text)
    if not title or len(title) > texts.TITLE_MAX:
        raise Invalid(fields={"title": texts.TITLE_MISSING})
    return title


def _start(line: Line, ctx: Context) -> date | None:
    return planning.start_of_work(planning.day(line.flags.get("start", "")), now=ctx.now)


def _reveal(text: str) -> Reveal:
    try:
        return Reveal(text.strip().casefold() or Reveal.AFTER_ALL)
    except ValueError:
        raise Invalid(texts.no_such("policy", text, list(Reveal))) from None


def _named(ctx: Context, line: Line, flag: str) -> Person:
    if not line.flags.get(flag):
        raise Invalid(texts.WHO_IS_MISSING)
    return asked.colleague(ctx, line.flags[flag])


def _list(ctx: Context, line: Line) -> Message:
    status = line.flags.get("status", "")
    wanted = [_status(status)] if status else []
    seen = [
        one for one in tables.searches(ctx.session, *wanted) if access.reads_search(ctx.person, one)
    ]
    shown, more = asked.page(line, seen, "search list")
    if not shown:
        return Message(text=texts.NO_SEARCHES)
    lines = [views.SearchLine(one, len(_known_in(ctx, one))) for one in shown]
    return views.searches(lines, more)


def _status(text: str) -> SearchStatus:
    try:
        return SearchStatus(text.strip().casefold())
    except ValueError:
        raise Invalid(texts.no_such("status", text, list(SearchStatus))) from None


def _card(ctx: Context, found: Search, line: Line) -> Message:
    shown, more = asked.page(line, _candidates(ctx, found), f"search {_code(found)}")
    return views.search(
        found,
        list(_people(ctx, found)),
        shown,
        room=calls.room_of(found).name,
        buttons=[*more, *(_buttons(found) if ctx.person.holds(Role.RECRUITER) else [])],
    )


def _people(ctx: Context, found: Search) -> Iterable[views.Fact]:
    labels = texts.FACTS
    for label, id in zip(_SEATS.values(), _crew_of(found), strict=True):
        yield labels[label], asked.name_of(ctx, id) or texts.NONE


def _candidates(ctx: Context, found: Search) -> list[views.CandidateLine]:
    meetings = tables.meetings_in(ctx.session, found.id or 0)
    return [
        views.CandidateLine(
            candidate,
            application,
            [one for one in meetings if one.application.id == application.id],
        )
        for application, candidate in _known_in(ctx, found)
    ]


def _known_in(ctx: Context, found: Search) -> list[tuple[Application, Candidate]]:
    """Return the candidates of a search of whom the person may know."""
    recused = tables.recusals_of(ctx.session, ctx.person.id)
    return [
        (application, candidate)
        for application, candidate in tables.applications_in(ctx.session, found.id or 0)
        if not access.is_barred(ctx.person.id, candidate, recused=application.id in recused)
    ]


def _buttons(found: Search) -> list[Button]:
    """Return what a recruiter can do next with a search."""
    code = _code(found)
    moves = [
        say_button(texts.MOVE_BUTTONS[verb], f"search {verb} {code}")
        for verb, step in rules.MOVES.items()
        if found.status in step.before
    ]
    if found.status in rules.OVER:
        return moves
    id = found.id or 0
    add_candidate = candidates.add.button(texts.ADD_CANDIDATE, search=id).primary()
    return [add_candidate, crew.button(texts.CREW, search=id), *moves]


def _code(found: Search) -> str:
    return calls.code_of(found)
