"""What somebody means who types or picks, as far as they may know of it.

What is not there and what is not for them read the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.menu import say_button
from bot.standing import account_of
from bot.text import Line, Ref
from bot.ui import Button
from bot.workflow import NO_SUCH_THING
from storage import people, roster
from storage.people import Account, Person
from workflows import people as colleagues
from workflows.hiring import access, rules, tables, texts
from workflows.hiring.tables import Application, Candidate, Meeting, Search, Template

T = TypeVar("T")
PAGE = 20  #: rows that are shown at once
LONGEST_PAGE = 6  #: digits
#: A search that a candidate is in.
Entry = tuple[Application, Search]


def number(line: Line, kind: str) -> int:
    """Return the number of the first thing of its kind that somebody named.

    Raises:
        Invalid: none was named.
    """
    named = (ref.number for ref in line.refs if ref.kind == kind)
    found = next(named, None)
    if found is None:
        raise Invalid(texts.WHICH[kind])
    return found


def words(line: Line) -> list[str]:
    """Return the words that are no references."""
    return [word for word in line.words if Ref.parse(word) is None]


def listed(text: str) -> list[str]:
    """Return the parts that commas separate."""
    return [part.strip() for part in text.split(",") if part.strip()]


def page(line: Line, everything: Sequence[T], words: str) -> tuple[Sequence[T], list[Button]]:
    """Return the page of a list that *line* asks for, and the button that goes on with *words*.

    After the last page there is only the last page.
    """
    given = line.flags.get("page", "")
    number = max(1, int(given[:LONGEST_PAGE])) if given.isdecimal() else 1
    number = min(number, max(1, -(-len(everything) // PAGE)))
    last = number * PAGE
    if last >= len(everything):
        return everything[last - PAGE :], []
    flags = {**line.flags, "page": str(number + 1)}
    said = " ".join((words, *(f'--{name}="{value}"' for name, value in flags.items())))
    return everything[last - PAGE : last], [say_button(texts.NEXT_PAGE, said)]


def search(ctx: Context, id: int, *, locked: bool = False) -> Search:
    """Return a search that the person may know of; *locked*, nobody else changes it meanwhile."""
    found = _row(ctx, Search, id, locked=locked)
    if found is None or not access.reads_search(ctx.person, found):
        raise NotFound(NO_SUCH_THING)
    return found


def candidate(ctx: Context, id: int) -> tuple[Candidate, list[Entry]]:
    """Return a candidate with the searches in which the person may know of them."""
    found = tables.candidate(ctx.session, id)
    seen = entries(ctx, found) if found else []
    if found is None or not seen:
        raise NotFound(NO_SUCH_THING)
    return found, seen


def entries(ctx: Context, candidate: Candidate) -> list[Entry]:
    """Return the searches in which the person may know of a candidate."""
    return [
        (application, search)
        for application, search in tables.applications_of(ctx.session, candidate.id or 0)
        if access.reads_application(
            ctx.person, search, candidate, recused=is_recused(ctx, application)
        )
    ]


def entry(ctx: Context, line: Line) -> tuple[Candidate, Application, Search]:
    """Return the application that *line* names by candidate and, with several, by search.

    Raises:
        Invalid: there are several, and none was named.
    """
    found, seen = candidate(ctx, number(line, rules.CANDIDATE))
    if "search" in line.flags:
        wanted = Ref.parse(line.flags["search"])
        seen = [one for one in seen if wanted == Ref(rules.SEARCH, one[1].id or 0)]
        if not seen:
            raise NotFound(NO_SUCH_THING)
    if len(seen) > 1:
        codes = [rules.code(rules.SEARCH, search.id) for _, search in seen]
        raise Invalid(texts.which_search(rules.code(rules.CANDIDATE, found.id), codes))
    return found, *seen[0]


def application(ctx: Context, id: int) -> tuple[Candidate, Application, Search]:
    """Return the application whose number came back from a form."""
    found = ctx.session.get(Application, id)
    person = found and tables.candidate(ctx.session, found.candidate_id)
    for one, search in entries(ctx, person) if person else ():
        if found and person and one.id == id:
            return person, found, search
    raise NotFound(NO_SUCH_THING)


def meeting(ctx: Context, id: int) -> Meeting:
    """Return an interview that the person may know of."""
    found = tables.meeting(ctx.session, id)
    if found is None or not access.reads_interview(
        ctx.person,
        found.search,
        found.candidate,
        recused=is_recused(ctx, found.application),
        on_panel=tables.seat(ctx.session, id, ctx.person.id) is not None,
    ):
        raise NotFound(NO_SUCH_THING)
    return found


def locked_meeting(ctx: Context, id: int) -> Meeting:
    """Return an interview that the person may know of, and that nobody else changes now."""
    locked = tables.lock(ctx.session, tables.Interview, id)
    if locked is None:
        raise NotFound(NO_SUCH_THING)
    return replace(meeting(ctx, id), interview=locked)


def template(ctx: Context, id: int, *, locked: bool = False) -> Template:
    """Return a template, if the person may read templates; *locked* as `search` does."""
    found = _row(ctx, Template, id, locked=locked)
    if found is None or not access.reads_templates(ctx.person):
        raise NotFound(NO_SUCH_THING)
    return found


def is_recused(ctx: Context, application: Application) -> bool:
    """Say whether whoever asks must learn nothing of an application."""
    return tables.is_recused(ctx.session, application.id or 0, ctx.person.id)


def role(ctx: Context, named: str) -> tuple[str, str]:
    """Return the role family and level that somebody wrote, such as "SOC analyst, junior".

    Raises:
        Invalid: no template is in force for it.
    """
    offered = tables.roles(ctx.session)
    by_name = {rules.tidy(texts.role(*one)).casefold(): one for one in offered}
    found = by_name.get(rules.tidy(named).casefold())
    if found is None:
        raise Invalid(texts.no_role(named, [texts.role(*one) for one in offered]))
    return found


def colleague(ctx: Context, who: str) -> Person:
    """Return the colleague whom somebody named by account, address or number.

    Raises:
        NotFound: nobody is known by it.
        Invalid: they have left, or are a guest.
    """
    return _present(ctx, anybody(ctx, who))


def anybody(ctx: Context, who: str) -> Person:
    """Return whom somebody named, also when they have left since.

    Raises:
        NotFound: nobody is known by it.
    """
    return colleagues.find(ctx.session, who, now=ctx.now, near=account_of(ctx.user))


def perhaps_picked(ctx: Context, answers: Answers, name: str) -> Person | None:
    """Return the colleague whom somebody picked in a form; None when nobody was.

    Raises:
        Invalid: the account is nobody's, or theirs who have left or are a guest.
    """
    return picked(ctx, answers, name) if answers.text(name) else None


def picked(ctx: Context, answers: Answers, name: str) -> Person:
    """Return the colleague whom somebody picked in a form.

    Raises:
        Invalid: the account is nobody's, or theirs who have left or are a guest.
    """
    account = Account(ctx.user.platform, ctx.user.tenant, answers.text(name))
    person = roster.owner_of(ctx.session, account, now=ctx.now)
    if person is None:
        raise Invalid(fields={name: texts.NOBODY_KNOWN})
    return beside(name, lambda: _present(ctx, person))


def beside(name: str, work: Callable[[], T]) -> T:
    """Return what *work* returns; what it refuses is shown beside the input of that name."""
    try:
        return work()
    except Invalid as problem:
        raise Invalid(fields=problem.fields or {name: str(problem)}) from problem


def name_of(ctx: Context, person_id: int | None) -> str:
    """Return a colleague's name; "" for nobody."""
    return people.by_id(ctx.session, person_id, now=ctx.now).name if person_id else ""


def names_of(ctx: Context, ids: Sequence[int]) -> list[str]:
    """Return the names of colleagues, in the same order."""
    return [name_of(ctx, id) for id in ids]


def _present(ctx: Context, person: Person) -> Person:
    if not people.works_here(ctx.session, person.id):
        raise Invalid(texts.not_a_colleague(person.name))
    return person


def _row(ctx: Context, kind: type[tables.Row], id: int, *, locked: bool) -> tables.Row | None:
    return tables.lock(ctx.session, kind, id) if locked else ctx.session.get(kind, id)
