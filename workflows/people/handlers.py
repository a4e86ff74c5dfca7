"""Looking at the list of people; changing it and linking accounts stand beside."""

from bot.context import Context
from bot.errors import NotFound
from bot.menu import say_button, unknown_verb
from bot.roles import Role
from bot.text import Line, parse
from bot.ui import Button, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people, roster
from storage.people import Person
from workflows.people import asked, calendars, changing, linking, rules, texts, views
from workflows.people import workflow as it
from workflows.people.views import Entry

__all__ = ["calendars"]

VERBS = (
    *("list", "show", "add", "grant", "revoke", "department", "leave", "link", "unlink"),
    *("away", "back"),
)
#: Buttons that take a role back, beside the others of a card.
TAKES_SHOWN = 2
LONGEST_PAGE = 6  #: digits


@it.command("people", help=texts.HELP_PEOPLE, read_only=True)
def people_here(ctx: Context, text: str) -> Reply:
    """Show an admin who is known, and everybody else themselves."""
    if not text:
        return _list(ctx, "") if ctx.person.holds(Role.ADMIN) else _card(ctx, ctx.person)
    return unknown_verb("people", text, VERBS)


@it.command(
    "people list",
    help=texts.HELP_LIST,
    usage=texts.USAGE_LIST,
    allow=Role.ADMIN,
    read_only=True,
)
def list_named(ctx: Context, text: str) -> Reply:
    """List who is known, page by page."""
    return _list(ctx, text)


@it.command("people show", help=texts.HELP_SHOW, usage=f"[{texts.USAGE_WHO}]", read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show everybody themselves, and an admin anybody."""
    words = parse(text).words
    if not words:
        return _card(ctx, ctx.person)
    if not ctx.person.holds(Role.ADMIN):
        raise NotFound(NO_SUCH_THING)
    return _card(ctx, asked.found(ctx, words[0]))


def _list(ctx: Context, text: str) -> Message:
    """Return one page of those of whom the flags of *text* are true."""
    line = parse(text)
    department = rules.department_named(_flag(line, "dept"), asked.departments(ctx))
    wanted = [
        someone
        for someone in roster.everybody(ctx.session, now=ctx.now)
        if _is_wanted(someone, line, department)
    ]
    first = (_page(line) - 1) * views.PAGE
    entries = [_entry(ctx, someone) for someone in wanted[first : first + views.PAGE]]
    if not entries:
        return Message(text=texts.NOBODY_SO)
    is_more = first + len(entries) < len(wanted)
    return views.listing(entries, first, len(wanted), [_next_page(line)] if is_more else [])


def _is_wanted(someone: Person, line: Line, department: str | None) -> bool:
    role = _flag(line, "role")
    return (
        someone.active is ("left" not in line.flags)
        and department in (None, someone.department)
        and (not role or someone.holds(role))
    )


def _flag(line: Line, name: str) -> str:
    return line.flags.get(name, "").casefold()


def _page(line: Line) -> int:
    given = line.flags.get("page", "")
    return max(1, int(given[:LONGEST_PAGE])) if given.isdecimal() else 1


def _next_page(line: Line) -> Button:
    flags = {**line.flags, "page": str(_page(line) + 1)}
    said = (f'--{name}="{value}"' if value else f"--{name}" for name, value in flags.items())
    return say_button(texts.NEXT_PAGE, " ".join(("people list", *said)))


def _entry(ctx: Context, someone: Person) -> Entry:
    accounts = people.accounts_of(ctx.session, someone.id)
    return Entry(someone, accounts, roster.held_by(ctx.session, someone.id, now=ctx.now))


def _card(ctx: Context, someone: Person) -> Message:
    entry = _entry(ctx, someone)
    buttons = _admin_buttons(entry) if ctx.person.holds(Role.ADMIN) else []
    buttons += linking.offers(ctx, someone, entry.accounts)
    return views.card(entry, asked.departments(ctx), buttons)


def _admin_buttons(entry: Entry) -> list[Button]:
    """Return what an admin may do with somebody; with who has left, nothing."""
    someone, held = entry.person, [one.grant for one in entry.held]
    if not someone.active:
        return []
    takes = [
        changing.take.button(texts.take(grant), person=someone.id, role=texts.role(grant)).danger(
            texts.sure_to_take(someone.name, grant)
        )
        for grant in held[:TAKES_SHOWN]
    ]
    return [
        changing.give.button(texts.GIVE, person=someone.id),
        changing.move.button(texts.MOVE, person=someone.id),
        *takes,
        changing.let_go_button(someone),
    ]
