"""Colleagues as they stand in a file or a sample, and how they become people."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from bot.clock import zone_named
from bot.errors import Conflict, Invalid
from bot.roles import Role
from storage import people, roster
from storage.people import Account, Grant, Person

COLUMNS = ("name", "email", "department", "roles", "timezone", "accounts")

#: What can be granted; everybody is a stranger, and every person a member, without a grant.
GRANTABLE = tuple(role for role in Role if role not in {Role.STRANGER, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to be known, with accounts and roles; what is left empty stays as it is."""

    name: str
    email: str | None = None
    department: str | None = None
    timezone: str | None = None
    accounts: tuple[Account, ...] = ()
    grants: tuple[Grant, ...] = ()


class Fate(StrEnum):
    """What became, or would become, of a colleague."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


def read(text: str, departments: Iterable[str]) -> list[Colleague]:
    """Return the colleagues of a file.

    Raises:
        Invalid: lines cannot be taken; the text names each with its reason.
    """
    # Strict, so that a quote which is never closed is told instead of swallowing the rest.
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    known = frozenset(departments)
    found: list[Colleague] = []
    problems: list[str] = []
    try:
        _check_columns(reader.fieldnames or ())
        for cells in reader:
            try:
                found.append(_colleague(cells, known))
            except Invalid as problem:
                problems.append(f"Line {reader.line_num}: {problem}")
    except csv.Error:
        problems.append(f"Line {reader.line_num}: this is not comma-separated text.")
    if problems:
        raise Invalid("\n".join([*problems, "Nothing was changed. Mend these lines, then repeat."]))
    return found


def account(text: str) -> Account:
    """Read `slack:T1:U1`.

    Raises:
        Invalid: it is not written so.
    """
    parts = text.strip().split(":")
    if len(parts) != len(Account.__slots__) or not all(parts):
        raise Invalid(f"I cannot read the account “{text}”. Write it as slack:T1:U1.")
    return Account(*parts)


def grant(text: str, departments: Iterable[str]) -> Grant:
    """Read `admin` or `owner@security`.

    Raises:
        Invalid: there is no such role or department.
    """
    role, _, department = text.strip().partition("@")
    if role not in GRANTABLE:
        raise Invalid(f"There is no role “{role}” to give. Choose one of {', '.join(GRANTABLE)}.")
    return Grant(role, department_named(department, departments))


def department_named(text: str, departments: Iterable[str]) -> str | None:
    """Return a department's key; None for an empty text.

    Raises:
        Invalid: there is no such department.
    """
    key, known = text.strip().casefold(), sorted(departments)
    if key and key not in known:
        raise Invalid(f"There is no department “{text}”. Choose one of {', '.join(known)}.")
    return key or None


def zone(text: str) -> str | None:
    """Return a time zone's name; None for an empty text.

    Raises:
        Invalid: there is no such zone.
    """
    name = text.strip()
    return zone_named(name).key if name else None


def add(session: Session, colleague: Colleague, *, now: datetime) -> Person:
    """Make somebody new known.

    Raises:
        Conflict: somebody with that account or address is known already.
        Invalid: there is nothing by which to recognise the colleague.
    """
    if not (colleague.email or colleague.accounts):
        raise Invalid("Give an --email or an --account, or nobody can be recognised by it.")
    known = _known(session, colleague, now)
    if known:
        raise Conflict(
            f"{known.name} is known by that account or address already, with the number "
            f"{known.id}. Nothing was changed."
        )
    return _add(session, colleague)


def settle(session: Session, colleague: Colleague, *, now: datetime) -> Fate:
    """Make the colleague known as written; doing so again changes nothing.

    Somebody is recognised by an account or by the e-mail address, never by the name.

    Raises:
        Conflict: the accounts and the address belong to different people.
        AccountTaken: the person has another account on that platform.
    """
    known = _known(session, colleague, now)
    if known is None:
        _add(session, colleague)
        return Fate.ADDED
    return Fate.CHANGED if _correct(session, known, colleague) else Fate.SAME


def _add(session: Session, colleague: Colleague) -> Person:
    added = people.add_person(
        session,
        colleague.name,
        email=colleague.email,
        department=colleague.department,
        timezone=colleague.timezone or "UTC",
    )
    _link(session, added, colleague.accounts)
    _grant(session, added, colleague.grants)
    return added


def _correct(session: Session, someone: Person, colleague: Colleague) -> bool:
    """Store what differs; False when nothing does."""
    wanted = replace(
        someone,
        name=colleague.name,
        email=someone.email or (colleague.email and colleague.email.casefold()),
        department=colleague.department or someone.department,
        timezone=colleague.timezone or someone.timezone,
    )
    is_news = wanted != someone
    if is_news:
        roster.correct(session, wanted)
    is_news |= _link(session, someone, colleague.accounts)
    is_news |= _grant(session, someone, colleague.grants)
    return is_news


def _known(session: Session, colleague: Colleague, now: datetime) -> Person | None:
    found = [roster.owner_of(session, one, now=now) for one in colleague.accounts]
    if colleague.email:
        found.append(people.by_email(session, colleague.email, now=now))
    owners = {person.id: person for person in found if person}
    if len(owners) > 1:
        names = " and ".join(sorted(person.name for person in owners.values()))
        raise Conflict(
            f"The accounts and the address of {colleague.name} belong to {names}. "
            "Nothing was changed. Leave out what is wrong, then repeat."
        )
    return next(iter(owners.values()), None)


def _link(session: Session, someone: Person, accounts: Iterable[Account]) -> bool:
    present = people.accounts_of(session, someone.id)
    missing = [one for one in accounts if one not in present]
    for one in missing:
        people.link_account(session, someone.id, one.platform, one.tenant, one.user)
    return bool(missing)


def _grant(session: Session, someone: Person, grants: Iterable[Grant]) -> bool:
    present = {(held.role, held.department) for held in someone.grants}
    missing = [one for one in grants if (one.role, one.department) not in present]
    for one in missing:
        people.grant(session, someone.id, one.role, department=one.department, rank=one.rank)
    return bool(missing)


def _check_columns(names: Iterable[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Invalid(
            f"The file lacks the columns {', '.join(missing)}. Its first line must name "
            f"{', '.join(COLUMNS)}. Nothing was changed."
        )


def _colleague(cells: Mapping[str, str | None], departments: frozenset[str]) -> Colleague:
    cell = {name: (cells[name] or "").strip() for name in COLUMNS}
    if not cell["name"]:
        raise Invalid("the name is missing.")
    if not (cell["email"] or cell["accounts"]):
        raise Invalid("give an e-mail address or an account, or nobody can be recognised by it.")
    return Colleague(
        name=cell["name"],
        email=cell["email"] or None,
        department=department_named(cell["department"], departments),
        timezone=zone(cell["timezone"]),
        accounts=tuple(account(one) for one in _listed(cell["accounts"])),
        grants=tuple(grant(one, departments) for one in _listed(cell["roles"])),
    )


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part.strip()]
