"""Making people known, giving and taking roles, moving, and letting go."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Button, Form, Message, Reply, Text
from storage import roster
from storage.people import AccountTaken, Grant, Person
from workflows.people import asked, directory, forms, rules, staffing, texts, views
from workflows.people import workflow as it
from workflows.people.directory import Colleague


@it.command("people add", help=texts.HELP_ADD, usage=texts.USAGE_ADD, allow=Role.ADMIN)
def add_named(ctx: Context, text: str) -> Reply:
    """Make somebody known."""
    line = parse(text)
    if not line.words:
        return add.open(ctx)
    account = line.flags.get("account", "")
    return _make_known(
        ctx,
        Colleague(
            name=" ".join(line.words),
            email=line.flags.get("email") or None,
            department=rules.department_named(line.flags.get("dept", ""), asked.departments(ctx)),
            timezone=rules.zone(line.flags.get("zone", "")),
            accounts=(rules.account(account, near=asked.here(ctx)),) if account else (),
        ),
    )


@it.form("add", allow=Role.ADMIN)
def add(ctx: Context) -> Form:
    """Ask for all that makes somebody known."""
    inputs = forms.colleague(asked.departments(ctx))
    return Form(title=texts.FORM_ADD, inputs=inputs, submit=texts.SUBMIT_ADD)


@add.submit
def added(ctx: Context, answers: Answers) -> Reply:
    """Make somebody known as the form says."""
    try:
        zone = rules.zone(answers.text("zone"))
    except Invalid as unknown:
        raise Invalid(fields={"zone": str(unknown)}) from unknown
    return _make_known(
        ctx,
        Colleague(
            name=answers.text("name"),
            email=answers.text("email") or None,
            department=answers.text("department") or None,
            timezone=zone,
            accounts=(asked.picked(ctx, answers),),
        ),
    )


@it.command("people grant", help=texts.HELP_GRANT, usage=texts.USAGE_GRANT, allow=Role.ADMIN)
def give_named(ctx: Context, text: str) -> Reply:
    """Give a role."""
    line = parse(text)
    if not line.words:
        return give.open(ctx)
    who, role = asked.two(line, texts.SAY_WHO_AND_ROLE)
    rank = rules.rank_named(line.flags.get("rank", ""))
    grant = rules.grant(role, asked.departments(ctx), rank=rank)
    return _give(ctx, asked.found(ctx, who), grant, line.flags.get("until", ""))


@it.form("give", allow=Role.ADMIN)
def give(ctx: Context, person: int = 0) -> Form:
    """Ask which role to give; whom as well, unless it is known."""
    known = asked.known(ctx, person) if person else None
    whom = Text(text=known.name) if known else forms.who(texts.HINT_WHO)
    inputs = (whom, *forms.role(asked.departments(ctx)))
    return Form(title=texts.FORM_GIVE, inputs=inputs, submit=texts.SUBMIT_GIVE)


@give.submit
def given(ctx: Context, answers: Answers, person: int = 0) -> Reply:
    """Give a role as the form says."""
    someone = asked.known(ctx, person) if person else asked.picked_person(ctx, answers)
    department = answers.text("department") or None
    rank = rules.rank_named(answers.text("rank"))
    until = answers.day("until")
    grant = Grant(answers.text("role"), department, rank)
    try:
        return _give(ctx, someone, grant, until.isoformat() if until else "")
    except Invalid as passed:
        raise Invalid(fields={"until": str(passed)}) from passed


@it.command("people revoke", help=texts.HELP_REVOKE, usage=texts.USAGE_REVOKE, allow=Role.ADMIN)
def take_named(ctx: Context, text: str) -> Reply:
    """Take a role back."""
    who, role = asked.two(parse(text), texts.SAY_WHO_AND_ROLE)
    return _take(ctx, asked.found(ctx, who), rules.grant(role, asked.departments(ctx)))


@it.action("take", allow=Role.ADMIN)
def take(ctx: Context, person: int, role: str) -> Reply:
    """Take a role back by the button on a card."""
    return _take(ctx, asked.known(ctx, person), rules.grant(role, asked.departments(ctx)))


@it.command(
    "people department",
    help=texts.HELP_DEPARTMENT,
    usage=texts.USAGE_DEPARTMENT,
    allow=Role.ADMIN,
)
def move_named(ctx: Context, text: str) -> Reply:
    """List the departments, or move somebody into one."""
    line = parse(text)
    if not line.words:
        return _list_departments(ctx)
    who, key = asked.two(line, texts.SAY_WHO_AND_DEPARTMENT)
    return _move(ctx, asked.found(ctx, who), rules.department_named(key, asked.departments(ctx)))


@it.form("move", allow=Role.ADMIN)
def move(ctx: Context, person: int) -> Form:
    """Ask where somebody works now."""
    someone = asked.known(ctx, person)
    where = forms.department(asked.departments(ctx), texts.DEPARTMENT, "")
    chosen = where.model_copy(update={"initial": someone.department or ""})
    inputs = (Text(text=someone.name), chosen)
    return Form(title=texts.FORM_MOVE, inputs=inputs, submit=texts.SUBMIT_MOVE)


@move.submit
def moved(ctx: Context, answers: Answers, person: int) -> Reply:
    """Move somebody as the form says."""
    return _move(ctx, asked.known(ctx, person), answers.text("department") or None)


@it.command(
    "people department add",
    help=texts.HELP_DEPARTMENT_ADD,
    usage=texts.USAGE_DEPARTMENT_ADD,
    allow=Role.ADMIN,
)
def add_department(ctx: Context, text: str) -> Reply:
    """Add a department."""
    key, *name = parse(text).words or ("",)
    added = staffing.add_department(ctx.session, key, " ".join(name))
    ctx.record(f"department:{added}", after=" ".join(name))
    return Message(text=texts.department_added(added, " ".join(name)))


@it.command("people leave", help=texts.HELP_LEAVE, usage=texts.USAGE_WHO, allow=Role.ADMIN)
def ask_to_let_go(ctx: Context, text: str) -> Reply:
    """Ask before somebody is let go; the button does it."""
    words = parse(text).words
    if not words:
        raise Invalid(texts.SAY_WHO)
    someone = asked.found(ctx, words[0])
    if not someone.active:
        raise Conflict(texts.left_already(someone.name))
    text = texts.ask_to_let_go(someone.name, texts.roles(someone.grants) or texts.NO_ROLE)
    return views.with_buttons(Message(text=text), [let_go_button(someone)])


@it.action("leave", allow=Role.ADMIN)
def let_go(ctx: Context, person: int) -> Reply:
    """Let somebody go."""
    someone = asked.known(ctx, person)
    staffing.leave(ctx.session, someone, now=ctx.now)
    ctx.record(f"person:{someone.id}", before=texts.roles(someone.grants), after=texts.LEFT)
    return Message(text=texts.let_go(someone.name))


def let_go_button(someone: Person) -> Button:
    """Return the button that lets somebody go, asking first."""
    sure = texts.sure_to_let_go(someone.name)
    return let_go.button(texts.LET_GO, person=someone.id).danger(sure)


def _make_known(ctx: Context, colleague: Colleague) -> Reply:
    try:
        added = directory.add(ctx.session, colleague, now=ctx.now)
    except AccountTaken as taken:
        raise Conflict(str(taken)) from taken
    ctx.record(f"person:{added.id}", after=colleague.name)
    said = Message(text=texts.added(added.name, added.id))
    return views.with_buttons(said, [give.button(texts.GIVE, person=added.id)])


def _give(ctx: Context, someone: Person, grant: Grant, until: str) -> Reply:
    day = rules.day_named(until)
    ends_at = rules.end_of(day, zone=ctx.person.timezone, now=ctx.now)
    staffing.give(ctx.session, someone, grant, until=ends_at, now=ctx.now)
    ctx.record(f"person:{someone.id}", before=someone.grants, after=grant)
    if someone.id != ctx.person.id:
        ctx.send(someone, Message(text=texts.given_to_you(ctx.person.name, grant)))
    return Message(text=texts.given(someone.name, grant))


def _take(ctx: Context, someone: Person, grant: Grant) -> Reply:
    staffing.take_back(ctx.session, someone, grant, now=ctx.now)
    ctx.record(f"person:{someone.id}", before=someone.grants, after=texts.role(grant))
    return Message(text=texts.taken_back(someone.name, grant))


def _move(ctx: Context, someone: Person, department: str | None) -> Reply:
    staffing.move(ctx.session, someone, department)
    ctx.record(f"person:{someone.id}", before=someone.department, after=department)
    return Message(text=texts.moved(someone.name, asked.departments(ctx).get(department or "")))


def _list_departments(ctx: Context) -> Message:
    everybody = [one for one in roster.everybody(ctx.session, now=ctx.now) if one.active]
    rows = [
        (
            key,
            name,
            sum(one.department == key for one in everybody),
            [one.name for one in everybody if one.ranks(Role.OWNER, key)],
        )
        for key, name in sorted(asked.departments(ctx).items())
    ]
    return views.departments(rows)
