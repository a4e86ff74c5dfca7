"""`people`: who is known, with which accounts, and what each may do."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.errors import NotFound
from console import rows, terminal
from console.terminal import AsJson
from storage import linking, people, roster
from storage.people import Account, Grant, Person
from workflows import people as staff
from workflows.people import Colleague, rules, texts

app = typer.Typer(name="people", help="Who is known, and what each may do.", no_args_is_help=True)

Who = Annotated[
    str, typer.Argument(help="An account (slack:T1:U1), an e-mail address or a number.")
]
Role = Annotated[str, typer.Argument(help=f"One of {', '.join(staff.GRANTABLE)}.")]
Department = Annotated[str, typer.Option(help="Only in this department, such as security.")]


@app.command("list")
def list_people(*, as_json: AsJson = False) -> None:
    """Show everybody, by name."""
    found = rows.read(_everybody)
    if as_json:
        terminal.show_json([_entry(person, accounts) for person, accounts in found])
        return
    terminal.show_table(
        ("number", "name", "department", "roles", "accounts", "active"),
        (
            (
                person.id,
                person.name,
                person.department,
                texts.roles(person.grants),
                ", ".join(map(_written, accounts)),
                "yes" if person.active else "left",
            )
            for person, accounts in found
        ),
    )


@app.command()
def show(who: Who, *, as_json: AsJson = False) -> None:
    """Show one person."""
    person, accounts = rows.read(lambda session: _with_accounts(session, _found(session, who)))
    entry = _entry(person, accounts)
    if as_json:
        terminal.show_json(entry)
        return
    entry |= {"roles": texts.roles(person.grants), "accounts": ", ".join(entry["accounts"])}
    terminal.show_table(("what", "value"), entry.items())


@app.command()
def add(
    name: str,
    *,
    email: Annotated[str, typer.Option(help="The work address, known to be theirs.")] = "",
    department: Annotated[str, typer.Option(help="Where they work, such as security.")] = "",
    timezone: Annotated[str, typer.Option(help="Such as Europe/London.")] = "",
    account: Annotated[list[str] | None, typer.Option(help="Such as slack:T1:U1.")] = None,
) -> None:
    """Make a person known; Parley then takes what they do as theirs."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        colleague = Colleague(
            name,
            email or None,
            rules.department_named(department, people.departments(session)),
            rules.zone(timezone),
            tuple(map(rules.account, account or ())),
        )
        person = staff.add(session, colleague, now=rows.now())
        rows.note(session, by, "console.people.add", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} is known now, with the number {person.id}.")


@app.command()
def grant(
    who: Who,
    role: Role,
    *,
    department: Department = "",
    rank: Annotated[int, typer.Option(min=1, max=3, help="1 is asked first.")] = 1,
    until: Annotated[str, typer.Option(help="The last day, such as 2027-03-31 (UTC).")] = "",
) -> None:
    """Give a person a role; it replaces the same role there."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, who)
        given = rules.grant(f"{role}@{department}", people.departments(session), rank=rank)
        ends_at = rules.end_of(rules.day_named(until), zone="UTC", now=rows.now())
        staff.give(session, person, given, until=ends_at, now=rows.now())
        rows.note(session, by, "console.people.grant", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} now has the role {_role(role, department)}.")


@app.command()
def revoke(who: Who, role: Role, *, department: Department = "") -> None:
    """Take a role back; it ends with the person's next click."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, who)
        held = rules.grant(f"{role}@{department}", people.departments(session))
        staff.take_back(session, person, held, now=rows.now())
        rows.note(session, by, "console.people.revoke", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} no longer has {_role(role, department)}.")


@app.command()
def department(who: Who, key: Annotated[str, typer.Argument(help="Such as security.")]) -> None:
    """Let a person work in another department; the roles stay as they are."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, who)
        staff.move(session, person, rules.department_named(key, people.departments(session)))
        rows.note(session, by, "console.people.department", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} is now in {key.casefold()}.")


@app.command()
def add_department(
    key: Annotated[str, typer.Argument(help="As it stands after a role, such as sales.")],
    name: Annotated[str, typer.Argument(help="As people read it.")],
) -> None:
    """Add a department."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> str:
        added = staff.add_department(session, key, name)
        rows.note(session, by, "console.people.add-department", f"department:{added}")
        return added

    added = rows.write(work)
    terminal.say(terminal.inert(texts.department_added(added, name)))


@app.command()
def leave(who: Who) -> None:
    """Let a person go: no role, and a stranger from their next click on."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, who)
        staff.leave(session, person, now=rows.now())
        rows.note(session, by, "console.people.leave", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(terminal.inert(texts.let_go(person.name)))


@app.command()
def unlink(account: Annotated[str, typer.Argument(help="Such as slack:T1:U1.")]) -> None:
    """Take an account from whoever has it; from its next click on it is a stranger's."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, account)
        linking.set_apart(session, rules.account(account), now=rows.now())
        rows.note(session, by, "console.people.unlink", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{account} is no longer {terminal.inert(person.name)}'s.")


def _found(session: Session, who: str) -> Person:
    try:
        return staff.find(session, who, now=rows.now())
    except NotFound as error:
        raise NotFound(terminal.inert(str(error))) from error


def _everybody(session: Session) -> list[tuple[Person, list[Account]]]:
    everybody = roster.everybody(session, now=rows.now())
    return [_with_accounts(session, person) for person in everybody]


def _with_accounts(session: Session, person: Person) -> tuple[Person, list[Account]]:
    return person, people.accounts_of(session, person.id)


def _entry(person: Person, accounts: Iterable[Account]) -> dict[str, Any]:
    return {
        "number": person.id,
        "name": person.name,
        "email": person.email,
        "department": person.department,
        "timezone": person.timezone,
        "active": person.active,
        "roles": [asdict(held) for held in person.grants],
        "accounts": [_written(account) for account in accounts],
    }


def _role(role: str, department: str) -> str:
    return texts.role(Grant(role, department or None))


def _written(account: Account) -> str:
    return f"{account.platform}:{account.tenant}:{account.user}"
