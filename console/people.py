"""`people`: who is known, with which accounts, and what each may do."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.errors import Conflict, Invalid, NotFound
from console import directory, rows, terminal
from console.directory import Colleague
from console.terminal import AsJson
from storage import people, roster
from storage.people import Account, Grant, Person

app = typer.Typer(name="people", help="Who is known, and what each may do.", no_args_is_help=True)

Who = Annotated[
    str, typer.Argument(help="An account (slack:T1:U1), an e-mail address or a number.")
]
Role = Annotated[str, typer.Argument(help=f"One of {', '.join(directory.GRANTABLE)}.")]
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
                _in_words(person.grants),
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
    entry |= {"roles": _in_words(person.grants), "accounts": ", ".join(entry["accounts"])}
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
            directory.department_named(department, people.departments(session)),
            directory.zone(timezone),
            tuple(map(directory.account, account or ())),
        )
        person = directory.add(session, colleague, now=rows.now())
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
        if not person.active:
            raise Conflict(f"{person.name} has left, so nothing was granted.")
        given = directory.grant(f"{role}@{department}", people.departments(session))
        people.grant(
            session,
            person.id,
            given.role,
            department=given.department,
            rank=rank,
            ends_at=_end_of(until),
        )
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
        given = directory.grant(f"{role}@{department}", people.departments(session))
        if not people.revoke(session, person.id, given.role, department=given.department):
            held = _in_words(person.grants) or "no role"
            raise NotFound(
                f"{person.name} has no role {_role(role, department)}, so nothing was changed. "
                f"What they have: {held}."
            )
        rows.note(session, by, "console.people.revoke", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} no longer has {_role(role, department)}.")


@app.command()
def deactivate(who: Who) -> None:
    """Let a person leave: whatever they press from now on, they are a stranger."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> Person:
        person = _found(session, who)
        people.deactivate(session, person.id)
        rows.note(session, by, "console.people.deactivate", f"person:{person.id}")
        return person

    person = rows.write(work)
    terminal.say(f"{terminal.inert(person.name)} has left, and is a stranger from now on.")


def _found(session: Session, who: str) -> Person:
    """Return the person meant.

    Raises:
        NotFound: nobody has this account or address.
        NoSuchPerson: nobody has this number.
    """
    if who.isdecimal():
        return people.by_id(session, int(who), now=rows.now())
    if "@" in who:
        person = people.by_email(session, who, now=rows.now())
    else:
        person = roster.owner_of(session, directory.account(who), now=rows.now())
    if person is None:
        raise NotFound(
            f"Nobody here has “{terminal.inert(who)}”. `people list` shows who is known, "
            "and `people add` makes somebody known."
        )
    return person


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


def _in_words(grants: Iterable[Grant]) -> str:
    return ", ".join(_role(held.role, held.department or "") for held in grants)


def _role(role: str, department: str) -> str:
    return f"{role}@{department}" if department else role


def _written(account: Account) -> str:
    return f"{account.platform}:{account.tenant}:{account.user}"


def _end_of(day: str) -> datetime | None:
    """Return the instant at which *day* is over.

    Raises:
        Invalid: it is no date, or has passed.
    """
    if not day:
        return None
    try:
        ends_at = datetime.combine(date.fromisoformat(day), time.max, UTC)
    except ValueError:
        raise Invalid(f"“{day}” is no date. Write it as 2027-03-31.") from None
    if ends_at < rows.now():
        raise Invalid(f"{day} has passed, so the role would never hold. Nothing was changed.")
    return ends_at
